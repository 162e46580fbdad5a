import { Token } from 'aws-cdk-lib';
import { Limit, Path, RequestProblem } from './problems';

export type AddProblem = (path: Path, value: unknown, allowed: string | Limit, remedy: string, warning?: string) => void;

/** A rule of the service that is not in the service model. */
export interface Rule<Request> {
  /** The page that states the rule, or where the service has been seen to refuse such a request. */
  readonly source: string;
  readonly check: (request: Request, add: AddProblem) => void;
}

export type Rules<Request> = { readonly [id: string]: Rule<Request> };

/** Checks a request against rules. */
export function ruleProblems<Request>(rules: Rules<Request>, request: Request): RequestProblem[] {
  const found: RequestProblem[] = [];
  const add: AddProblem = (path, value, allowed, remedy, warning) => found.push({ path, value, allowed, remedy, warning });
  Object.values(rules).forEach(({ check }) => check(request, add));
  return found;
}

/** Whether a value is a text without tokens: only CloudFormation knows what a token stands for. */
export function isKnownText(value: unknown): value is string {
  return typeof value === 'string' && !Token.isUnresolved(value);
}

/** Whether a value is a number that is no token. */
export function isKnownNumber(value: unknown): value is number {
  return typeof value === 'number' && !Token.isUnresolved(value);
}
