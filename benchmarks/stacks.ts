import { join } from 'path';
import { App, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnProcessingJob } from 'aws-cdk-lib/aws-sagemaker';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, PhysicalResourceIdReference, Provider } from 'aws-cdk-lib/custom-resources';
import FEATURE_FLAGS from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, ProcessingOutput, S3Location } from '../src';

/** The ways of running jobs from a stack that the benchmarks compare. */
export const WAYS = ['ProcessingJob', 'CfnProcessingJob', 'CfnProcessingJob, one asset', 'Provider', 'AwsCustomResource'] as const;
export type Way = typeof WAYS[number];

/** Whether all jobs share a role, or each has its own. */
export type Roles = 'shared' | 'each';

export interface JobsAppOptions {
  readonly roles: Roles;
  readonly outdir: string;
  readonly stackName?: string;
  /** @default - an image of the service */
  readonly image?: string;
}

const FOLDER = join(process.cwd(), 'benchmarks', 'job');
const SCRIPT = join(FOLDER, 'prepare.py');
const IMAGE_ACCOUNT = '683313688378';
const IMAGE_REPOSITORY = 'sagemaker-scikit-learn';
const IMAGE = `${IMAGE_ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/${IMAGE_REPOSITORY}:1.2-1-cpu-py3`;

interface Data {
  readonly bucket: IBucket;
  readonly image: string;
}

type AddJob = (stack: Stack, id: string, data: Data, role?: IRole) => void;

/** Makes an app with one stack of identical jobs: an image, code, two inputs and two outputs each. */
export function jobsApp(way: Way, count: number, { roles, outdir, stackName = 'Jobs', image = IMAGE }: JobsAppOptions): App {
  // The feature flags of an app that `cdk init` has made.
  const app = new App({ outdir, postCliContext: FEATURE_FLAGS });
  const stack = new Stack(app, stackName);
  const data = { bucket: Bucket.fromBucketName(stack, 'Bucket', 'data-of-the-benchmark'), image };
  const addJob = way === 'CfnProcessingJob, one asset' ? addCfnProcessingJobs(oneAsset(stack)) : ADD_JOB[way];
  const sharedRole = roles === 'shared' ? sharedRoleOf(way, stack, data.bucket) : undefined;
  for (let index = 0; index < count; index++) {
    addJob(stack, `Job${index}`, data, sharedRole);
  }
  return app;
}

const ADD_JOB: { readonly [way in Exclude<Way, 'CfnProcessingJob, one asset'>]: AddJob } = {
  ProcessingJob: (stack, id, { bucket, image }, role) => {
    new ProcessingJob(stack, id, {
      image: ProcessingImage.fromRegistry(image),
      code: ProcessingCode.fromAsset(SCRIPT),
      inputs: {
        raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')),
        reference: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'reference/')),
      },
      outputs: {
        test: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'test/')),
        train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')),
      },
      instanceType: ProcessingInstanceType.M5_XLARGE,
      role,
    });
  },

  CfnProcessingJob: addCfnProcessingJobs(assetOfJob),

  Provider: (stack, id, data, sharedRole) => {
    const scope = new Construct(stack, id);
    const { role, request } = jobParts(scope, data, sharedRole);
    const job = new CustomResource(scope, 'Job', { serviceToken: minimalProvider(stack).serviceToken, properties: { Request: request } });
    job.node.addDependency(role);
  },

  AwsCustomResource: (stack, id, data, sharedRole) => {
    const scope = new Construct(stack, id);
    const { role, request } = jobParts(scope, data, sharedRole);
    const name = `jobs-${id.toLowerCase()}`;
    const job = new AwsCustomResource(scope, 'Job', {
      onCreate: {
        service: 'SageMaker',
        action: 'createProcessingJob',
        parameters: { ProcessingJobName: name, ...request },
        physicalResourceId: PhysicalResourceId.of(name),
      },
      onDelete: {
        service: 'SageMaker',
        action: 'stopProcessingJob',
        parameters: { ProcessingJobName: new PhysicalResourceIdReference() },
        ignoreErrorCodesMatching: 'ValidationException|ResourceNotFound',
      },
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({
          actions: ['sagemaker:CreateProcessingJob', 'sagemaker:StopProcessingJob'],
          resources: [stack.formatArn({ service: 'sagemaker', resource: 'processing-job', resourceName: name })],
        }),
        new PolicyStatement({ actions: ['iam:PassRole'], resources: [role.roleArn] }),
      ]),
    });
    job.node.addDependency(role);
  },
};

type CodeOf = (scope: Construct, role: IRole) => Asset;

function addCfnProcessingJobs(codeOf: CodeOf): AddJob {
  return (stack, id, data, sharedRole) => {
    const scope = new Construct(stack, id);
    const { role, request } = jobParts(scope, data, sharedRole, codeOf);
    const job = new CfnProcessingJob(scope, 'Job', {
      appSpecification: { imageUri: request.AppSpecification.ImageUri, containerEntrypoint: request.AppSpecification.ContainerEntrypoint },
      processingInputs: request.ProcessingInputs.map(({ InputName, S3Input }) => ({
        inputName: InputName,
        s3Input: { localPath: S3Input.LocalPath, s3DataType: S3Input.S3DataType, s3InputMode: S3Input.S3InputMode, s3Uri: S3Input.S3Uri },
      })),
      processingOutputConfig: {
        outputs: request.ProcessingOutputConfig.Outputs.map(({ OutputName, S3Output }) => ({
          outputName: OutputName,
          s3Output: { localPath: S3Output.LocalPath, s3UploadMode: S3Output.S3UploadMode, s3Uri: S3Output.S3Uri },
        })),
      },
      processingResources: { clusterConfig: { instanceCount: 1, instanceType: 'ml.m5.xlarge', volumeSizeInGb: 30 } },
      roleArn: role.roleArn,
    });
    job.node.addDependency(role);
  };
}

/** Makes an asset for each job. */
function assetOfJob(scope: Construct, role: IRole): Asset {
  const code = new Asset(scope, 'Code', { path: SCRIPT });
  code.grantRead(role);
  return code;
}

/** Makes one asset for all jobs, as an author does who knows that their code is the same. */
function oneAsset(stack: Stack): CodeOf {
  let code: Asset | undefined;
  return (_scope, role) => {
    if (code === undefined) {
      code = assetOfJob(stack, role);
    }
    return code;
  };
}

/** Makes the role of all jobs. ProcessingJob grants it what the jobs need; for the other ways it gets its permissions here. */
function sharedRoleOf(way: Way, stack: Stack, bucket: IBucket): IRole {
  const role = jobRole(stack);
  if (way !== 'ProcessingJob') {
    grantWhatJobsNeed(stack, role, bucket);
  }
  return role;
}

function jobRole(scope: Construct): Role {
  return new Role(scope, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
}

function grantWhatJobsNeed(scope: Construct, role: IRole, bucket: IBucket): void {
  const stack = Stack.of(scope);
  ['raw/*', 'reference/*'].forEach((keys) => bucket.grantRead(role, keys));
  ['test/*', 'train/*'].forEach((keys) => bucket.grantWrite(role, keys));
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: [stack.formatArn({ service: 'ecr', account: IMAGE_ACCOUNT, region: 'us-east-1', resource: 'repository', resourceName: IMAGE_REPOSITORY })],
  }));
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resources: [`arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:/aws/sagemaker/ProcessingJobs:*`],
  }));
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['ecr:GetAuthorizationToken', 'cloudwatch:PutMetricData'], resources: ['*'] }));
}

/** Makes everything that an author writes for each job without ProcessingJob. */
function jobParts(scope: Construct, { bucket, image }: Data, sharedRole: IRole | undefined, codeOf: CodeOf = assetOfJob) {
  const role = sharedRole ?? jobRole(scope);
  if (sharedRole === undefined) {
    grantWhatJobsNeed(scope, role, bucket);
  }
  const code = codeOf(scope, role);
  const input = (name: string, s3Uri: string) => ({
    InputName: name,
    S3Input: { LocalPath: `/opt/ml/processing/input/${name}`, S3DataType: 'S3Prefix', S3InputMode: 'File', S3Uri: s3Uri },
  });
  const output = (name: string) => ({
    OutputName: name,
    S3Output: { LocalPath: `/opt/ml/processing/output/${name}`, S3UploadMode: 'EndOfJob', S3Uri: `s3://${bucket.bucketName}/${name}/` },
  });
  return {
    role,
    request: {
      AppSpecification: { ImageUri: image, ContainerEntrypoint: ['python3', `/opt/ml/processing/input/code/${code.s3ObjectKey}`] },
      ProcessingInputs: [
        input('code', code.s3ObjectUrl),
        input('raw', `s3://${bucket.bucketName}/raw/`),
        input('reference', `s3://${bucket.bucketName}/reference/`),
      ],
      ProcessingOutputConfig: { Outputs: [output('test'), output('train')] },
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
      RoleArn: role.roleArn,
    },
  };
}

/** Makes one Provider of the CDK for the stack. Its handler makes the calls and does nothing else. */
function minimalProvider(stack: Stack): Provider {
  const existing = stack.node.tryFindChild('Provider') as Provider | undefined;
  if (existing) {
    return existing;
  }
  const handler = new Function(stack, 'Handler', {
    code: Code.fromAsset(join(FOLDER, 'minimal-handler')),
    handler: 'index.onEvent',
    runtime: Runtime.NODEJS_22_X,
    // Three seconds, the default, are not enough for 100 of them on two cores.
    timeout: Duration.seconds(30),
    initialPolicy: [new PolicyStatement({
      actions: ['sagemaker:CreateProcessingJob', 'sagemaker:StopProcessingJob', 'iam:PassRole'],
      resources: ['*'],
    })],
  });
  return new Provider(stack, 'Provider', { onEventHandler: handler });
}
