import * as path from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { ProcessingCode, ProcessingInput, S3Location } from '../../../src/index';
import { newJob, newStack, requestOf } from '../testing';

const SCRIPTS = path.join(__dirname, '..', 'scripts');

test('the asset of a file is an input of one object', () => {
  const stack = newStack();
  const asset = new Asset(stack, 'Data', { path: path.join(SCRIPTS, 'prepare.py') });
  newJob(stack, { inputs: { data: ProcessingInput.fromS3(S3Location.fromAsset(asset)) } });
  expect(requestOf(stack).ProcessingInputs[0].S3Input.S3Uri).toEqual({ 'Fn::Sub': expect.stringMatching(/^s3:\/\/.*\/[0-9a-f]{64}\.py$/) });
});

test.each(['fromS3', 'fromManifest'] as const)('%s refuses the asset of a folder, which is one zip file', (method) => {
  const location = S3Location.fromAsset(new Asset(newStack(), 'Data', { path: SCRIPTS }));
  expect(() => ProcessingInput[method](location)).toThrow(
    `ProcessingInput.${method}: location is the asset of a folder: one zip file, which the job does not unpack. Use the asset of a file`);
});

test('a role is granted an asset once, however many of its jobs run that', () => {
  const [few, many] = [2, 60].map((count) => {
    const stack = newStack();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    for (let job = 0; job < count; job++) {
      newJob(stack, { code: ProcessingCode.fromAsset(path.join(SCRIPTS, 'prepare.py')), role }, `Job${job}`);
    }
    return Template.fromStack(stack);
  });
  many.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  const policyOf = (template: Template) => template.findResources('AWS::IAM::Policy').RoleDefaultPolicy5FFB7DAB;
  expect(policyOf(few)).toBeDefined();
  expect(policyOf(many)).toEqual(policyOf(few));
});
