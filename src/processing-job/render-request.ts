import { SizeRoundingBehavior } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { BoundCode, CODE_INPUT } from './code';
import { BoundImage } from './image';
import { BoundInput } from './input-options';
import { BoundOutput } from './output';
import { ProcessingJobProps } from './processing-job-props';
import { ProcessingJobRequest } from './request';
import { withMembers } from '../job/job-core';
import { JobNetwork } from '../job/job-network';
import { ElementNames } from '../validation/property-names';

const DEFAULT_VOLUME_GIB = 30;

/** What the request of a job is made of. */
export interface RequestParts {
  readonly props: ProcessingJobProps;
  readonly image?: BoundImage;
  readonly code?: BoundCode;
  readonly environment: { readonly [name: string]: string };
  readonly inputs: ReadonlyMap<string, BoundInput>;
  readonly outputs: ReadonlyMap<string, BoundOutput>;
  readonly network?: JobNetwork;
  readonly role: IRole;
}

/** The request of the Create call, without name and tags. */
export function renderRequest(parts: RequestParts): ProcessingJobRequest {
  const { props } = parts;
  const environment = sortedByName(Object.entries(parts.environment));
  const inputs = sortedByName([...parts.inputs]);
  const outputs = sortedByName([...parts.outputs]);
  const preferences = props.instancePreferences?.map((preference) => ({
    InstanceType: preference?.instanceType?.name,
    InstanceCount: preference?.instanceCount,
  }));
  const countIsPerType = preferences?.some(({ InstanceCount }) => InstanceCount !== undefined);
  return {
    AppSpecification: {
      ImageUri: parts.image?.uri,
      ContainerEntrypoint: parts.code?.entrypoint ?? props.entrypoint,
      ContainerArguments: props.arguments,
    },
    Environment: environment.length === 0 ? undefined : Object.fromEntries(environment),
    ExperimentConfig: withMembers({
      ExperimentName: props.experiment?.experimentName,
      RunName: props.experiment?.runName,
      TrialComponentDisplayName: props.experiment?.trialComponentDisplayName,
      TrialName: props.experiment?.trialName,
    }),
    NetworkConfig: withMembers({
      EnableInterContainerTrafficEncryption: props.interContainerTrafficEncryption,
      EnableNetworkIsolation: props.networkIsolation,
      VpcConfig: parts.network?.vpcConfig,
    }),
    ProcessingInputs: inputs.length === 0 ? undefined : inputs.map(([, input]) => input.request),
    ProcessingOutputConfig: outputs.length === 0 ? undefined : {
      KmsKeyId: props.outputEncryptionKey?.keyArn,
      Outputs: outputs.map(([, output]) => output.request),
    },
    ProcessingResources: {
      ClusterConfig: {
        InstanceCount: props.instanceCount ?? (countIsPerType ? undefined : 1),
        InstanceType: props.instanceType?.name,
        InstancePreferences: preferences,
        VolumeKmsKeyId: props.volumeEncryptionKey?.keyArn,
        VolumeSizeInGB: props.volumeSize?.toGibibytes({ rounding: SizeRoundingBehavior.NONE }) ?? DEFAULT_VOLUME_GIB,
      },
    },
    RoleArn: parts.role.roleArn,
    StoppingCondition: props.maxRuntime && { MaxRuntimeInSeconds: props.maxRuntime.toSeconds({ integral: false }) },
  };
}

/** Where the elements of the request's lists come from. */
export function elementNames({ code, inputs, outputs }: RequestParts): ElementNames {
  return {
    'ProcessingInputs': sortedByName([...inputs]).map(([name]) => name === CODE_INPUT && code ? 'code' : `inputs.${name}`),
    'ProcessingOutputConfig.Outputs': sortedByName([...outputs]).map(([name]) => `outputs.${name}`),
  };
}

/**
 * In the order of their names: a map has another order in each run of a Java or Go app, and a new order would run the job
 * again, or change the statements of its role.
 */
export function sortedByName<T>(entries: [string, T][]): [string, T][] {
  return entries.sort(([left], [right]) => left < right ? -1 : 1);
}
