import * as path from 'path';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { ProcessingInput, S3Location } from '../../src';
import { newJob, newStack, requestOf } from '../processing-job/testing';

const SCRIPTS = path.join(__dirname, '..', 'processing-job', 'scripts');

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
