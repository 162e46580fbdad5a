import { Token } from 'aws-cdk-lib';
import { AutoMLInferenceResponseKey } from './automl-model-props';
import { AutoMLModelRequest } from './members';
import { RequestProblem, show } from '../validation/problems';

/** Of ContainerDefinition in the service model. */
const ENVIRONMENT = { entries: 100, length: 1024, name: /^[a-zA-Z_][a-zA-Z0-9_]*$/ };
/** Of CandidateName in the service model. */
const LONGEST_CANDIDATE_NAME = 64;
const KEYS: readonly string[] = Object.values(AutoMLInferenceResponseKey);

/** The constraints of what the library puts into the containers of a candidate, which are not in the request that the model describes. */
export function modelRules({ CandidateName, Environment, InferenceResponseKeys }: AutoMLModelRequest): RequestProblem[] {
  return [
    ...isKnown(CandidateName) && (CandidateName.length < 1 || CandidateName.length > LONGEST_CANDIDATE_NAME) ? [{
      path: ['CandidateName'], value: CandidateName, allowed: `must have 1 to ${LONGEST_CANDIDATE_NAME} characters`, remedy: 'Give the name of a candidate of the job.',
    }] : [],
    ...typeof Environment === 'object' ? environmentProblems(Environment) : [],
    ...Array.isArray(InferenceResponseKeys) ? keyProblems(InferenceResponseKeys) : [],
  ];
}

function environmentProblems(environment: { readonly [name: string]: unknown }): RequestProblem[] {
  const names = Object.keys(environment);
  const tooMany = names.length > ENVIRONMENT.entries
    ? [{ path: ['Environment'], allowed: `must have at most ${ENVIRONMENT.entries} entries, and has ${names.length}`, remedy: 'Remove some.' }] : [];
  return [...tooMany, ...names.flatMap((name): RequestProblem[] => {
    const path = ['Environment', name];
    const value = environment[name];
    if (!ENVIRONMENT.name.test(name) || name.length > ENVIRONMENT.length) {
      return [{ path, value: name, allowed: 'must be letters, digits and underscores, not beginning with a digit', remedy: 'Choose another name.' }];
    }
    if (typeof value !== 'string') {
      return [{ path, value, allowed: 'must be a string', remedy: 'Convert it to text.' }];
    }
    return isKnown(value) && value.length > ENVIRONMENT.length
      ? [{ path, value, allowed: `must have at most ${ENVIRONMENT.length} characters, and has ${value.length}`, remedy: 'Shorten it.' }] : [];
  })];
}

function keyProblems(keys: readonly unknown[]): RequestProblem[] {
  if (keys.length === 0 && !Token.isUnresolved(keys)) {
    return [{ path: ['InferenceResponseKeys'], value: keys, allowed: 'must have at least 1 element', remedy: 'Add one, or leave it out for the predicted label.' }];
  }
  return keys.flatMap((key, index): RequestProblem[] => {
    const path = ['InferenceResponseKeys', index];
    if (!Token.isUnresolved(key) && !KEYS.includes(key as string)) {
      return [{ path, value: key, allowed: `must be one of ${KEYS.map(show).join(', ')}`, remedy: 'Use AutoMLInferenceResponseKey.PROBABILITY, for example.' }];
    }
    return keys.indexOf(key) < index ? [{ path, value: key, allowed: 'is there already', remedy: 'Leave it out.' }] : [];
  });
}

function isKnown(value: unknown): value is string {
  return typeof value === 'string' && !Token.isUnresolved(value);
}
