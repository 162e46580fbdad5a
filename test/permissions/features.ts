/**
 * What a feature needs, by the sources that say so, and what it must not have. Buckets, keys and the like have the names of their
 * constructs, as `deployed.ts` gives them.
 */
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketProps } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { logsAndMetrics, pull, repository } from './calls';
import { ACCOUNT, REGION, Statement } from './deployed';
import { Call } from './judge';
import { ProcessingImage, ProcessingInstanceType, ProcessingJob, S3Location } from '../../src';

export interface Feature {
  readonly name: string;
  /** Defines what is judged, in a stack named Test. */
  readonly define: (stack: Stack) => { readonly role: IRole };
  /** What the service or the container does as the role, by the source that says so. */
  readonly needed: { readonly [source: string]: readonly Call[] };
  /** What lies beside that. */
  readonly beside: readonly Call[];
  /** Policies that are not of this app, by the ARN of what has them. */
  readonly foreignPolicies?: { readonly [arn: string]: readonly Statement[] };
  /** What CloudFormation only knows at the deployment. */
  readonly parameters?: { readonly [logicalId: string]: unknown };
}

const ROLES = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html';
export const PROCESSING = `${ROLES}#sagemaker-roles-createprocessingjob-perms`;
export const AUTOML = `${ROLES}#sagemaker-roles-autopilot-perms`;

/** The name of a job of the stack, as the library makes it. */
export const JOB_NAME = 'test-job-1a2b3c4d-5e6f7a8b';

export const SCRIPT = path.join(__dirname, '..', 'processing-job', 'scripts', 'prepare.py');
export const SCRIPT_KEY = new Asset(newStack(), 'Script', { path: SCRIPT }).s3ObjectKey;
export const ASSETS = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;

export function newStack(): Stack {
  return new Stack(new App(), 'Test');
}

/** A job with these properties, and the least others. */
export function newJob(stack: Stack, props: object, id = 'Job'): ProcessingJob {
  return new ProcessingJob(stack, id, {
    ...!('code' in props) && { entrypoint: ['run'] },
    image: ProcessingImage.fromRegistry(`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/image:1.0`),
    instanceType: ProcessingInstanceType.M5_XLARGE,
    ...props,
  });
}

/** The service's repositories let every account pull, and what is granted has to be granted by both. */
export const OPEN_REPOSITORY: readonly Statement[] = [{ Effect: 'Allow', Action: ['ecr:*'], Resource: ['*'], Principal: '*' }];

/** A feature of processing jobs. Each of them pulls its image and writes its log and its metrics. */
export function processing(name: string, props: (stack: Stack) => object, rest: Omit<Feature, 'define' | 'name'>, image = repository('image')): Feature {
  return {
    name,
    define: (stack) => newJob(stack, props(stack)),
    ...rest,
    foreignPolicies: { ...!image.includes(`:${ACCOUNT}:`) && { [image]: OPEN_REPOSITORY }, ...rest.foreignPolicies },
    needed: { ...rest.needed, [`${PROCESSING}, image, logs and metrics`]: [...pull(image), ...logsAndMetrics(JOB_NAME)] },
  };
}

/** A place in a bucket of the app. */
export function location(stack: Stack, bucketId: string, keyPrefix?: string, props?: BucketProps): S3Location {
  return S3Location.fromBucket(stack.node.tryFindChild(bucketId) as Bucket | undefined ?? new Bucket(stack, bucketId, props), keyPrefix);
}
