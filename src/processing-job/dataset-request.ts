import { Aws } from 'aws-cdk-lib';
import { localPathOf, ProcessingInputOptions } from './input-options';
import { property, RequestMembers } from '../job/request-members';
import { DatasetDefinitionRequest, ProcessingInputRequest } from '../service-model/requests';

export const DATASET_MEMBERS = new RequestMembers<DatasetDefinitionRequest, ProcessingInputOptions>('DatasetDefinition', {
  DataDistributionType: property('distribution'),
  InputMode: property('mode'),
  LocalPath: property('localPath'),
});

/** The request of an input that is the result of a query. */
export function datasetRequest(name: string, options: ProcessingInputOptions, definition: DatasetDefinitionRequest): ProcessingInputRequest {
  return {
    InputName: name,
    AppManaged: options.appManaged ?? undefined,
    DatasetDefinition: { ...definition, ...DATASET_MEMBERS.render({ ...options, localPath: localPathOf(name, options) }) },
  };
}

/** The ARN of a resource in the account and Region of the stack. The check of the request reports parts that are no text. */
export function regionalArn(service: string, ...resource: unknown[]): string {
  const name = resource.map((part) => typeof part === 'string' ? part : '').join('');
  return `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${name}`;
}
