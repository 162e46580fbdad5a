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
import { undeclared, unknownToTheModel, unreached } from '../members';

/** Jobs that have all properties among them. */
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
  const requests = Object.values(Template.fromStack(stack).findResources(AUTOML_JOB))
    .map(({ Properties: { JobName, Request, Tags: tags } }) => ({ ...Request, Tags: tags, ...JobName && { AutoMLJobName: JobName } }));
  expect(unreached(requests, 'CreateAutoMLJobRequest')).toEqual([]);
});

test('every member of the request is named in the words of the user', () => {
  expect(undeclared(AUTOML_JOB_MEMBERS)).toEqual([]);
});

test('every name is that of a member', () => {
  expect(unknownToTheModel(AUTOML_JOB_MEMBERS)).toEqual([]);
});
