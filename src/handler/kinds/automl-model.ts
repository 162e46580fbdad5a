import {
  AutoMLCandidate, ContainerDefinition, CreateModelCommand, CreateModelCommandInput, DeleteModelCommand, DescribeAutoMLJobV2Command,
  DescribeModelCommand, ListCandidatesForAutoMLJobCommand,
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
    const { AutoMLJobName, CandidateName, Environment, InferenceResponseKeys, ProcessingUnit, ...model } = request as CandidateRequest;
    const containers = await containersOf(sageMaker, AutoMLJobName, CandidateName, ProcessingUnit);
    const answering = InferenceResponseKeys ? answersWith(containers, InferenceResponseKeys, AutoMLJobName) : containers;
    const Containers = answering.map((container) => ({ ...container, Environment: { ...container.Environment, ...Environment } }));
    await sageMaker.send(new CreateModelCommand({ ...model, Containers: Environment ? Containers : answering }));
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

/** The request of CreateModel, with a candidate, and what is changed in its containers, in place of the containers. */
interface CandidateRequest extends Omit<CreateModelCommandInput, 'Containers'> {
  readonly AutoMLJobName: string;
  readonly CandidateName?: string;
  readonly Environment?: Record<string, string>;
  readonly InferenceResponseKeys?: readonly string[];
  readonly ProcessingUnit?: string;
}

async function containersOf(sageMaker: SageMaker, jobName: string, candidateName?: string, unit = 'CPU'): Promise<ContainerDefinition[]> {
  const job = await sageMaker.send(new DescribeAutoMLJobV2Command({ AutoMLJobName: jobName }));
  const status = `status ${job.AutoMLJobStatus}, ${job.AutoMLJobSecondaryStatus}`;
  if (job.AutoMLJobStatus === 'InProgress' || job.AutoMLJobStatus === 'Stopping') throw new NotYetError(`The AutoML job ${jobName} has not ended yet (${status}).`);
  const candidate = candidateName === undefined ? job.BestCandidate : await candidateNamed(sageMaker, jobName, candidateName);
  const { InferenceContainers, InferenceContainerDefinitions } = candidate ?? {};
  // Those of texts and images differ for CPU and GPU.
  const byUnit = InferenceContainerDefinitions as Readonly<Record<string, ContainerDefinition[]>> | undefined;
  const containers = InferenceContainers ?? byUnit?.[unit] ?? [];
  if (containers.length === 0 && byUnit) throw new Error(`The AutoML job ${jobName} has no containers for ${unit}, but for ${Object.keys(byUnit).join(', ')}.`);
  if (containers.length === 0) throw new Error(`The AutoML job ${jobName} has no best candidate that a model could be made of (${status}).`);
  return containers;
}

async function candidateNamed(sageMaker: SageMaker, jobName: string, name: string): Promise<AutoMLCandidate> {
  const { Candidates = [] } = await sageMaker.send(new ListCandidatesForAutoMLJobCommand({ AutoMLJobName: jobName, CandidateNameEquals: name }));
  if (Candidates.length === 0) throw new Error(`The AutoML job ${jobName} has no candidate ${name}.`);
  return Candidates[0];
}

/**
 * Makes the containers answer what is asked for. Each says in its environment what it can, and hands the rest on: the next one has to know
 * what the one before it answers.
 */
function answersWith(containers: readonly ContainerDefinition[], keys: readonly string[], jobName: string): ContainerDefinition[] {
  const supported = containers.map(({ Environment }) => Environment?.SAGEMAKER_INFERENCE_SUPPORTED?.split(',').map((key) => key.trim()) ?? []);
  const [last] = supported.slice(-1);
  const missing = keys.filter((key) => !last.includes(key));
  if (missing.length > 0) throw new Error(`The candidate of the AutoML job ${jobName} cannot answer ${missing.join(', ')}, but ${last.join(', ') || 'its prediction alone'}.`);
  let before: string | undefined;
  return containers.map((container, index) => {
    const output = keys.filter((key) => supported[index].includes(key)).join(',') || undefined;
    const changes = { ...output && before && { SAGEMAKER_INFERENCE_INPUT: before }, ...output && { SAGEMAKER_INFERENCE_OUTPUT: output } };
    before = output;
    return { ...container, Environment: { ...container.Environment, ...changes } };
  });
}
