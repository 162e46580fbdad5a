import {
  CreateModelCommand, CreateModelCommandInput, DeleteModelCommand, DescribeAutoMLJobV2Command, DescribeModelCommand,
} from '@aws-sdk/client-sagemaker';
import { JobKind } from './job-kind';
import { AUTOML_MODEL } from '../../provider/contract';
import { NotYetError } from '../services/errors';
import { SageMaker } from '../services/sagemaker';

/** A model lives like a job that completes as soon as it is created, and whose record is deleted. */
export const autoMLModel: JobKind = {
  type: AUTOML_MODEL,
  noun: 'model',
  creation: 'created',
  requestShape: 'CreateModelInput',
  nameMember: 'ModelName',
  consolePath: 'models',
  noAttributes: {},

  async create(sageMaker, request) {
    const { AutoMLJobName, ProcessingUnit, ...model } = request as { AutoMLJobName: string; ProcessingUnit?: string } & CreateModelCommandInput;
    await sageMaker.send(new CreateModelCommand({ ...model, Containers: await bestContainers(sageMaker, AutoMLJobName, ProcessingUnit) }));
  },
  async describe(sageMaker, name) {
    const model = await sageMaker.send(new DescribeModelCommand({ ModelName: name }));
    return {
      name,
      arn: model.ModelArn!,
      status: 'Completed',
      createdAt: model.CreationTime!,
      securityGroupIds: model.VpcConfig?.SecurityGroupIds ?? [],
      explanations: [],
      attributes: {},
    };
  },
  async stop() {
    // A model does not run. An endpoint does, which is another resource.
  },
  async delete(sageMaker, name) {
    await sageMaker.send(new DeleteModelCommand({ ModelName: name }));
  },
};

/** Those of texts and images differ for CPU and GPU. */
async function bestContainers(sageMaker: SageMaker, jobName: string, unit = 'CPU'): Promise<CreateModelCommandInput['Containers']> {
  const job = await sageMaker.send(new DescribeAutoMLJobV2Command({ AutoMLJobName: jobName }));
  const status = `status ${job.AutoMLJobStatus}, ${job.AutoMLJobSecondaryStatus}`;
  if (job.AutoMLJobStatus === 'InProgress' || job.AutoMLJobStatus === 'Stopping') throw new NotYetError(`The AutoML job ${jobName} has not ended yet (${status}).`);
  const { InferenceContainers, InferenceContainerDefinitions } = job.BestCandidate ?? {};
  const byUnit = InferenceContainerDefinitions as Readonly<Record<string, CreateModelCommandInput['Containers']>> | undefined;
  const containers = InferenceContainers ?? byUnit?.[unit] ?? [];
  if (containers.length === 0 && byUnit) throw new Error(`The AutoML job ${jobName} has no containers for ${unit}, but for ${Object.keys(byUnit).join(', ')}.`);
  if (containers.length === 0) throw new Error(`The AutoML job ${jobName} has no best candidate that a model could be made of (${status}).`);
  return containers;
}
