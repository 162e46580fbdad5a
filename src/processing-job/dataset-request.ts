import { Aws } from 'aws-cdk-lib';
import { localPathOf, ProcessingInputOptions } from './input-options';
import { DatasetDefinitionRequest, ProcessingInputRequest } from './request';

/** The input that is the result of a query. */
export function datasetRequest(name: string, options: ProcessingInputOptions, definition: DatasetDefinitionRequest): ProcessingInputRequest {
  const { appManaged, distribution, mode } = options;
  return {
    InputName: name,
    AppManaged: appManaged,
    DatasetDefinition: {
      ...definition,
      DataDistributionType: distribution,
      InputMode: mode,
      LocalPath: localPathOf(name, options),
    },
  };
}

/** Of a resource of the account and Region that the stack is in. */
export function regionalArn(service: string, resource: string): string {
  return `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
}
