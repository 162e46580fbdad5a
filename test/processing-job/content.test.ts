import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { ProcessingCode, ProcessingImage, ProcessingInput, ProcessingInstanceType, ProcessingJob, S3Location, ScikitLearnVersion } from '../../src/index';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'content-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The template of a job whose script, data, folder and image have this content. */
function templateWith(content: string): Template {
  for (const file of ['prepare.py', 'data', 'Dockerfile']) writeFileSync(join(folder, file), content);
  const stack = new Stack(new App(), 'Stack');
  const image = ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1);
  const instanceType = ProcessingInstanceType.M5_LARGE;
  new ProcessingJob(stack, 'Script', {
    image,
    instanceType,
    code: ProcessingCode.fromAsset(join(folder, 'prepare.py')),
    inputs: { data: ProcessingInput.fromS3(S3Location.fromAsset(new Asset(stack, 'Data', { path: join(folder, 'data') }))) },
  });
  new ProcessingJob(stack, 'Folder', { image, instanceType, code: ProcessingCode.fromAsset(folder, { entryFile: 'prepare.py' }) });
  new ProcessingJob(stack, 'Image', { image: ProcessingImage.fromAsset(folder), instanceType });
  return Template.fromStack(stack);
}

function resourcesOf(template: Template, type: RegExp): object {
  const { Resources } = template.toJSON() as { Resources: Record<string, { Type: string }> };
  return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => type.test(Type)));
}

test('another content of a script, its data, a folder or an image is another job, and no other permission', () => {
  const before = templateWith('print(1)');
  const after = templateWith('print(2)');
  expect(resourcesOf(after, /^Custom::SageMakerProcessingJob/)).not.toEqual(resourcesOf(before, /^Custom::SageMakerProcessingJob/));
  expect(resourcesOf(after, /^AWS::(IAM|EC2|KMS|Lambda|StepFunctions)::/)).toEqual(resourcesOf(before, /^AWS::(IAM|EC2|KMS|Lambda|StepFunctions)::/));
});

test('a job may read and list assets that are named as its own are, and nothing else of their bucket', () => {
  const any = '?'.repeat(64);
  const statements = Object.values(resourcesOf(templateWith('print(1)'), /^AWS::IAM::Policy/))
    .flatMap(({ Properties }: any) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('s3:'));
  expect(statements.length).toBeGreaterThan(0);
  for (const { Action, Condition, Resource } of statements) {
    if (Action === 's3:ListBucket') {
      for (const prefix of [Condition.StringLike['s3:prefix']].flat()) expect([`${any}.py`, `${any}.zip`, `${any}.${any}`]).toContain(prefix);
    } else {
      expect(JSON.stringify(Resource)).toMatch(/\/\?{64}\.(py|zip|\?{64})"/);
    }
  }
});
