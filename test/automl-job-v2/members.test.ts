import * as fc from 'fast-check';
import { CONFIGS, ProblemName, PROBLEMS, requestFor } from './generated-request';
import { FORECASTING_JOB_MEMBERS } from '../../src/automl-job-v2/forecasting-job';
import { IMAGE_CLASSIFICATION_JOB_MEMBERS } from '../../src/automl-job-v2/image-classification-job';
import { TEXT_CLASSIFICATION_JOB_MEMBERS } from '../../src/automl-job-v2/text-classification-job';
import { TEXT_GENERATION_JOB_MEMBERS } from '../../src/automl-job-v2/text-generation-job';
import { RequestMembers } from '../../src/job/request-members';
import { undeclared, unknownToTheModel, unreached } from '../members';

const MEMBERS: { readonly [problem in ProblemName]: RequestMembers<any, any> } = {
  forecasting: FORECASTING_JOB_MEMBERS,
  images: IMAGE_CLASSIFICATION_JOB_MEMBERS,
  texts: TEXT_CLASSIFICATION_JOB_MEMBERS,
  generation: TEXT_GENERATION_JOB_MEMBERS,
};

/** Members without a property: those of other problems, those that cannot be chosen, and what is for SageMaker Canvas alone. */
function hasNoProperty(problem: ProblemName, path: string): boolean {
  const [head, config, ...rest] = path.split('.');
  return head === 'AutoMLComputeConfig'
    || head === 'AutoMLProblemTypeConfig' && config !== CONFIGS[problem]
    // One candidate is the only number.
    || rest.join('.') === 'CompletionCriteria.MaxCandidates'
    || head === 'AutoMLJobObjective' && problem !== 'forecasting'
    || head === 'DataSplitConfig' && problem === 'forecasting';
}

describe.each(PROBLEMS)('%s', (problem) => {
  test('every member of the request is named in the words of the user', () => {
    expect(undeclared(MEMBERS[problem]).filter((path) => !hasNoProperty(problem, path))).toEqual([]);
  });

  test('every name is that of a member', () => {
    expect(unknownToTheModel(MEMBERS[problem])).toEqual([]);
  });

  test('the generated requests have every member but those that are constructs', () => {
    const constructs = /^(AutoMLJobName|Tags|OutputDataConfig\.KmsKeyId|SecurityConfig\.(VolumeKmsKeyId|VpcConfig))/;
    const requests = fc.sample(requestFor(problem), 200);
    expect(unreached(requests, 'CreateAutoMLJobV2Request').filter((path) => !constructs.test(path) && !hasNoProperty(problem, path))).toEqual([]);
  });
});
