import { Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { tagRules } from '../../src/job/tag-rules';
import { processingJobRules } from '../../src/processing-job/rules';
import { CreateProcessingJobRequest, ProcessingClusterConfigRequest } from '../../src/service-model/requests';
import { memberAt } from '../../src/validation/problems';

const TOKEN = Token.asString({ Ref: 'Parameter' });

/** Where the rules are broken by a request that has this. */
function broken(request: Partial<CreateProcessingJobRequest>): string[] {
  return processingJobRules({
    AppSpecification: { ImageUri: 'image' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
    RoleArn: 'arn:aws:iam::123456789012:role/jobs',
    ...request,
  }).map(({ path }) => memberAt(path));
}

const input = (S3Input: object) =>
  broken({ ProcessingInputs: [{ InputName: 'raw', S3Input: { S3DataType: 'S3Prefix', S3Uri: 's3://b', ...S3Input } }] });
const cluster = (ClusterConfig: ProcessingClusterConfigRequest) => broken({ ProcessingResources: { ClusterConfig } })
  .map((member) => member.replace('ProcessingResources.ClusterConfig.', ''));

describe('the rules of a processing job', () => {
  test('are kept by a request with the least', () => {
    expect(broken({})).toEqual([]);
  });

  test.each(['/opt/ml/processing/', '/opt/ml/processing/a/b', TOKEN, `/opt/${TOKEN}`, `/opt/ml/processing/${TOKEN}`])(
    'allow the path %p of an input', (LocalPath) => {
      expect(input({ LocalPath })).toEqual([]);
    });

  test.each(['', '/', '/opt/ml/processing', '/opt/ml/processingx/', 'opt/ml/processing/a', ' /opt/ml/processing/a', `/data/${TOKEN}`])(
    'refuse the path %p of an input', (LocalPath) => {
      expect(input({ LocalPath })).toEqual(['ProcessingInputs[0].S3Input.LocalPath']);
    });

  test.each([
    [undefined, undefined, 0], ['None', 'File', 0], ['None', undefined, 0], ['Gzip', 'Pipe', 0], ['Gzip', 'File', 1], ['Gzip', undefined, 1],
  ])('for compression %p in mode %p: %d problems', (S3CompressionType, S3InputMode, count) => {
    expect(input({ S3CompressionType, S3InputMode })).toHaveLength(count);
  });

  test.each([5, null, Symbol('s'), { toString: 'no function' }, ['ml.m5.xlarge'], () => 5])('leave a type of instances that is no text (%p) to the model', (InstanceType) => {
    expect(cluster({ InstanceCount: 1, InstanceType: InstanceType as any, VolumeKmsKeyId: TOKEN, VolumeSizeInGB: 16384 })).toEqual([]);
  });

  test('never break on what only the model can refuse', () => {
    const anything = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant(undefined), fc.boolean(), fc.object(), fc.array(fc.string()));
    fc.assert(fc.property(anything, anything, anything, anything, fc.string(), (a, b, c, d, name) => {
      broken({
        AppSpecification: { ImageUri: a as any },
        ProcessingInputs: [{ InputName: name, S3Input: { LocalPath: c as any, S3CompressionType: d as any, S3DataType: '', S3Uri: '' } }],
        ProcessingOutputConfig: { Outputs: [{ OutputName: name, S3Output: { LocalPath: b as any, S3UploadMode: '', S3Uri: '' } }] },
        ProcessingResources: {
          ClusterConfig: { InstanceCount: c as any, InstanceType: d as any, VolumeSizeInGB: a as any, VolumeKmsKeyId: b as any },
        },
      });
    }), { numRuns: 300 });
  });

  test.each<[object, string[]]>([
    [{ InstanceType: 'ml.g5.xlarge', VolumeSizeInGB: 250 }, []],
    [{ InstanceType: 'ml.g5.xlarge', VolumeSizeInGB: 251 }, ['VolumeSizeInGB']],
    [{ InstanceType: 'ml.g5.xlarge', VolumeSizeInGB: Token.asNumber({ Ref: 'Size' }) }, []],
    [{ InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 16384 }, []],
    [{ InstanceType: 'ml.g5.xlarge', VolumeKmsKeyId: TOKEN }, ['VolumeKmsKeyId']],
    [{ InstanceType: 'ml.m5.xlarge', VolumeKmsKeyId: TOKEN }, []],
    [{ InstanceType: TOKEN, VolumeKmsKeyId: TOKEN, VolumeSizeInGB: 16384 }, []],
  ])('of local disks: %j breaks %j', (config, members) => {
    expect(cluster({ InstanceCount: 1, ...config })).toEqual(members);
  });

  test.each<[object, string[]]>([
    [{ InstancePreferences: [{ InstanceType: 'ml.a' }, { InstanceType: 'ml.b' }], InstanceCount: 1 }, []],
    [{ InstancePreferences: [{ InstanceType: 'ml.a', InstanceCount: 1 }, { InstanceType: 'ml.b', InstanceCount: 2 }] }, []],
    [{ InstancePreferences: [{ InstanceType: 'ml.a', InstanceCount: 1 }, { InstanceType: 'ml.b' }] }, ['InstancePreferences[1].InstanceCount']],
    [{ InstancePreferences: [{ InstanceType: 'ml.a', InstanceCount: 1 }], InstanceCount: 1 }, ['InstancePreferences[0].InstanceCount']],
    [{ InstancePreferences: [{ InstanceType: 'ml.a' }, { InstanceType: 'ml.a' }], InstanceCount: 1 }, ['InstancePreferences[1].InstanceType']],
    [{ InstancePreferences: [{ InstanceType: TOKEN }, { InstanceType: Token.asString({ Ref: 'Other' }) }], InstanceCount: 1 }, []],
    [{ InstancePreferences: [{ InstanceType: 'a' }], InstanceCount: 1 }, ['InstancePreferences[0].InstanceType']],
    [{ InstancePreferences: [{ InstanceType: 'ml.a' }], InstanceType: 'ml.b', InstanceCount: 1 }, ['InstancePreferences']],
    [{ InstanceCount: 1 }, ['InstanceType']],
  ])('of instance preferences: %j breaks %j', (config, members) => {
    expect(cluster(config)).toEqual(members);
  });
});

describe('the rules of tags', () => {
  const tags = (...keys: string[]) => tagRules(keys.map((Key) => ({ Key, Value: 'value' })));

  test('allow 46', () => {
    expect(tags(...Array.from({ length: 46 }, (_, index) => `key${index}`))).toEqual([]);
    expect(tags(...Array.from({ length: 47 }, (_, index) => `key${index}`))).toHaveLength(1);
  });

  test.each(['aws:a', 'AWS:a', 'Aws:', 'cdk-sagemaker-jobs:stack', 'CDK-SageMaker-Jobs:x'])('refuse the key %p', (key) => {
    expect(tags('fine', key).map(({ path }) => memberAt(path))).toEqual(['Tags[1].Key']);
  });

  test.each(['aws', 'awsome:a', 'a:aws:', 'cdk-sagemaker-jobs', 'sagemaker:a'])('allow the key %p', (key) => {
    expect(tags(key)).toEqual([]);
  });
});
