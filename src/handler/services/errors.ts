/** What errors of the SDK have in common. */
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

/** What the services say while a new role or policy is not known everywhere yet. */
const IAM_PROPAGATION = [
  'access denied', 'could not access model data', 'could not assume role', 'is not authorized to perform', 'no identity-based policy allows', 'unauthorized to list objects',
];

/** What is asked for may be there soon. */
export class NotYetError extends Error {}

/** The same call may well succeed soon. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NotYetError) return true;
  const { name, code, $metadata } = error as ServiceError;
  const status = $metadata?.httpStatusCode ?? 0;
  return status === 429 || status >= 500 || THROTTLING.includes(name) || BROKEN_CONNECTION.includes(name) || BROKEN_CONNECTION.includes(code ?? '');
}

/** An explicit deny does not go away by waiting. */
export function isIamPropagation(error: unknown): boolean {
  const message = String((error as ServiceError).message).toLowerCase();
  return IAM_PROPAGATION.some((text) => message.includes(text)) && !message.includes('explicit deny');
}

/**
 * SageMaker's reference lists ResourceNotFound; what it sends is a ValidationException "Could not find requested job".
 * CloudFormation sends a ValidationError "… does not exist".
 */
export function isNotFound(error: unknown): boolean {
  const { name, message } = error as ServiceError;
  return /^ResourceNotFound/.test(name) || (/^Validation(Exception|Error)$/.test(name) && /could not find|does not exist|not found/i.test(message));
}

/** A name, or what has it. */
export function isInUse(error: unknown): boolean {
  return /^ResourceInUse/.test((error as ServiceError).name);
}

/** Whether something is there already. What it is, the text may say: it need not be what the request makes, but can be an endpoint of it. */
export function saysItExists(error: unknown): boolean {
  return isInUse(error) || (isValidation(error) && /already exist|must be unique/i.test((error as ServiceError).message));
}

/** Whether a service speaks of a name, not of a longer one that it is a part of. */
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
