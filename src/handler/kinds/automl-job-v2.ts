import { CreateAutoMLJobV2Command, CreateAutoMLJobV2CommandInput } from '@aws-sdk/client-sagemaker';
import { autoMLJob } from './automl-job';
import { JobKind } from './job-kind';
import { AUTOML_JOB_V2 } from '../../provider/contract';

/** An AutoML job for a problem that is not tabular. It differs in its Create call alone. */
export const autoMLJobV2: JobKind = {
  ...autoMLJob,
  type: AUTOML_JOB_V2,
  requestShape: 'CreateAutoMLJobV2Request',

  async create(sageMaker, request) {
    await sageMaker.send(new CreateAutoMLJobV2Command(request as CreateAutoMLJobV2CommandInput));
  },
};
