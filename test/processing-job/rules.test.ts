import { Aws, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { IMAGE_URI } from './testing';
import { tagRules } from '../../src/job/tags';
import { PROCESSING_JOB_RULES } from '../../src/processing-job/rules';
import { CreateProcessingJobRequest, ProcessingClusterConfigRequest } from '../../src/service-model/requests';
import { memberAt } from '../../src/validation/problems';
import { ruleProblems } from '../../src/validation/rules';

const TOKEN = Token.asString({ Ref: 'Parameter' });

/** Where the rules are broken by a request that has this. */
function broken(request: Partial<CreateProcessingJobRequest>): string[] {
  return ruleProblems(PROCESSING_JOB_RULES, {
    AppSpecification: { ImageUri: IMAGE_URI },
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

  test.each(['/opt/ml/processing/../x', '/opt/ml/processing/a/..', '/opt/ml/processing/./a', '/opt/ml/processing/\u0000', `/opt/ml/processing/../${TOKEN}`])(
    'refuse the path %p, which is another than it seems', (LocalPath) => {
      expect(input({ LocalPath })).toEqual(['ProcessingInputs[0].S3Input.LocalPath']);
      expect(broken({ ProcessingOutputConfig: { Outputs: [{ OutputName: 'train', S3Output: { LocalPath, S3UploadMode: 'EndOfJob', S3Uri: 's3://b' } }] } }))
        .toEqual(['ProcessingOutputConfig.Outputs[0].S3Output.LocalPath']);
    });

  test.each(['.', '..', 'a/../b', '../a', 'a\nb', '\u0000'])('refuse the name %p, which is a part of paths, and no more', (name) => {
    expect(broken({ ProcessingInputs: [{ InputName: name, S3Input: { LocalPath: `/opt/ml/processing/input/${name}`, S3DataType: 'S3Prefix', S3Uri: 's3://b' } }] }))
      .toEqual(['ProcessingInputs[0].InputName']);
    const S3Output = { LocalPath: `/opt/ml/processing/output/${name}`, S3UploadMode: 'EndOfJob', S3Uri: 's3://b' };
    expect(broken({ ProcessingOutputConfig: { Outputs: [{ OutputName: name, S3Output }] } })).toEqual(['ProcessingOutputConfig.Outputs[0].OutputName']);
  });

  test.each(['a', 'a/b', 'a b', '...', 'a..b', '.a', 'ü', '😀', '__proto__'])('allow the name %p', (name) => {
    expect(broken({ ProcessingInputs: [{ InputName: name, S3Input: { LocalPath: `/opt/ml/processing/input/${name}`, S3DataType: 'S3Prefix', S3Uri: 's3://b' } }] }))
      .toEqual([]);
  });

  test('require the number of instances', () => {
    expect(cluster({ InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 })).toEqual(['InstanceCount']);
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

const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const SKLEARN = '141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3';
const SPARK = '571004829621.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-spark-processing:3.5-cpu';
const CLARIFY = `${Token.asString({ 'Fn::FindInMap': [] })}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/sagemaker-clarify-processing:1.0`;
const IMAGE = 'AppSpecification.ImageUri';
const ENTRYPOINT = 'AppSpecification.ContainerEntrypoint';

const image = (ImageUri: string, others: object = {}) => ({ AppSpecification: { ImageUri, ...others } });
const s3 = (InputName: string, LocalPath?: string, others: object = {}) =>
  ({ InputName, S3Input: { LocalPath, S3DataType: 'S3Prefix', S3Uri: 's3://b' }, ...others });
const toS3 = (OutputName: string, LocalPath?: string, others: object = {}) =>
  ({ OutputName, S3Output: { LocalPath, S3UploadMode: 'EndOfJob', S3Uri: 's3://b' }, ...others });
const features = { OutputName: 'features', AppManaged: true, FeatureStoreOutput: { FeatureGroupName: 'features' } };
const elements = (inputs: object[], outputs: object[] = [], others: object = {}) =>
  ({ ProcessingInputs: inputs, ProcessingOutputConfig: { Outputs: outputs }, ...others }) as Partial<CreateProcessingJobRequest>;
const isolated = { NetworkConfig: { EnableNetworkIsolation: true } };
const P = '/opt/ml/processing';

/** For each rule requests that break it, with the members that it names, and neighbours that keep it. */
type Request = Partial<CreateProcessingJobRequest>;
const CASES: { readonly [id: string]: { readonly breaks: [Request, ...string[]][]; readonly keeps: Request[] } } = {
  imageIsInEcr: {
    breaks: [
      '', 'python', 'python:3.12-slim', 'name:latest', 'team/image', 'docker.io/library/python:3', 'public.ecr.aws/docker/library/python:3.13', 'ghcr.io/team/image',
      'localhost:5000/image', `https://${ECR}/image:1`, `http://${ECR}/image`, ECR, `${ECR}/`, '12345.dkr.ecr.eu-west-1.amazonaws.com/image',
      ...['image:', 'image:a b', 'image:latest ', 'image:-a', 'image:1:2', 'image@sha256:abc', `image@sha512:${'0'.repeat(128)}`, `image:@sha256:${'0'.repeat(64)}`,
        'Image', '/image', 'image/', 'a/../b', 'a..b', 'a___b', `image:${'t'.repeat(129)}`, `Image:${TOKEN}`, `${TOKEN}:`].map((path) => `${ECR}/${path}`),
      `${ECR}.cn/image`, `${ECR}:443/image`, `${ECR}.example.com/image`, '123456789012.dkr.ecr.cn-north-1.amazonaws.com/image',
      '123456789012.dkr.ecr.Ireland.amazonaws.com/image', `public.ecr.aws/${TOKEN}`, `python:${TOKEN}`, `https://${TOKEN}/image`,
    ].map((uri) => [image(uri), IMAGE]),
    keeps: [
      `${ECR}/image`, `${ECR}/team/deeply/nested/image:1.0`, `${ECR}/a.b_c--d__e:_A.b-c`, `${ECR}/image:1@sha256:${'0'.repeat(64)}`, `${ECR}/image@${TOKEN}`,
      `${ECR}/image:v${TOKEN}`, `${ECR}/team-${TOKEN}/image`, `123456789012.dkr.ecr.eu-west-1.${Aws.URL_SUFFIX}/image`,
      `${ECR}/image@sha256:${'0'.repeat(64)}`, '123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/image:1',
      '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/image:1', '123456789012.dkr-ecr.eu-west-1.on.aws/image', '123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/image:1',
      `${ECR}/image:${'t'.repeat(128)}`, TOKEN, `${TOKEN}:1.0`, `${TOKEN}/image:1`, `${TOKEN}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/image:${TOKEN}`, `${ECR}/${TOKEN}`, `${TOKEN}${TOKEN}`,
    ].map((uri) => image(uri)),
  },
  frameworkImageRunsSomething: {
    breaks: [[image(SKLEARN), ENTRYPOINT], [image(SKLEARN, { ContainerArguments: ['a'] }), ENTRYPOINT], [image(SPARK), ENTRYPOINT],
      [image(SKLEARN.replace('141502667606', TOKEN)), ENTRYPOINT],
      [image('763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-training:2.8.0-cpu-py312'), ENTRYPOINT]],
    keeps: [image(SKLEARN, { ContainerEntrypoint: ['python3', '/a.py'] }), image(SPARK, { ContainerArguments: ['--class', 'A', 'a.jar'] }),
      // copies, in accounts that are not the service's
      image(`${ECR}/sagemaker-scikit-learn:1`), image(`${Aws.ACCOUNT_ID}.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-scikit-learn`)],
  },
  clarifyRunsItself: {
    breaks: [[image(CLARIFY, { ContainerEntrypoint: ['a'] }), ENTRYPOINT], [image(CLARIFY, { ContainerArguments: ['a'] }), 'AppSpecification.ContainerArguments'],
      [image('468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer', { ContainerEntrypoint: ['a'] }), ENTRYPOINT]],
    keeps: [image(CLARIFY), image(`${ECR}/sagemaker-clarify-processing`, { ContainerEntrypoint: ['a'] })],
  },
  clarifyHasNoEnvironment: {
    breaks: [[{ ...image(CLARIFY), Environment: { A: 'b' } }, 'Environment']],
    keeps: [{ ...image('468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer'), Environment: { dataset_format: '{}' } }],
  },
  noEmptyArguments: {
    breaks: [[image(IMAGE_URI, { ContainerArguments: ['--name', ''] }), 'AppSpecification.ContainerArguments[1]'], [image(IMAGE_URI, { ContainerEntrypoint: [''] }), `${ENTRYPOINT}[0]`]],
    keeps: [image(IMAGE_URI, { ContainerArguments: [' ', TOKEN, '0'], ContainerEntrypoint: ['a'] })],
  },
  elementsHaveNames: {
    breaks: [[elements([s3('')], [toS3('')]), 'ProcessingInputs[0].InputName', 'ProcessingOutputConfig.Outputs[0].OutputName']],
    keeps: [elements([s3('a')], [toS3('b')])],
  },
  namesAreUnique: {
    breaks: [[elements([s3('a', `${P}/a`)], [toS3('x'), toS3('a', `${P}/b`)]), 'ProcessingOutputConfig.Outputs[1].OutputName'],
      [elements([s3('code', `${P}/input/code`)], [toS3('code', `${P}/b`)]), 'ProcessingOutputConfig.Outputs[0].OutputName'],
      [elements([s3('features', `${P}/a`)], [features]), 'ProcessingOutputConfig.Outputs[0].OutputName']],
    keeps: [elements([s3('a')], [toS3('A')]), elements([], [toS3('code')])],
  },
  inputPaths: {
    breaks: [[elements([s3('a', '/data')]), 'ProcessingInputs[0].S3Input.LocalPath'],
      [elements([{ InputName: 'a', DatasetDefinition: { LocalPath: 'data' } }]), 'ProcessingInputs[0].DatasetDefinition.LocalPath']],
    keeps: [elements([s3('a', `${P}/a`), { InputName: 'b', DatasetDefinition: { LocalPath: '/data' } }])],
  },
  outputPaths: {
    breaks: ['/data', '/opt/ml/output', '/opt/ml/processing', 'data', `/data/${TOKEN}`].map((path) => [elements([], [toS3('a', path)]), 'ProcessingOutputConfig.Outputs[0].S3Output.LocalPath']),
    keeps: [`${P}/out`, `${P}/`, TOKEN, `${P}/${TOKEN}`].map((path) => elements([], [toS3('a', path)])),
  },
  inputPathsAreUnique: {
    breaks: [
      [elements([s3('a', `${P}/data`), s3('b', `${P}/data`)]), 'ProcessingInputs[1].S3Input.LocalPath'],
      [elements([s3('a', `${P}/data/`), s3('b', `${P}//data`)]), 'ProcessingInputs[1].S3Input.LocalPath'],
      [elements([s3('a', `${P}/data`), { InputName: 'b', DatasetDefinition: { LocalPath: `${P}/data` } }]), 'ProcessingInputs[1].DatasetDefinition.LocalPath'],
      // What the user can change is that of the input, not that of the code.
      [elements([s3('a', `${P}/input/code`), s3('code', `${P}/input/code`)]), 'ProcessingInputs[0].S3Input.LocalPath'],
      [elements([s3('a', `${P}/${TOKEN}`), s3('b', `${P}/${TOKEN}`)]), 'ProcessingInputs[1].S3Input.LocalPath'],
    ],
    keeps: [
      elements([s3('a', `${P}/input`), s3('code', `${P}/input/code`), s3('b', `${P}/input/b`)]),
      elements([s3('a', `${P}/data`), s3('b', `${P}/data2`), s3('c', `${P}/Data`)]),
      elements([s3('a', `${P}/data`), s3('b', `${P}/data`, { AppManaged: true }), s3('c', undefined, { AppManaged: true })]),
      elements([s3('a', TOKEN), s3('b', Token.asString({ Ref: 'Other' }))]),
    ],
  },
  outputPathsAreNoInputPaths: {
    breaks: [[elements([s3('a', `${P}/data`)], [toS3('x', `${P}/out`), toS3('b', `${P}/data/`)]), 'ProcessingOutputConfig.Outputs[1].S3Output.LocalPath']],
    keeps: [elements([s3('a', `${P}/data`)], [toS3('b', `${P}/data/out`), toS3('c', `${P}/same`), toS3('d', `${P}/same`), features])],
  },
  appManagedIsKnown: {
    breaks: [
      [elements([s3('a', `${P}/a`, { AppManaged: TOKEN })]), 'ProcessingInputs[0].AppManaged'],
      [elements([], [toS3('a', `${P}/a`, { AppManaged: TOKEN })]), 'ProcessingOutputConfig.Outputs[0].AppManaged'],
    ],
    keeps: [elements([s3('a', `${P}/a`, { AppManaged: true })], [toS3('b', `${P}/b`, { AppManaged: false })])],
  },
  compressionNeedsPipe: {
    breaks: [[elements([{ InputName: 'a', S3Input: { S3DataType: '', S3Uri: '', S3CompressionType: 'Gzip', S3InputMode: 'File' } }]), 'ProcessingInputs[0].S3Input.S3CompressionType']],
    keeps: [elements([{ InputName: 'a', S3Input: { S3DataType: '', S3Uri: '', S3CompressionType: 'Gzip', S3InputMode: 'Pipe' } }])],
  },
  isolationLeavesNoNetwork: {
    breaks: [
      [elements([s3('a', undefined, { AppManaged: true })], [], isolated), 'ProcessingInputs[0].AppManaged'],
      [elements([], [toS3('a', undefined, { AppManaged: true })], isolated), 'ProcessingOutputConfig.Outputs[0].AppManaged'],
      [elements([], [features], isolated), 'ProcessingOutputConfig.Outputs[0].FeatureStoreOutput.FeatureGroupName'],
    ],
    keeps: [
      elements([s3('a', `${P}/a`)], [toS3('b', `${P}/b`)], isolated),
      elements([s3('a', undefined, { AppManaged: true })], [features], { NetworkConfig: { EnableNetworkIsolation: false } }),
      elements([s3('a', undefined, { AppManaged: true })], [features], { NetworkConfig: { EnableNetworkIsolation: Token.asAny({ Ref: 'Isolated' }) as any } }),
    ],
  },
  instanceTypes: {
    breaks: ['m5.large', 'ml.m5.large\n', 'ml.M5.large', 'ml..large', 'ml.m5.large ', 'ml.'].map((InstanceType) =>
      [{ ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType, VolumeSizeInGB: 30 } } }, 'ProcessingResources.ClusterConfig.InstanceType']),
    keeps: ['ml.m5.large', 'ml.u-6tb1.metal-24xl', `ml.${TOKEN}`].map((InstanceType) =>
      ({ ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType, VolumeSizeInGB: 30 } } })),
  },
  localStorage: {
    breaks: [[{ ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.g5.xlarge', VolumeSizeInGB: 251 } } }, 'ProcessingResources.ClusterConfig.VolumeSizeInGB']],
    keeps: [{ ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.g5.xlarge', VolumeSizeInGB: 250 } } }],
  },
};

describe('each rule of a processing job', () => {
  test('has cases, and a source', () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(PROCESSING_JOB_RULES).sort());
    expect(Object.values(PROCESSING_JOB_RULES).filter(({ source }) => !/^https:\/\/(docs\.aws\.amazon\.com|github\.com)\/./.test(source))).toEqual([]);
  });

  test.each(Object.keys(CASES))('%s: is broken, and no other with it', (id) => {
    for (const [request, ...members] of CASES[id].breaks) {
      expect([request, broken(request)]).toEqual([request, members]);
    }
  });

  test.each(Object.keys(CASES))('%s: is kept by its neighbours', (id) => {
    for (const request of CASES[id].keeps) {
      const { AppSpecification } = request;
      // Of another image nothing is asked here but that it can be pulled.
      expect([request, id === 'imageIsInEcr' ? broken({ AppSpecification }) : broken(request)]).toEqual([request, []]);
    }
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
