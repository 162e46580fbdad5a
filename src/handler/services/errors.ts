import { isThrottlingError, isTransientError } from '@smithy/core/retry';

/** The members that all errors of the SDK have. */
interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

type SdkError = Parameters<typeof isTransientError>[0];

/** What services say of credentials that they do not know yet, or not any more. */
const REFUSED_CREDENTIALS = ['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException'];

/** Messages of services that do not know a new role or policy yet. */
const IAM_PROPAGATION = [
  'access denied', 'could not access model data', 'could not assume role', 'is not authorized to perform', 'no identity-based policy allows', 'unauthorized to list objects',
];

/** Something does not exist yet but may exist soon. */
export class NotYetError extends Error {}

/** Whether the same call may succeed soon. */
export function isTransient(error: unknown): boolean {
  const { $metadata } = error as ServiceError;
  return error instanceof NotYetError || isThrottling(error) || isBrokenConnection(error) || isTransientError(error as SdkError)
    || ($metadata?.httpStatusCode ?? 0) >= 500;
}

export function isThrottling(error: unknown): boolean {
  return isThrottlingError(error as SdkError);
}

/** Whether the service could not be reached. The errors of sockets and of name servers have such codes, and those of services have none. */
export function isBrokenConnection(error: unknown): boolean {
  const { code, name } = error as ServiceError;
  return name === 'TimeoutError' || /^E(?!RR_)[A-Z_]+$/.test(code ?? '');
}

/** Whether the function itself was not recognised. A new role is not known everywhere at once, and a role can be gone. */
export function areCredentialsRefused(error: unknown): boolean {
  return REFUSED_CREDENTIALS.includes((error as ServiceError).name);
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
  if (areCredentialsRefused(error)) return true;
  const message = messageOf(error).toLowerCase();
  return IAM_PROPAGATION.some((text) => message.includes(text)) && !isExplicitDenial(error);
}

export function isExplicitDenial(error: unknown): boolean {
  return /explicit deny/i.test(messageOf(error));
}

/** Whether no policy allows a call. Other denials come from what limits the role from outside, and say so. */
export function isImplicitDenial(error: unknown): boolean {
  const { name, message } = error as ServiceError;
  return /^AccessDenied/.test(name) && /is not authorized to perform/i.test(message) && !isExplicitDenial(error)
    && !/permissions boundary|control policy|session policy|endpoint policy/i.test(message);
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

/**
 * An error in one text: its name, where that tells something, and its message.
 *
 * @param show - how to show the message
 */
export function textOf(error: unknown, show: (message: string) => string = (message) => message): string {
  const { name } = error as ServiceError;
  return [name === 'Error' ? undefined : name, show(messageOf(error))].filter(Boolean).join(': ') || String(error);
}

/** The message of an error. Where several addresses were tried, it is in the errors of each. */
function messageOf(error: unknown): string {
  const { message } = error as ServiceError;
  return String(message || (error instanceof AggregateError ? error.errors.map((each) => textOf(each)).join('; ') : '')).trim();
}
