import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AUTOML_JOB } from './testing';
import {
  AutoMLCompression, AutoMLContentType, AutoMLDataset, AutoMLDeployment, AutoMLJob, AutoMLMode, AutoMLProblem, AutoMLValidation,
  AutoMLEnsemblingAlgorithm,
  S3Location,
} from '../../src';
import { AUTOML_JOB_MEMBERS } from '../../src/automl-job/members';
import { SHAPES } from '../../src/service-model/shapes';

const ROOT = 'CreateAutoMLJobRequest';

/** Every member of a request that has no members of its own. */
function membersOf(shapeName: string, path = ''): string[] {
  const { type, members, member } = SHAPES[shapeName];
  if (type === 'structure') {
    return Object.entries(members!).flatMap(([name, shape]) => membersOf(shape, path === '' ? name : `${path}.${name}`));
  }
  return type === 'list' ? membersOf(member!, `${path}[]`) : [path];
}

/** The members that a request has. */
function membersIn(value: unknown, shapeName: string, path = ''): string[] {
  const { type, members, member } = SHAPES[shapeName];
  if (type === 'structure') {
    return Object.entries(value as object).flatMap(([name, part]) => membersIn(part, members![name], path === '' ? name : `${path}.${name}`));
  }
  return type === 'list' ? (value as unknown[]).flatMap((part) => membersIn(part, member!, `${path}[]`)) : [path];
}

/** Jobs that between them have all properties. */
function jobsWithEverything(stack: Stack): void {
  const key = new Key(stack, 'Key');
  const location = S3Location.fromUri('s3://bucket/prefix/');
  const options = { compression: AutoMLCompression.GZIP, contentType: AutoMLContentType.CSV };
  const common = {
    generateCandidateDefinitionsOnly: false,
    deployment: AutoMLDeployment.endpoint('churn'),
    featureSpecification: location,
    interContainerTrafficEncryption: true,
    maxCandidates: 1,
    maxRuntime: Duration.hours(1),
    maxRuntimePerTrainingJob: Duration.hours(1),
    mode: AutoMLMode.ensembling({ algorithms: [AutoMLEnsemblingAlgorithm.XGBOOST], sampleWeightAttributeName: 'weight' }),
    outputEncryptionKey: key,
    outputLocation: location,
    problem: AutoMLProblem.regression(),
    targetAttributeName: 'churned',
    trainingData: AutoMLDataset.fromS3(location, options),
    volumeEncryptionKey: key,
    vpc: new Vpc(stack, 'Vpc'),
  };
  new AutoMLJob(stack, 'Fraction', { ...common, autoMLJobName: 'name', validation: AutoMLValidation.fraction(0.5) });
  new AutoMLJob(stack, 'Dataset', { ...common, validation: AutoMLValidation.dataset(AutoMLDataset.fromManifest(location, options)) });
}

test('a property reaches every member of the request', () => {
  const stack = new Stack(new App(), 'Test');
  Tags.of(stack).add('team', 'data');
  jobsWithEverything(stack);
  const reached = Object.values(Template.fromStack(stack).findResources(AUTOML_JOB)).flatMap(({ Properties: { JobName, Request, Tags: tags } }) =>
    membersIn({ ...Request, Tags: tags, ...JobName && { AutoMLJobName: JobName } }, ROOT));
  expect(new Set(reached)).toEqual(new Set(membersOf(ROOT)));
});

test('every member of the request is named in the words of the user', () => {
  const known = AUTOML_JOB_MEMBERS.entries.map(([path]) => path);
  expect(membersOf(ROOT).filter((member) => !known.includes(member) && !known.includes(member.replace(/\[\]$/, '')))).toEqual([]);
});

test('every name is that of a member', () => {
  const members = membersOf(ROOT);
  expect(AUTOML_JOB_MEMBERS.entries.map(([path]) => path).filter((name) => !members.some((member) => member.startsWith(name)))).toEqual([]);
});
