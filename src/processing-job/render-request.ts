import { Size } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { BoundCode, CODE_INPUT } from './code';
import { BoundImage } from './image';
import { BoundInput } from './input-options';
import { PROCESSING_JOB_MEMBERS } from './members';
import { BoundOutput } from './output';
import { CommonProcessingJobProps } from './processing-job-definition-props';
import { JobNetwork } from '../job/job-network';
import { ElementNames } from '../job/property-problems';
import { CreateProcessingJobRequest } from '../service-model/requests';

const DEFAULT_VOLUME_SIZE = Size.gibibytes(30);

/** The parts from which the request of a job is rendered. */
export interface RequestParts {
  readonly props: CommonProcessingJobProps;
  readonly image?: BoundImage;
  readonly code?: BoundCode;
  readonly environment: { readonly [name: string]: string };
  readonly inputs: ReadonlyMap<string, BoundInput>;
  readonly outputs: ReadonlyMap<string, BoundOutput>;
  readonly network?: JobNetwork;
  readonly role: IRole;
}

/** The request of the Create call, without name and tags. */
export function renderRequest({ props, image, code, network, role, ...parts }: RequestParts): CreateProcessingJobRequest {
  const environment = sortedByName(Object.entries(parts.environment));
  const inputs = sortedByName([...parts.inputs]);
  const outputs = sortedByName([...parts.outputs]);
  const countIsPerType = props.instancePreferences?.some((preference) => (preference?.instanceCount ?? undefined) !== undefined);
  return PROCESSING_JOB_MEMBERS.render({
    ...props,
    image,
    entrypoint: code?.entrypoint ?? props.entrypoint,
    environment: environment.length === 0 ? undefined : Object.fromEntries(environment),
    network,
    inputs: inputs.length === 0 ? undefined : inputs.map(([, input]) => input.request),
    instanceCount: props.instanceCount ?? (countIsPerType ? undefined : 1),
    outputs: outputs.length === 0 ? undefined : outputs.map(([, output]) => output.request),
    // A job without outputs encrypts nothing.
    outputEncryptionKey: outputs.length === 0 ? undefined : props.outputEncryptionKey,
    role,
    volumeSize: props.volumeSize ?? DEFAULT_VOLUME_SIZE,
  });
}

/** The properties that the elements of the request's lists come from. */
export function elementNames({ code, inputs, outputs }: RequestParts): ElementNames {
  return {
    'ProcessingInputs': sortedByName([...inputs]).map(([name]) => name === CODE_INPUT && code ? 'code' : `inputs.${name}`),
    'ProcessingOutputConfig.Outputs': sortedByName([...outputs]).map(([name]) => `outputs.${name}`),
  };
}

/**
 * Sorts entries by name. In Java and Go the order of a map differs between runs of the app, and a new order would run the job again
 * or change the statements of its role.
 */
export function sortedByName<T>(entries: [string, T][]): [string, T][] {
  return entries.sort(([left], [right]) => left < right ? -1 : 1);
}
