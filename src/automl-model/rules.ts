import { Token } from 'aws-cdk-lib';
import { AutoMLInferenceResponseKey } from './automl-model-props';
import { AutoMLModelRequest } from './members';
import { mustBeOneOf } from '../validation/problems';
import { AddProblem, isKnownText, Rules } from '../validation/rules';

const REFERENCE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_';

/**
 * The constraints of the members with which the handler finds a candidate, and changes its containers: they are not members of CreateModel,
 * so the service model does not check them.
 */
export const AUTOML_MODEL_RULES: Rules<AutoMLModelRequest> = {
  candidateName: { source: `${REFERENCE}AutoMLCandidate.html`, check: checkCandidateName },
  environment: { source: `${REFERENCE}ContainerDefinition.html`, check: checkEnvironment },
  inferenceResponseKeys: {
    source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/autopilot-automate-model-development-container-output.html', check: checkResponseKeys,
  },
};

const LONGEST_CANDIDATE_NAME = 64;

function checkCandidateName({ CandidateName: name }: AutoMLModelRequest, add: AddProblem): void {
  if (isKnownText(name) && (name.length < 1 || name.length > LONGEST_CANDIDATE_NAME)) {
    add(['CandidateName'], name, `must have 1 to ${LONGEST_CANDIDATE_NAME} characters`, 'Give the name of a candidate of the job.');
  }
}

const MOST_VARIABLES = 100;
const LONGEST_VARIABLE = 1024;

function checkEnvironment({ Environment }: AutoMLModelRequest, add: AddProblem): void {
  if (typeof Environment !== 'object') {
    return;
  }
  const variables: [name: string, value: unknown][] = Object.entries(Environment);
  if (variables.length > MOST_VARIABLES) {
    add(['Environment'], undefined, `must have at most ${MOST_VARIABLES} entries, and has ${variables.length}`, 'Remove some.');
  }
  for (const [name, value] of variables) {
    const path = ['Environment', name];
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name.length > LONGEST_VARIABLE) {
      add(path, name, 'must be letters, digits and underscores, not beginning with a digit', 'Choose another name.');
    } else if (typeof value !== 'string') {
      add(path, value, 'must be a string', 'Convert it to text.');
    } else if (isKnownText(value) && value.length > LONGEST_VARIABLE) {
      add(path, value, `must have at most ${LONGEST_VARIABLE} characters, and has ${value.length}`, 'Shorten it.');
    }
  }
}

const KEYS: readonly string[] = Object.values(AutoMLInferenceResponseKey);

function checkResponseKeys({ InferenceResponseKeys: keys }: AutoMLModelRequest, add: AddProblem): void {
  if (!Array.isArray(keys) || Token.isUnresolved(keys)) {
    return;
  }
  if (keys.length === 0) {
    add(['InferenceResponseKeys'], keys, 'must have at least 1 element', 'Add one, or leave it out for the predicted label.');
  }
  keys.forEach((key: string, index) => {
    const path = ['InferenceResponseKeys', index];
    if (!Token.isUnresolved(key) && !KEYS.includes(key)) {
      add(path, key, mustBeOneOf(KEYS), 'Use AutoMLInferenceResponseKey.PROBABILITY, for example.');
    } else if (keys.indexOf(key) < index) {
      add(path, key, 'is there already', 'Leave it out.');
    }
  });
}
