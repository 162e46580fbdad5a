/** Whether a value is an object of names and values, and no instance of a class: those of the app and of the CDK are not looked into. */
export function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
