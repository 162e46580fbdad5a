/** The members that all errors of the SDK have. */
interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const THROTTLING = [
  'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException',
  'SlowDown', 'Throttling', 'ThrottlingException', 'TooManyRequestsException',
];

const BROKEN_CONNECTION = [
  'ECONNABORTED', 'ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT',
  'RequestTimeout', 'RequestTimeoutException', 'TimeoutError',
];

/** Messages of services that do not know a new role or policy yet. */
const IAM_PROPAGATION = [
  'access denied', 'could not access model data', 'could not assume role', 'is not authorized to perform', 'no identity-based policy allows', 'unauthorized to list objects',
];

/** Something does not exist yet but may exist soon. */
export class NotYetError extends Error {}

/** Whether the same call may succeed soon. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NotYetError) return true;
  const { name, code, $metadata } = error as ServiceError;
  const status = $metadata?.httpStatusCode ?? 0;
  return status === 429 || status >= 500 || THROTTLING.includes(name) || BROKEN_CONNECTION.includes(name) || BROKEN_CONNECTION.includes(code ?? '');
}

/** Whether an error is this handler's. Errors of the SDK have a name, and those of connections a code. */
export function isOwn(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Error' && !('code' in error);
}

/**
 * Whether the error may pass when IAM has propagated a change. Waiting does not help against an explicit deny, nor a job that has
 * failed because it was denied something, whose own words are in the error of the handler.
 */
export function isIamPropagation(error: unknown): boolean {
  if (isOwn(error)) return false;
  const message = String((error as ServiceError).message).toLowerCase();
  return IAM_PROPAGATION.some((text) => message.includes(text)) && !message.includes('explicit deny');
}

/** Whether no policy allows a call. Other denials come from what limits the role from outside, and say so. */
export function isImplicitDenial(error: unknown): boolean {
  const { name, message } = error as ServiceError;
  return /^AccessDenied/.test(name) && /is not authorized to perform/i.test(message)
    && !/explicit deny|permissions boundary|control policy|session policy|endpoint policy/i.test(message);
}

/**
 * SageMaker's reference lists ResourceNotFound, but the service sends a ValidationException "Could not find requested job".
 * CloudFormation sends a ValidationError "… does not exist".
 */
export function isNotFound(error: unknown): boolean {
  const { name, message } = error as ServiceError;
  return /^ResourceNotFound/.test(name) || (/^Validation(Exception|Error)$/.test(name) && /could not find|does not exist|not found/i.test(message));
}

/** Whether a name is in use, or the resource that has it. */
export function isInUse(error: unknown): boolean {
  return /^ResourceInUse/.test((error as ServiceError).name);
}

/** Whether something already exists: the requested resource or, for example, an endpoint that it would create. */
export function saysItExists(error: unknown): boolean {
  return isInUse(error) || (isValidation(error) && /already exist|must be unique/i.test((error as ServiceError).message));
}

/** Whether the message contains a name that is not part of a longer one. */
export function speaksOf(error: unknown, name: string): boolean {
  return new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'i').test((error as ServiceError).message);
}

export function isValidation(error: unknown): boolean {
  return (error as ServiceError).name === 'ValidationException';
}

export function isQuota(error: unknown): boolean {
  return /^ResourceLimitExceeded/.test((error as ServiceError).name);
}

export function textOf(error: unknown): string {
  const { name, message } = error as ServiceError;
  return name && name !== 'Error' ? `${name}: ${message}` : message ?? String(error);
}
