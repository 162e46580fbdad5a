/**
 * The URI of every kind of image, who may pull it, and what is said when it is not known. The tables themselves are tested
 * in test/service-model.
 */
import { readFileSync } from 'fs';
import * as path from 'path';
import {
  Annotations as AppAnnotations, App, Aws, CfnDynamicReference, CfnDynamicReferenceService, CfnParameter, Stack, Token,
} from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import {
  DataWranglerVersion, HuggingFaceVersion, ProcessingImage, ProcessingInstanceType, PyTorchVersion, ScikitLearnVersion, SparkVersion,
  TensorFlowVersion,
  XGBoostVersion,
} from '../../../src/index';
import { IMAGE_ACCOUNTS } from '../../../src/service-model/images';
import { permissionsOf } from '../policies';
import { newJob as newJobWith, newStack, requestOf } from '../testing';

const SUFFIXES: { [region: string]: string } = { 'cn-north-1': 'amazonaws.com.cn' };
const CPU = ProcessingInstanceType.M5_XLARGE;
const GPU = ProcessingInstanceType.G4DN_XLARGE;

/** A job that runs something, which most images do not by themselves. */
const newJob: typeof newJobWith = (scope, props, id) => newJobWith(scope, { entrypoint: ['run'], ...props }, id);
const BY_ITSELF = { entrypoint: undefined };

function newStackIn(region?: string): Stack {
  return newStack('Test', region === undefined ? {} : { env: { account: '123456789012', region } });
}

/** The URI as CloudFormation makes it in the Region. */
function uriOf(stack: Stack, region: string): string {
  const { mappings, uri } = { mappings: Template.fromStack(stack).toJSON().Mappings, uri: requestOf(stack).AppSpecification.ImageUri };
  const deployed = (value: any): string => {
    if (typeof value === 'string') {
      return value;
    }
    if ('Ref' in value) {
      return ({ 'AWS::Region': region, 'AWS::URLSuffix': SUFFIXES[region] ?? 'amazonaws.com' } as { [name: string]: string })[value.Ref];
    }
    if ('Fn::FindInMap' in value) {
      const [map, first, second] = value['Fn::FindInMap'].map(deployed);
      return mappings[map][first][second];
    }
    return value['Fn::Join'][1].map(deployed).join(value['Fn::Join'][0]);
  };
  return deployed(uri);
}

function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

const KINDS: [string, () => ProcessingImage, ProcessingInstanceType, string, { [region: string]: string }][] = [
  ['scikit-learn', () => ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1), CPU, 'sagemaker-scikit-learn:1.2-1-cpu-py3',
    { 'us-east-1': '683313688378', 'cn-north-1': '450853457545', 'us-gov-west-1': '414596584902' }],
  ['XGBoost', () => ProcessingImage.xgboost(XGBoostVersion.V1_7_1), CPU, 'sagemaker-xgboost:1.7-1',
    { 'us-east-1': '683313688378', 'cn-north-1': '450853457545', 'us-gov-west-1': '414596584902' }],
  ['Spark', () => ProcessingImage.spark(SparkVersion.V3_5), CPU, 'sagemaker-spark-processing:3.5-cpu',
    { 'us-east-1': '173754725891', 'cn-north-1': '671472414489', 'us-gov-west-1': '271483468897' }],
  ['Clarify', () => ProcessingImage.clarify(), CPU, 'sagemaker-clarify-processing:1.0',
    { 'us-east-1': '205585389593', 'cn-north-1': '122526803553', 'us-gov-west-1': '598674086554' }],
  ['Model Monitor', () => ProcessingImage.modelMonitor(), CPU, 'sagemaker-model-monitor-analyzer',
    { 'us-east-1': '156813124566', 'cn-north-1': '453000072557' }],
  ['Data Wrangler', () => ProcessingImage.dataWrangler(DataWranglerVersion.V3), CPU, 'sagemaker-data-wrangler-container:3.x',
    { 'us-east-1': '663277389841', 'cn-north-1': '245909111842' }],
  ['Data Wrangler without a version', () => ProcessingImage.dataWrangler(), CPU, 'sagemaker-data-wrangler-container:3.x', { 'us-east-1': '663277389841' }],
  ['PyTorch', () => ProcessingImage.pytorch(PyTorchVersion.V2_8_0), CPU, 'pytorch-training:2.8.0-cpu-py312',
    { 'us-east-1': '763104351884', 'cn-north-1': '727897471807', 'us-gov-west-1': '442386744353' }],
  ['PyTorch on a GPU', () => ProcessingImage.pytorch(PyTorchVersion.V2_8_0), GPU, 'pytorch-training:2.8.0-gpu-py312', { 'us-east-1': '763104351884' }],
  ['TensorFlow', () => ProcessingImage.tensorflow(TensorFlowVersion.V2_19_0), CPU, 'tensorflow-training:2.19.0-cpu-py312',
    { 'us-east-1': '763104351884', 'cn-north-1': '727897471807', 'us-gov-west-1': '442386744353' }],
  ['TensorFlow on a GPU', () => ProcessingImage.tensorflow(TensorFlowVersion.V2_19_0), GPU, 'tensorflow-training:2.19.0-gpu-py312',
    { 'us-east-1': '763104351884' }],
  ['Hugging Face', () => ProcessingImage.huggingFace(HuggingFaceVersion.V5_3_0), GPU,
    'huggingface-pytorch-training:2.9.0-transformers5.3.0-gpu-py312-cu130-ubuntu22.04', { 'us-east-1': '763104351884', 'cn-north-1': '727897471807' }],
  ['scikit-learn on a GPU, which it does not use', () => ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1), GPU, 'sagemaker-scikit-learn:1.2-1-cpu-py3',
    { 'us-east-1': '683313688378' }],
  ['Spark on a GPU, which it does not use', () => ProcessingImage.spark(SparkVersion.V3_3), GPU, 'sagemaker-spark-processing:3.3-cpu',
    { 'us-east-1': '173754725891' }],
];

describe.each(KINDS)('the image of %s', (kind, image, instanceType, name, accounts) => {
  const newStackWith = (region?: string) => {
    const stack = newStackIn(region);
    newJob(stack, { image: image(), instanceType, ...['Clarify', 'Model Monitor'].includes(kind) && BY_ITSELF });
    return stack;
  };

  test.each(Object.entries(accounts))('is in %s at its account there', (region, account) => {
    const uri = `${account}.dkr.ecr.${region}.${SUFFIXES[region] ?? 'amazonaws.com'}/${name}`;
    expect(uriOf(newStackWith(region), region)).toBe(uri);
  });

  test.each(Object.keys(accounts))('is the same in %s when only CloudFormation knows that', (region) => {
    expect(uriOf(newStackWith(), region)).toBe(uriOf(newStackWith(region), region));
  });

  test('may be pulled by the job’s role, and no other', () => {
    const [[region, account]] = Object.entries(accounts);
    const repository = `arn:<AWS::Partition>:ecr:${region}:${account}:repository/${name.split(':')[0]}`;
    expect(permissionsOf(newStackWith(region), 'JobJobRole').filter((line) => line.startsWith('ecr:'))).toEqual([
      `ecr:BatchCheckLayerAvailability on ${repository}`,
      `ecr:BatchGetImage on ${repository}`,
      'ecr:GetAuthorizationToken on *',
      `ecr:GetDownloadUrlForLayer on ${repository}`,
    ]);
  });

  test('may be pulled from the account of the Region, when only CloudFormation knows that', () => {
    const lines = permissionsOf(newStackWith(), 'JobJobRole').filter((line) => line.startsWith('ecr:BatchGetImage'));
    expect(lines).toEqual([expect.stringMatching(
      new RegExp(`^ecr:BatchGetImage on arn:<AWS::Partition>:ecr:<AWS::Region>:\\{"Fn::FindInMap".*\\}:repository/${name.split(':')[0]}$`))]);
  });

  test('is used without a warning', () => {
    for (const region of [undefined, ...Object.keys(accounts)]) {
      expect(warningsOf(newStackWith(region)).filter((warning) => warning.includes('image'))).toEqual([]);
    }
  });
});

describe('the Region', () => {
  test('that only CloudFormation knows is looked up in one mapping for all jobs and versions with the same accounts', () => {
    const stack = newStackIn();
    newJob(stack, { image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1) }, 'A');
    newJob(stack, { image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_4_2) }, 'B');
    newJob(stack, { image: ProcessingImage.xgboost(XGBoostVersion.V1_7_1) }, 'C');
    newJob(stack, { image: ProcessingImage.clarify(), ...BY_ITSELF }, 'D');
    const { Mappings } = Template.fromStack(stack).toJSON();
    expect(Object.keys(Mappings).filter((id) => id.startsWith('SageMakerImageAccounts'))).toHaveLength(2);
  });

  test('that is known needs no mapping', () => {
    const stack = newStackIn('eu-west-1');
    newJob(stack, { image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1) });
    expect(Object.keys(Template.fromStack(stack).toJSON().Mappings ?? {}).filter((id) => id.startsWith('SageMakerImageAccounts'))).toEqual([]);
  });

  test('in which an image is not known to be is a warning that says where it is', () => {
    const stack = newStackIn('ap-southeast-7');
    newJob(stack, { image: ProcessingImage.clarify(), ...BY_ITSELF });
    const [warning, ...others] = warningsOf(stack).filter((each) => each.includes('image'));
    expect(others).toEqual([]);
    expect(warning).toBe([
      'image: clarify 1.0 is not known to be in ap-southeast-7; it is in ', Object.keys(IMAGE_ACCOUNTS['clarify-1.0']).join(', '), '. ',
      'Deploy to one of these, or use ProcessingImage.fromRegistry(…). [ack: cdk-sagemaker-jobs:imageNotInRegion]',
    ].join(''));
  });

  test('in which an image without a version is not known to be is told in the same way', () => {
    const stack = newStackIn('us-gov-west-1');
    newJob(stack, { image: ProcessingImage.modelMonitor(), ...BY_ITSELF });
    expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/^image: modelMonitor is not known to be in us-gov-west-1; it is in /));
  });

  test('can be acknowledged not to have it', () => {
    const stack = newStackIn('ap-southeast-7');
    const job = newJob(stack, { image: ProcessingImage.clarify(), ...BY_ITSELF });
    AppAnnotations.of(job).acknowledgeWarning('cdk-sagemaker-jobs:imageNotInRegion', 'we have a copy');
    expect(warningsOf(stack).filter((each) => each.includes('image:'))).toEqual([]);
  });
});

describe('a version that is newer than the library', () => {
  test.each<[string, ProcessingImage, ProcessingInstanceType, string]>([
    ['scikit-learn', ProcessingImage.scikitLearn(ScikitLearnVersion.of('9.9-1')), CPU, 'sagemaker-scikit-learn:9.9-1-cpu-py3'],
    ['XGBoost', ProcessingImage.xgboost(XGBoostVersion.of('9.9-1')), CPU, 'sagemaker-xgboost:9.9-1'],
    ['Spark', ProcessingImage.spark(SparkVersion.of('9.9')), CPU, 'sagemaker-spark-processing:9.9-cpu'],
    ['PyTorch', ProcessingImage.pytorch(PyTorchVersion.of('9.9.0')), GPU, 'pytorch-training:9.9.0-gpu-py313'],
  ])('of %s is taken to be named as the latest, with a warning', (_name, image, instanceType, name) => {
    const stack = newStackIn('us-east-1');
    newJob(stack, { image, instanceType });
    expect(uriOf(stack, 'us-east-1')).toMatch(new RegExp(`^\\d{12}\\.dkr\\.ecr\\.us-east-1\\.amazonaws\\.com/${name}$`));
    expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/^image: version '9\.9.*' of \w+ is not known to this version of the library, which knows .*\. Check it, or use ProcessingImage\.fromRegistry\(…\); the tag is taken to be '9\.9.*'\. \[ack: cdk-sagemaker-jobs:unknownImageVersion\]$/));
  });
});

describe('what is pasted as a version', () => {
  test.each<[string, ProcessingImage, string]>([
    ['a whole tag of Spark', ProcessingImage.spark(SparkVersion.of('3.1-cpu-py37-v1.2')), 'sagemaker-spark-processing:3.1-cpu-py37-v1.2'],
    ['the short tag of Spark', ProcessingImage.spark(SparkVersion.of('3.5-cpu')), 'sagemaker-spark-processing:3.5-cpu'],
    ['the tag of scikit-learn', ProcessingImage.scikitLearn(ScikitLearnVersion.of('1.2-1-cpu-py3')), 'sagemaker-scikit-learn:1.2-1-cpu-py3'],
    ['the tag of a later Python', ProcessingImage.scikitLearn(ScikitLearnVersion.of('1.4-2-py312-cpu-py3')), 'sagemaker-scikit-learn:1.4-2-py312-cpu-py3'],
    ['a version with a v', ProcessingImage.scikitLearn(ScikitLearnVersion.of('v1.2-1')), 'sagemaker-scikit-learn:1.2-1-cpu-py3'],
    ['a whole tag of PyTorch', ProcessingImage.pytorch(PyTorchVersion.of('2.8.0-cpu-py312-ubuntu22.04-sagemaker')), 'pytorch-training:2.8.0-cpu-py312-ubuntu22.04-sagemaker'],
    ['the tag of an old PyTorch, which has another repository', ProcessingImage.pytorch(PyTorchVersion.of('1.1.0-cpu-py3')), 'sagemaker-pytorch:1.1.0-cpu-py3'],
    ['a whole tag of XGBoost', ProcessingImage.xgboost(XGBoostVersion.of('1.7-1-cpu-py3')), 'sagemaker-xgboost:1.7-1-cpu-py3'],
  ])('%s is the tag', (_name, image, name) => {
    const stack = newStackIn('us-east-1');
    newJob(stack, { image });
    expect(uriOf(stack, 'us-east-1')).toMatch(new RegExp(`^\\d{12}\\.dkr\\.ecr\\.us-east-1\\.amazonaws\\.com/${name}$`));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('as a tag for a GPU needs one', () => {
    const stack = newStackIn('us-east-1');
    const tag = '2.5.1-transformers4.49.0-gpu-py311-cu124-ubuntu22.04';
    newJob(stack, { image: ProcessingImage.huggingFace(HuggingFaceVersion.of(tag)), instanceType: GPU }, 'A');
    newJob(stack, { image: ProcessingImage.pytorch(PyTorchVersion.of('2.8.0-gpu-py312')), instanceType: CPU }, 'B');
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-sagemaker-jobs:imageNeedsGpu')]);
    expect(warningsOf(stack)[0]).toContain('pytorch 2.8.0-gpu-py312');
  });

  test('as the tag of an unknown version is used, with a warning', () => {
    const stack = newStackIn('us-east-1');
    newJob(stack, { image: ProcessingImage.spark(SparkVersion.of('9.1-cpu-py399-v1.0')) });
    expect(uriOf(stack, 'us-east-1')).toMatch(/:9\.1-cpu-py399-v1\.0$/);
    expect(warningsOf(stack)).toEqual([expect.stringContaining("the tag is taken to be '9.1-cpu-py399-v1.0'")]);
  });

  test('may be known to CloudFormation alone', () => {
    const stack = newStackIn('us-east-1');
    newJob(stack, { image: ProcessingImage.scikitLearn(ScikitLearnVersion.of(new CfnParameter(stack, 'Version').valueAsString)) });
    expect(requestOf(stack).AppSpecification.ImageUri['Fn::Join'][1].slice(-2)).toEqual([{ Ref: 'Version' }, '-cpu-py3']);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each(['latest', 'constructor', '__proto__', 'toString', '', ' 1.2-1', '1.2-1 ', 'V1.2-1', 'v', '683313688378.dkr.ecr.us-east-1.amazonaws.com/x:1', '1.2:1', '1.2\n', '$&'])(
    'is an error where it is no version: %p', (version) => {
      expect(() => ProcessingImage.scikitLearn(ScikitLearnVersion.of(version))).toThrow(
        /^ProcessingImage\.scikitLearn: version is '.*': must be a version or the tag of an image, which begins with a digit\. Write it as the constants do, or use ProcessingImage\.fromRegistry\(…\) for another image\.$/s);
    });

  test.each([1.2, true, null, {}])('is an error where it is no text: %p', (version) => {
    expect(() => ProcessingImage.spark(SparkVersion.of(version as any))).toThrow(/^ProcessingImage\.spark: version is .*: must be a string\./);
  });
});

describe('a URI that only CloudFormation knows', () => {
  const pulled = (uri: (stack: Stack) => string, region?: string) => {
    const stack = newStackIn(region);
    newJob(stack, { image: ProcessingImage.fromRegistry(uri(stack)) });
    const [arn] = permissionsOf(stack, 'JobJobRole').flatMap((line) => line.split('ecr:BatchGetImage on ')[1] ?? []);
    return { arn, warnings: warningsOf(stack) };
  };
  /** The ARN as CloudFormation makes it, when the parameter has this value. */
  const deployed = (expression: any, value: string): any => {
    if (typeof expression === 'string') {
      return expression;
    }
    const [[name, argument]] = Object.entries<any>(expression);
    const resolved = (part: any) => deployed(part, value);
    switch (name) {
      case 'Ref': return argument === 'Uri' ? value : { 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1', 'AWS::URLSuffix': 'amazonaws.com' }[argument as string];
      case 'Fn::Join': return (Array.isArray(argument[1]) ? argument[1].map(resolved) : resolved(argument[1])).join(argument[0]);
      case 'Fn::Split': return resolved(argument[1]).split(argument[0]);
      case 'Fn::Select': {
        const element = resolved(argument[1])[Number(argument[0])];
        if (element === undefined) throw new Error('Fn::Select cannot select nonexistent value');
        return element;
      }
      default: throw new Error(name);
    }
  };
  const arnAtDeployment = (uri: (stack: Stack) => string, value: string, region?: string) => {
    const stack = newStackIn(region);
    newJob(stack, { image: ProcessingImage.fromRegistry(uri(stack)) });
    const policies = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const statement = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement).find(({ Action }) => Action.includes('ecr:BatchGetImage'));
    return deployed(statement.Resource, value);
  };
  const parameter = (stack: Stack) => new CfnParameter(stack, 'Uri').valueAsString;
  const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

  test.each<[string, (stack: Stack) => string, string, string, string | undefined]>([
    ['whole', parameter, `${ECR}/image:1.0`, 'image', undefined],
    ['whole, with a nested repository', parameter, `${ECR}/team/nested/image:1.0`, 'team/nested/image', undefined],
    ['whole, with a digest', parameter, `${ECR}/team/image@sha256:${'0'.repeat(64)}`, 'team/image', undefined],
    ['whole, with a tag and a digest', parameter, `${ECR}/team/image:1@sha256:${'0'.repeat(64)}`, 'team/image', undefined],
    ['whole, with neither', parameter, `${ECR}/image`, 'image', undefined],
    ['whole, with a FIPS host', parameter, `${ECR.replace('ecr.', 'ecr-fips.')}/image:1.0`, 'image', undefined],
    ['whole, in China, in any Region', parameter, `${ECR.replace('eu-west-1', 'cn-north-1')}.cn/team/image:1`, 'team/image', undefined],
    ['whole, in China', parameter, `${ECR.replace('eu-west-1', 'cn-north-1')}.cn/team/image:1`, 'team/image', 'cn-north-1'],
    ['whole, in a known Region', parameter, `${ECR}/team/image:1`, 'team/image', 'eu-west-1'],
    ['but for its tag', (stack) => `${parameter(stack)}:1.0`, `${ECR}/team/image`, 'team/image', undefined],
    ['up to its path', (stack) => `${parameter(stack)}/team/image:1.0`, ECR, 'team/image', undefined],
    ['from its path on', (stack) => `${ECR}/${parameter(stack)}`, 'team/image:1.0', 'team/image', undefined],
    ['by its tag', (stack) => `${ECR}/team/image:${parameter(stack)}`, '1.0', 'team/image', undefined],
  ])('%s may be pulled', (_name, uri, value, repository, region) => {
    expect(arnAtDeployment(uri, value, region)).toBe(`arn:aws:ecr:${value.includes('cn-north-1') ? 'cn-north-1' : 'eu-west-1'}:123456789012:repository/${repository}`);
    expect(pulled(uri, region).warnings).toEqual([]);
  });

  test('from a parameter of Systems Manager may be pulled', () => {
    const { arn, warnings } = pulled((stack) => StringParameter.valueForStringParameter(stack, '/image'));
    expect(arn).toContain('"Fn::Split"');
    expect(warnings).toEqual([]);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['as a token', () => Token.asString(new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/image'))],
    ['as a text', () => '{{resolve:ssm:/image}}'],
  ])('from a dynamic reference %s is a warning: it cannot be taken apart', (_name, uri) => {
    const { arn, warnings } = pulled(uri);
    expect(arn).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/^image: only a dynamic reference knows .*\[ack: cdk-sagemaker-jobs:imagePermissionUnknown\]$/)]);
  });
});

describe('an image of the service by its URI', () => {
  const warningsWith = (image: (stack: Stack) => ProcessingImage, region?: string) => {
    const stack = newStackIn(region);
    newJob(stack, { image: image(stack) });
    return warningsOf(stack);
  };
  const uri = (account: string, name: string, region = 'eu-west-1') => () => ProcessingImage.fromRegistry(`${account}.dkr.ecr.${region}.amazonaws.com/${name}`);

  test.each<[string, (stack: Stack) => ProcessingImage, string, string]>([
    ['scikit-learn', uri('683313688378', 'sagemaker-scikit-learn:1.2-1-cpu-py3'), 'eu-west-1', 'Use ProcessingImage.scikitLearn(…), which knows the account of each Region.'],
    ['Spark with the account of scikit-learn', uri('141502667606', 'sagemaker-spark-processing:3.5-cpu'), 'eu-west-1', 'Use ProcessingImage.spark(…), which'],
    ['PyTorch', uri('763104351884', 'pytorch-training:2.8.0-cpu-py312', 'af-south-1'), 'af-south-1', 'Use ProcessingImage.pytorch(…), which'],
    ['an image that the library does not know', uri('246618743249', 'sagemaker-tritonserver:1', 'us-east-1'), 'us-east-1', 'Look up the account that has it in us-east-1.'],
    ['the Region of the stack', uri('683313688378', 'sagemaker-scikit-learn:1', Aws.REGION), 'eu-west-1', 'Use ProcessingImage.scikitLearn(…), which'],
    ['a repository by its ARN', (stack) => ProcessingImage.fromEcrRepository(
      Repository.fromRepositoryArn(stack, 'R', 'arn:aws:ecr:eu-west-1:683313688378:repository/sagemaker-scikit-learn')), 'eu-west-1', 'Use ProcessingImage.scikitLearn(…), which'],
  ])('with the account of another Region is a warning that names the factory: %s', (_name, image, region, remedy) => {
    expect(warningsWith(image, region)).toEqual([expect.stringContaining(remedy)]);
    expect(warningsWith(image, region)[0]).toMatch(/^image: account \d{12} has images of the service in another Region, and is not known to have '.*' in .*\[ack: cdk-sagemaker-jobs:imageAccountOfAnotherRegion\]$/);
  });

  test.each<[string, (stack: Stack) => ProcessingImage, string | undefined]>([
    ['the account of the Region', uri('141502667606', 'sagemaker-scikit-learn:1.2-1-cpu-py3'), 'eu-west-1'],
    ['an account that has it in several Regions', uri('763104351884', 'pytorch-training:2.8.0-cpu-py312', 'us-west-2'), 'us-west-2'],
    ['an unknown image of such an account', uri('763104351884', 'djl-inference:1', 'us-west-2'), 'us-west-2'],
    ['an account of one’s own', uri('123456789012', 'sagemaker-scikit-learn:1'), 'eu-west-1'],
    ['a Region that the tables do not have', uri('683313688378', 'sagemaker-scikit-learn:1', 'ap-northeast-9'), 'ap-northeast-9'],
    ['a Region that only CloudFormation knows', uri('683313688378', 'sagemaker-scikit-learn:1', Aws.REGION), undefined],
  ])('is none with %s', (_name, image, region) => {
    expect(warningsWith(image, region)).toEqual([]);
  });
});

describe('a service that is closed to new customers', () => {
  const infosOf = (stack: Stack) => Annotations.fromStack(stack).findInfo('*', Match.anyValue()).map(({ entry }) => String(entry.data));
  const CLOSED: [string, () => ProcessingImage][] = [
    ['Clarify', () => ProcessingImage.clarify()],
    ['Model Monitor', () => ProcessingImage.modelMonitor()],
    ['Clarify', () => ProcessingImage.fromRegistry('131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0')],
  ];

  test.each(CLOSED)('is noted with the date: %s', (name, image) => {
    const stack = newStackIn('eu-west-1');
    newJob(stack, { image: image(), ...BY_ITSELF });
    expect(infosOf(stack)).toEqual([
      `image: SageMaker ${name} has been closed to new customers since 30 July 2026; accounts that used it before go on. `
      + 'The service may refuse the job in other accounts. [ack: cdk-sagemaker-jobs:closedToNewCustomers]',
    ]);
  });

  test('can be acknowledged', () => {
    const stack = newStackIn('eu-west-1');
    AppAnnotations.of(newJob(stack, { image: ProcessingImage.clarify(), ...BY_ITSELF })).acknowledgeInfo('cdk-sagemaker-jobs:closedToNewCustomers');
    expect(infosOf(stack)).toEqual([]);
  });

  test('is no other', () => {
    const stack = newStackIn('eu-west-1');
    newJob(stack, { image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1) });
    expect(infosOf(stack)).toEqual([]);
  });
});

describe('the processor', () => {
  test('of an image that is for a GPU alone is a warning on instances that have none', () => {
    const stack = newStackIn('us-east-1');
    newJob(stack, { image: ProcessingImage.huggingFace(HuggingFaceVersion.V5_3_0), instanceType: CPU });
    expect(warningsOf(stack)).toEqual([
      'image: huggingFace 5.3.0 is for instances with a GPU, and the job may run on others. Choose an instanceType of the families G or P. [ack: cdk-sagemaker-jobs:imageNeedsGpu]',
    ]);
  });

  test.each<[string, ProcessingInstanceType[], string]>([
    ['have a GPU', [GPU, ProcessingInstanceType.P3_2XLARGE], '2.8.0-gpu-py312'],
    ['have none', [CPU, ProcessingInstanceType.C5_XLARGE], '2.8.0-cpu-py312'],
    ['do not all have a GPU', [GPU, CPU], '2.8.0-cpu-py312'],
  ])('is that of the instance preferences: where they %s', (_name, types, tag) => {
    const stack = newStackIn('us-east-1');
    newJob(stack, {
      image: ProcessingImage.pytorch(PyTorchVersion.V2_8_0),
      instancePreferences: types.map((instanceType) => ({ instanceType })),
      instanceType: undefined,
    });
    expect(uriOf(stack, 'us-east-1')).toMatch(new RegExp(`:${tag}$`));
  });
});

describe('an image of one’s own', () => {
  const directory = path.join(__dirname, '..', 'scripts');

  test('is built for the processors of processing instances, also on another machine', () => {
    const stack = newStack();
    newJob(stack, { image: ProcessingImage.fromAsset(directory) });
    const assets = Object.values<any>(stackManifest(stack).dockerImages);
    expect(assets).toEqual([expect.objectContaining({ source: expect.objectContaining({ platform: 'linux/amd64' }) })]);
  });

  test('is built as its options say', () => {
    const stack = newStack();
    newJob(stack, { image: ProcessingImage.fromAsset(directory, { buildArgs: { STAGE: 'prod' }, platform: Platform.custom('linux/riscv64') }) });
    const [{ source }] = Object.values<any>(stackManifest(stack).dockerImages);
    expect(source).toMatchObject({ dockerBuildArgs: { STAGE: 'prod' }, platform: 'linux/riscv64' });
  });

  test('can be used by several jobs', () => {
    const stack = newStack();
    const image = ProcessingImage.fromAsset(directory);
    newJob(stack, { image }, 'A');
    newJob(stack, { image }, 'B');
    expect(Object.keys(stackManifest(stack).dockerImages)).toHaveLength(1);
  });

  test.each<[string, string | undefined, string]>([
    ['the latest', undefined, ':latest'],
    ['a tag', '1.0', ':1.0'],
    ['a digest', `sha256:${'0'.repeat(64)}`, `@sha256:${'0'.repeat(64)}`],
  ])('in a repository is %s', (_name, tagOrDigest, ending) => {
    const stack = newStackIn('eu-west-1');
    newJob(stack, { image: ProcessingImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'team/image'), tagOrDigest) });
    expect(uriOf(stack, 'eu-west-1')).toBe(`123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/image${ending}`);
  });

  test('by its URI is that', () => {
    const stack = newStackIn('eu-west-1');
    newJob(stack, { image: ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13') });
    expect(uriOf(stack, 'eu-west-1')).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13');
  });
});

/** The assets of a stack. */
function stackManifest(stack: Stack): any {
  const assembly = (stack.node.root as App).synth();
  const { file } = assembly.tryGetArtifact(`${stack.artifactId}.assets`)!.manifest.properties as any;
  return JSON.parse(readFileSync(path.join(assembly.directory, file), 'utf8'));
}

describe('what is no version or image', () => {
  test.each<[string, () => unknown, string]>([
    ['a text as the version', () => ProcessingImage.scikitLearn('1.2-1' as any),
      "ProcessingImage.scikitLearn: version is '1.2-1': must be a ScikitLearnVersion. Use a constant of ScikitLearnVersion, or ScikitLearnVersion.of(…)."],
    ['a version of another image', () => ProcessingImage.spark(ScikitLearnVersion.V1_2_1 as any),
      'ProcessingImage.spark: version is a ScikitLearnVersion: must be a SparkVersion. Use a constant of SparkVersion, or SparkVersion.of(…).'],
    ['no version', () => ProcessingImage.pytorch(undefined as any),
      'ProcessingImage.pytorch: version is missing, and must be a PyTorchVersion. Use a constant of PyTorchVersion, or PyTorchVersion.of(…).'],
    ['a number as a URI', () => ProcessingImage.fromRegistry(5 as any), 'ProcessingImage.fromRegistry: uri is 5: must be a string. Put it in quotes.'],
    ['a text as a repository', () => ProcessingImage.fromEcrRepository('team/image' as any),
      "ProcessingImage.fromEcrRepository: repository is 'team/image': must be an ECR repository. Use an ecr.Repository, or Repository.fromRepositoryName(…)."],
  ])('%s is refused where it is written', (_name, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
