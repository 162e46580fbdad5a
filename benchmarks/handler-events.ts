import { definitionOf } from '../src/handler/life/names';
import { DEFINITION_TAG, JobProperties, RESOURCE_TAG, STACK_TAG } from '../src/provider/contract';

const STACK_ID = 'arn:aws:cloudformation:us-east-1:111122223333:stack/Jobs/0a1b2c3d';
const LOGICAL_ID = 'Job0';

/** The events that the handlers are measured with. */
export const EVENT_KINDS = ['create', 'look', 'tag change', 'delete'] as const;
export type EventKind = typeof EVENT_KINDS[number];

const REQUEST = {
  AppSpecification: {
    ImageUri: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
    ContainerEntrypoint: ['python3', '/opt/ml/processing/input/code/prepare.py'],
  },
  ProcessingInputs: ['code', 'raw', 'reference'].map((name) => ({
    InputName: name,
    S3Input: { LocalPath: `/opt/ml/processing/input/${name}`, S3DataType: 'S3Prefix', S3InputMode: 'File', S3Uri: `s3://data/${name}/` },
  })),
  ProcessingOutputConfig: {
    Outputs: ['test', 'train'].map((name) => ({
      OutputName: name,
      S3Output: { LocalPath: `/opt/ml/processing/output/${name}`, S3UploadMode: 'EndOfJob', S3Uri: `s3://data/${name}/` },
    })),
  },
  // CloudFormation delivers numbers as strings.
  ProcessingResources: { ClusterConfig: { InstanceCount: '1', InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: '30' } },
  RoleArn: 'arn:aws:iam::111122223333:role/jobs',
};

const PROPERTIES: JobProperties = { ContractVersion: '1', JobNamePrefix: 'jobs-job0', RemovalPolicy: 'STOP', Request: REQUEST };
const EVENT = { RequestId: 'r-1', StackId: STACK_ID, LogicalResourceId: LOGICAL_ID, ResourceType: 'Custom::SageMakerProcessingJob' };
const JOB_NAME = 'jobs-job0-0123456789';

/** The events as the handler of the library receives them. */
export const EVENTS: { readonly [kind in EventKind]: object } = {
  'create': { ...EVENT, RequestType: 'Create', ResourceProperties: PROPERTIES },
  'look': {
    ...EVENT,
    RequestType: 'Create',
    ResourceType: 'Custom::SageMakerJobCompletion',
    ResourceProperties: {
      ContractVersion: '1', JobType: EVENT.ResourceType, JobName: JOB_NAME, WaitSeconds: '3540', OnTimeout: 'FAIL', TimeoutSeconds: '3600',
    },
  },
  'tag change': {
    ...EVENT,
    RequestType: 'Update',
    PhysicalResourceId: JOB_NAME,
    ResourceProperties: { ...PROPERTIES, Tags: [{ Key: 'team', Value: 'data' }] },
    OldResourceProperties: PROPERTIES,
  },
  'delete': { ...EVENT, RequestType: 'Delete', PhysicalResourceId: JOB_NAME, ResourceProperties: PROPERTIES },
};

/** The tags by which the handler recognises its own job. */
export function tagsOfTheJob(): { [key: string]: string } {
  return { [STACK_TAG]: STACK_ID, [RESOURCE_TAG]: LOGICAL_ID, [DEFINITION_TAG]: definitionOf(PROPERTIES) };
}

function call(action: string, parameters: object): string {
  return JSON.stringify({ service: 'SageMaker', action, parameters, physicalResourceId: { id: JOB_NAME } });
}

const { ClusterConfig } = REQUEST.ProcessingResources;

/** The events as the handler of AwsCustomResource receives them. Each names the one call that it makes. */
export const AWS_CUSTOM_RESOURCE_EVENTS: { readonly [kind in EventKind]: object } = {
  'create': awsCustomResourceEvent('Create', call('createProcessingJob', {
    ProcessingJobName: JOB_NAME, ...REQUEST, ProcessingResources: { ClusterConfig: { ...ClusterConfig, InstanceCount: 1, VolumeSizeInGB: 30 } },
  })),
  'look': awsCustomResourceEvent('Create', call('describeProcessingJob', { ProcessingJobName: JOB_NAME })),
  'tag change': awsCustomResourceEvent('Update', call('addTags', {
    ResourceArn: `arn:aws:sagemaker:us-east-1:111122223333:processing-job/${JOB_NAME}`, Tags: [{ Key: 'team', Value: 'data' }],
  })),
  'delete': awsCustomResourceEvent('Delete', call('stopProcessingJob', { ProcessingJobName: JOB_NAME })),
};

function awsCustomResourceEvent(RequestType: string, sdkCall: string): object {
  return {
    ...EVENT,
    RequestType,
    ResponseURL: 'https://response.example/',
    PhysicalResourceId: JOB_NAME,
    ResourceProperties: { [RequestType]: sdkCall, InstallLatestAwsSdk: 'false' },
  };
}
