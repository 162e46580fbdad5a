import { App, CfnResource, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Definition } from './step-functions';
import { CloudFormationTemplate, NESTED_STACK, resolved, simulated, STATE_MACHINE, Template } from './template';
import {
  AutoMLDataset, AutoMLForecastFrequency, AutoMLForecastingJob, AutoMLJob, AutoMLModel, ProcessingImage, ProcessingInput, ProcessingInstanceType,
  ProcessingJob, ProcessingJobRemovalPolicy, ProcessingOutput, S3Location,
} from '../../src';
import { PROCESSING_JOB } from '../../src/provider/contract';

/** What an app looks like at one time: all that its author may change between two deployments. */
export interface AppVersion {
  /** There are no jobs, and so no provider: what else is said of them does not matter. */
  readonly isWithoutJobs: boolean;
  readonly definition: number;
  readonly trigger: number;
  readonly tags: number;
  /** The job's own name: none, or one of two. */
  readonly name: number;
  readonly removalPolicy: number;
  /** How long the deployment waits for the job: not, half an hour, or two hours and a half. */
  readonly wait: number;
  readonly inVpc: boolean;
  /** A second job that reads what the first one writes. */
  readonly reader: boolean;
  /** A model and its AutoML job: none, one of two for tables, one of two for time series, or a job that is not of the app. */
  readonly autoML: number;
  /** Other resources change. */
  readonly neighbours: number;
  /** What a nested stack has: there is none, or it has the job, the AutoML job and its model if there are any, or both. */
  readonly inner: number;
}

export const JOB_NAMES = [undefined, 'nightly', 'weekly'] as const;
const REMOVAL_POLICIES = [ProcessingJobRemovalPolicy.STOP, ProcessingJobRemovalPolicy.DELETE, ProcessingJobRemovalPolicy.RETAIN];
const NEIGHBOUR = 'Test::Neighbour';
/** The construct's id, with which its logical id begins. */
export const JOB = 'Job';
const INNER = [{}, { job: true }, { autoML: true }, { autoML: true, job: true }];
const WAITS = [undefined, Duration.minutes(30), Duration.minutes(150)];

/** The AutoML job that is not of the app. */
export const FOREIGN_AUTOML_JOB = 'their-churn';
const FOREIGN = 5;

/** The neighbours of a job: what it waits for, what waits for it, and what does neither. */
export const NEIGHBOURS = { before: 'Before', beside: 'Beside', after: 'After' } as const;

const templates = new Map<string, Template>();
const skeletons = new Map<string, CloudFormationTemplate>();
const definitions = new Map<string, Definition>();

/** The template of a version. */
export function templateOf(version: AppVersion): Template {
  return remembered(templates, version, () => {
    const { autoML, inVpc, inner, isWithoutJobs, name, reader, removalPolicy, wait } = version;
    // What makes other resources is synthesised from the constructs; …
    const skeleton = isWithoutJobs
      ? remembered(skeletons, { ...PLAIN, inner, isWithoutJobs }, synthesised)
      : remembered(skeletons, { autoML, inVpc, inner, isWithoutJobs, name, reader, removalPolicy, wait }, synthesised);
    // … the rest they hand on as it is, and synthesising takes longer than a life.
    return simulated(withValues(skeleton, version));
  });
}

/** The definition of the state machine, as the template has it. */
export function stateMachineOfTemplate(): Definition {
  const { Resources } = remembered(skeletons, PLAIN, synthesised);
  const { Properties } = Object.values(Resources).find(({ Type }) => Type === STATE_MACHINE)!;
  return remembered(definitions, {}, () => JSON.parse(resolved(Properties!.DefinitionString, { ref: () => 'aws', attribute: () => '' }) as string) as Definition);
}

type Skeleton = Pick<AppVersion, 'autoML' | 'inVpc' | 'inner' | 'isWithoutJobs' | 'name' | 'reader' | 'removalPolicy' | 'wait'>;

const PLAIN: Skeleton = { autoML: 0, inVpc: false, inner: 0, isWithoutJobs: false, name: 0, reader: false, removalPolicy: 0, wait: 0 };

function synthesised({ autoML, inVpc, inner, isWithoutJobs, name, reader, removalPolicy, wait }: Skeleton): CloudFormationTemplate {
  const stack = new Stack(new App({ analyticsReporting: false, treeMetadata: false }), 'Shop');
  const nested = inner > 0 ? new NestedStack(stack, 'Inner') : stack;
  const [ofJob, ofAutoML] = [INNER[inner].job, INNER[inner].autoML].map((isInner) => isInner ? nested : stack);
  const neighbour = (id: string, scope = stack) => new CfnResource(scope, id, { type: NEIGHBOUR });
  const before = neighbour(NEIGHBOURS.before);
  neighbour(NEIGHBOURS.beside, nested);
  if (isWithoutJobs) {
    neighbour(NEIGHBOURS.after);
    return templateWith(stack, nested);
  }
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'data');
  const always = { image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13'), instanceType: ProcessingInstanceType.M5_XLARGE };

  const job = new ProcessingJob(ofJob, JOB, {
    ...always,
    ...inVpc && {
      vpc: Vpc.fromVpcAttributes(ofJob, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    },
    completionTimeout: WAITS[wait],
    outputs: { clean: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'clean/')) },
    processingJobName: JOB_NAMES[name],
    // Where the role is given, too, the job is the same in each stack.
    ...name > 0 && { role: Role.fromRoleArn(ofJob, 'Given', 'arn:aws:iam::111122223333:role/given') },
    removalPolicy: REMOVAL_POLICIES[removalPolicy],
  });
  job.node.addDependency(before);
  neighbour(NEIGHBOURS.after).node.addDependency(job);

  if (reader) {
    new ProcessingJob(stack, 'Reader', { ...always, inputs: { clean: ProcessingInput.fromS3(job.outputLocation('clean')) } });
  }
  if (autoML === FOREIGN) {
    const role = new Role(ofAutoML, 'ModelRole', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    new AutoMLModel(ofAutoML, 'Model', { job: AutoMLJob.fromAutoMLJobName(ofAutoML, 'Theirs', FOREIGN_AUTOML_JOB), role });
  } else if (autoML > 0) {
    const props = {
      trainingData: AutoMLDataset.fromS3(S3Location.fromBucket(bucket, 'train.csv')),
      targetAttributeName: `column${autoML}`,
      outputLocation: S3Location.fromBucket(bucket, 'models/'),
      maxRuntime: Duration.minutes(30),
    };
    const trained = autoML <= 2 ? new AutoMLJob(ofAutoML, 'Churn', props) : new AutoMLForecastingJob(ofAutoML, 'Demand', {
      ...props, forecastFrequency: AutoMLForecastFrequency.days(1), forecastHorizon: 7, itemIdentifierAttributeName: 'item', timestampAttributeName: 'day',
    });
    new AutoMLModel(ofAutoML, 'Model', { job: trained });
  }
  return templateWith(stack, nested);
}

/** The template of a stack, with that of the one that is nested in it, if there is one. */
function templateWith(stack: Stack, nested: Stack): CloudFormationTemplate {
  const { Resources } = Assertions.fromStack(stack).toJSON() as CloudFormationTemplate;
  const inner = (Type: string) => Type === NESTED_STACK && { Template: Assertions.fromStack(nested).toJSON() as CloudFormationTemplate };
  return { Resources: Object.fromEntries(Object.entries(Resources).map(([id, resource]) => [id, { ...resource, ...inner(resource.Type) }])) };
}

function withValues({ Resources }: CloudFormationTemplate, version: AppVersion): CloudFormationTemplate {
  const { definition, neighbours, tags, trigger } = version;
  const added = (Type: string, logicalId: string): object => {
    if (Type === NEIGHBOUR) return { Version: neighbours };
    if (Type !== PROCESSING_JOB || !logicalId.startsWith(JOB)) return {};
    return {
      RerunTrigger: String(trigger),
      Tags: [...tags === 2 ? [{ Key: 'second', Value: 'tag' }] : [], { Key: 'version', Value: String(tags) }],
      Request: { ...Resources[logicalId].Properties!.Request as object, Environment: { DEFINITION: String(definition) } },
    };
  };
  return {
    Resources: Object.fromEntries(Object.entries(Resources).map(([logicalId, resource]) => [logicalId, {
      ...resource,
      Properties: { ...resource.Properties, ...added(resource.Type, logicalId) },
      ...resource.Template && { Template: withValues(resource.Template, version) },
    }])),
  };
}

function remembered<Key extends object, Value>(values: Map<string, Value>, key: Key, make: (key: Key) => Value): Value {
  const text = JSON.stringify(key);
  const value = values.get(text) ?? make(key);
  values.set(text, value);
  return value;
}
