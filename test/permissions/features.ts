/**
 * The permissions that a feature needs, with sources, and those that it must not have. Resources such as buckets and keys have the names
 * of their constructs, as `deployed.ts` sets them.
 */
import * as path from 'path';
import { Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketProps } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { logsAndMetrics, pull, repository } from './calls';
import { ACCOUNT, REGION, Statement } from './deployed';
import { Call } from './judge';
import { ProcessingImage, ProcessingInstanceType, ProcessingJob, S3Location } from '../../src';
import { newApp } from '../processing-job/testing';

export interface Feature {
  readonly name: string;
  /** Defines the judged constructs in a stack named Test. */
  readonly define: (stack: Stack) => { readonly role: IRole };
  /** The calls that the service or the container makes as the role, by their source. */
  readonly needed: { readonly [source: string]: readonly Call[] };
  /** Similar calls that must be denied. */
  readonly beside: readonly Call[];
  /** Policies of resources that are not in this app, by the ARN of the resource. */
  readonly foreignPolicies?: { readonly [arn: string]: readonly Statement[] };
  /** The values of parameters of the template. */
  readonly parameters?: { readonly [logicalId: string]: unknown };
}

const ROLES = 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html';
export const PROCESSING = `${ROLES}#sagemaker-roles-createprocessingjob-perms`;
export const AUTOML = `${ROLES}#sagemaker-roles-autopilot-perms`;

/** The name of a job of the stack, as the library makes it. */
export const JOB_NAME = 'test-57gouu--job-1a2b3c-5e6f7a8b';

export const SCRIPT = path.join(__dirname, '..', 'processing-job', 'scripts', 'prepare.py');
export const SCRIPT_KEY = new Asset(newStack(), 'Script', { path: SCRIPT }).s3ObjectKey;
export const ASSETS = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;

export function newStack(): Stack {
  return new Stack(newApp(), 'Test');
}

/** Makes a job with the given properties and the required ones. */
export function newJob(stack: Stack, props: object, id = 'Job'): ProcessingJob {
  return new ProcessingJob(stack, id, {
    ...!('code' in props) && { entrypoint: ['run'] },
    image: ProcessingImage.fromRegistry(`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/image:1.0`),
    instanceType: ProcessingInstanceType.M5_XLARGE,
    ...props,
  });
}

/** The policy of the service's repositories, which let every account pull. Access across accounts must be allowed on both sides. */
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

/** A location in a bucket of the app. */
export function location(stack: Stack, bucketId: string, keyPrefix?: string, props?: BucketProps): S3Location {
  return S3Location.fromBucket(stack.node.tryFindChild(bucketId) as Bucket | undefined ?? new Bucket(stack, bucketId, props), keyPrefix);
}
