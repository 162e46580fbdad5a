import { Duration, Size } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnFeatureGroup } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { IMAGE_URI, ROLE_ARN } from './testing';
import {
  AthenaInputOptions, AthenaResultFormat, ProcessingImage, ProcessingInput, ProcessingInputMode, ProcessingInstanceType, ProcessingOutput,
  RedshiftInputOptions, RedshiftResultFormat, S3Location,
} from '../../src';
import { SHAPES } from '../../src/service-model/shapes';
import { Shapes } from '../members';

/** Values of one member of the request that the library accepts, and values that it rejects, with the error of each. */
interface Row {
  readonly member: string;
  readonly props: (value: any, scope: Construct) => object;
  readonly accepted: readonly unknown[];
  readonly rejected: readonly (readonly [unknown, string])[];
}

const LOCATION = S3Location.fromUri('s3://data/');
const times = <T>(count: number, value: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => value(index));

// The error of a value. It ends with the member of the request, with the index of a list's element.
const at = (member: string) => `(${member.replace('[]', '[0]')})`;
const shown = (value: string) => value.length <= 78 ? `'${value}'` : `'${value.slice(0, 78)}… (${value.length} characters)`;
const tooLong = (property: string, value: string, max: number, member: string) =>
  `${property} is ${shown(value)}: must have at most ${max} characters, and has ${[...value].length}. Shorten it by ${[...value].length - max}. ${at(member)}`;
const noString = (property: string, member: string) => `${property} is 5: must be a string. Put it in quotes, or convert it to a string. ${at(member)}`;

const ONE_LINE = 'must be text without line breaks';
const NAME = 'must be letters, digits and hyphens, beginning and ending with a letter or digit';
const NAME_WITH_UNDERSCORES = 'must be letters, digits, hyphens and underscores, beginning and ending with a letter or digit';
const VARIABLE = 'must be letters, digits and underscores, not beginning with a digit';
const LOCATION_IN_S3 = "must be a location in S3, such as 's3://bucket/prefix/'";
const ROLE = "must be the ARN of an IAM role, such as 'arn:aws:iam::123456789012:role/name'. Fill it in so.";

const ATHENA = 'ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition';
const REDSHIFT = 'ProcessingInputs[].DatasetDefinition.RedshiftDatasetDefinition';
const OUTPUT = 'ProcessingOutputConfig.Outputs[]';
const CLUSTER = 'ProcessingResources.ClusterConfig';
const VPC = 'NetworkConfig.VpcConfig';

const athena = (props: { [name in keyof AthenaInputOptions]?: unknown }) => ({
  inputs: {
    raw: ProcessingInput.fromAthena({
      database: 'sales', outputFormat: AthenaResultFormat.PARQUET, outputLocation: LOCATION, queryString: 'select 1', ...props,
    } as AthenaInputOptions),
  },
});
const redshift = (props: { [name in keyof RedshiftInputOptions]?: unknown }, scope: Construct) => ({
  inputs: {
    raw: ProcessingInput.fromRedshift({
      clusterId: 'cluster',
      clusterRole: Role.fromRoleArn(scope, 'ClusterRole', ROLE_ARN),
      database: 'sales',
      dbUser: 'reader',
      outputFormat: RedshiftResultFormat.CSV,
      outputLocation: LOCATION,
      queryString: 'select 1',
      ...props,
    } as RedshiftInputOptions),
  },
});
const s3Input = (options: object) => ({ inputs: { raw: ProcessingInput.fromS3(LOCATION, options) } });
const s3Output = (options: object) => ({ outputs: { train: ProcessingOutput.toS3(LOCATION, options) } });
const preferred = (...preferences: object[]) => ({ instanceType: undefined, instancePreferences: preferences });
const vpcOf = (scope: Construct, subnets: string[]) => Vpc.fromVpcAttributes(scope, 'Vpc', {
  vpcId: 'vpc-1', availabilityZones: times(subnets.length, (index) => `az${index}`), privateSubnetIds: subnets,
});
const groupsOf = (scope: Construct, ids: string[]) => ids.map((id, index) => SecurityGroup.fromSecurityGroupId(scope, `Group${index}`, id));

/** What the service requires cannot be left out. */
const REQUIRED = [
  `${ATHENA}.Catalog`, `${ATHENA}.Database`, `${ATHENA}.OutputS3Uri`, `${ATHENA}.QueryString`,
  `${REDSHIFT}.ClusterId`, `${REDSHIFT}.Database`, `${REDSHIFT}.DbUser`, `${REDSHIFT}.OutputS3Uri`, `${REDSHIFT}.QueryString`,
  'ProcessingInputs[].S3Input.S3Uri', `${OUTPUT}.S3Output.S3Uri`,
];
const orLeaveOut = (member: string) => REQUIRED.includes(member) ? '' : ', or leave it out';

// Rows of the same kind.

/** Rows for a text whose property type is checked before the request. */
const ownText = (property: string, member: string, max: number, props: Row['props']): Row => ({
  member,
  props,
  accepted: ['a', 'x'.repeat(max)],
  rejected: [
    ['', `${property} is '': must have at least 1 character. Fill it in${orLeaveOut(member)}. ${at(member)}`],
    ['x'.repeat(max + 1), tooLong(property, 'x'.repeat(max + 1), max, member)],
  ],
});

const plus = (row: Row, accepted: unknown[], rejected: Row['rejected']): Row =>
  ({ ...row, accepted: [...row.accepted, ...accepted], rejected: [...row.rejected, ...rejected] });

const text = (property: string, member: string, max: number, props: Row['props']): Row =>
  plus(ownText(property, member, max, props), [], [[5, noString(property, member)]]);

const containerStrings = (property: string, member: string): Row[] => [
  {
    member,
    props: (value) => ({ [property]: value }),
    accepted: [['a'], times(100, String)],
    rejected: [
      [[], `${property} is []: must have at least 1 element. Add one, or leave the property out. ${at(member)}`],
      [times(101, () => 'a'), `${property} must have at most 100 elements, and has 101. Remove 1. ${at(member)}`],
      ['--days 30', `${property} is '--days 30': must be a list. Put it in [ ]. ${at(member)}`],
    ],
  },
  {
    member: `${member}[]`,
    props: (value) => ({ [property]: [value] }),
    accepted: ['a b\tc', ' ', 'x'.repeat(256), '🙂'.repeat(256)],
    rejected: [
      ['', `${property}[0] is '': must not be empty. Leave it out, or write what stands for nothing in another way. ${at(`${member}[]`)}`],
      ['x'.repeat(257), tooLong(`${property}[0]`, 'x'.repeat(257), 256, `${member}[]`)],
      ['a\nb', `${property}[0] is 'a\\nb': ${ONE_LINE}. Use 'a b', for example. ${at(`${member}[]`)}`],
      [5, noString(`${property}[0]`, `${member}[]`)],
    ],
  },
];

const experimentName = (property: string, member: string): Row => plus(
  text(`experiment.${property}`, `ExperimentConfig.${member}`, 120, (value) => ({ experiment: { [property]: value } })),
  ['a--1'],
  [['a_b', `experiment.${property} is 'a_b': ${NAME}. Use 'a-b', for example. (ExperimentConfig.${member})`]]);

const localPath = (property: string, member: string, props: (localPath: string) => object): Row => ({
  member,
  props,
  accepted: ['/opt/ml/processing/data', `/opt/ml/processing/${'p'.repeat(237)}`],
  rejected: [
    [`/opt/ml/processing/${'p'.repeat(238)}`, tooLong(property, `/opt/ml/processing/${'p'.repeat(238)}`, 256, member)],
    ['/opt/ml/processing/a\nb', `${property} is '/opt/ml/processing/a\\nb': ${ONE_LINE}. Use '/opt/ml/processing/a b', for example. ${at(member)}`],
    [5, noString(property, member)],
  ],
});

const choice = (property: string, member: string, values: string[], props: Row['props']): Row => ({
  member,
  props,
  accepted: values,
  rejected: ['', 'other', `${values[0]} `].map((value) => [
    value, `${property} is '${value}': must be one of ${values.map((allowed) => `'${allowed}'`).join(', ')}. Choose one of them. ${at(member)}`,
  ]),
});

const yesOrNo = (property: string, member: string, props: Row['props']): Row => ({
  member,
  props,
  accepted: [true, false],
  rejected: [['true', "'true'"], [0, '0'], ['', "''"]].map(([value, inWords]) => [
    value, `${property} is ${inWords}: must be true or false. Write true or false, without quotes. ${at(member)}`,
  ]),
});

const keyArnOf = (length: number) => `arn:aws:kms:eu-west-1:123456789012:key/${'k'.repeat(length - 39)}`;
const kmsKey = (property: string, member: string, props: (key: any, scope: Construct) => object): Row => ({
  member,
  props: (arn, scope) => props(Key.fromKeyArn(scope, 'Key', arn), scope),
  accepted: [keyArnOf(2048), 'arn:aws:kms:eu-west-1:123456789012:alias/data_1'],
  rejected: [
    [keyArnOf(2049), tooLong(property, keyArnOf(2049), 2048, member)],
    ['arn:aws:kms:eu-west-1:123456789012:key/a b',
      `${property} is 'arn:aws:kms:eu-west-1:123456789012:key/a b': must be the id, the ARN or the alias of a KMS key. Fill it in so, or leave it out. ${at(member)}`],
  ],
});

const uriOf = (length: number) => `s3://${'u'.repeat(length - 5)}`;
const location = (property: string, member: string, props: (location: S3Location, scope: Construct) => object): Row => ({
  member,
  props: (value, scope) => props(S3Location.fromUri(value), scope),
  accepted: ['s3://b', 's3://data/raw/', 'https://data.s3.eu-west-1.amazonaws.com/raw', uriOf(1024)],
  rejected: [
    [uriOf(1025), tooLong(property, uriOf(1025), 1024, member)],
    ['data/raw', `${property} is 'data/raw': ${LOCATION_IN_S3}. Use 's3://data/raw', for example. ${at(member)}`],
    ['', `${property} is '': ${LOCATION_IN_S3}. Fill it in so${orLeaveOut(member)}. ${at(member)}`],
  ],
});

const wholeNumber = (property: string, member: string, max: number, props: Row['props'], unit: string = ''): Row => ({
  member,
  props,
  accepted: [1, max],
  rejected: [
    [0, `${property} is 0${unit}: must be at least 1${unit.replace(/s$/, '')}. Raise it. ${at(member)}`],
    [max + 1, `${property} is ${max + 1}${unit}: must be at most ${max}${unit}. Lower it. ${at(member)}`],
    [1.5, `${property} is 1.5${unit}: must be a whole number. Write a whole number. ${at(member)}`],
  ],
});

export const ROWS: readonly Row[] = [
  ...containerStrings('arguments', 'AppSpecification.ContainerArguments'),
  ...containerStrings('entrypoint', 'AppSpecification.ContainerEntrypoint'),
  {
    member: 'AppSpecification.ImageUri',
    props: (value) => ({ image: ProcessingImage.fromRegistry(value) }),
    accepted: [IMAGE_URI, IMAGE_URI.replace('python', 'python'.padEnd(255 - IMAGE_URI.length + 6, 'i'))],
    rejected: [
      ['', "image is '': must name an image. Use '<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>'. (AppSpecification.ImageUri)"],
      ['i'.repeat(256), tooLong('image', 'i'.repeat(256), 255, 'AppSpecification.ImageUri')],
      ['a\nb', `image is 'a\\nb': ${ONE_LINE}. Use 'a b', for example. (AppSpecification.ImageUri)`],
    ],
  },
  {
    member: 'Environment',
    props: (value) => ({ environment: value }),
    accepted: [{}, Object.fromEntries(times(100, (index) => [`A${index}`, '']))],
    rejected: [
      [Object.fromEntries(times(101, (index) => [`A${index}`, ''])), 'environment must have at most 100 entries, and has 101. Remove 1. (Environment)'],
    ],
  },
  {
    member: 'Environment{key}',
    props: (value) => ({ environment: { [value]: 'x' } }),
    accepted: ['A', '_', 'a_1', 'K'.repeat(256)],
    rejected: [
      ['K'.repeat(257), tooLong(`environment.${'K'.repeat(257)}`, 'K'.repeat(257), 256, `Environment.${'K'.repeat(257)}`)],
      ['1A', `environment.1A is '1A': ${VARIABLE}. Use '_1A', for example. (Environment.1A)`],
      ['A-B', `environment.A-B is 'A-B': ${VARIABLE}. Use 'A_B', for example. (Environment.A-B)`],
      ['', `environment. is '': ${VARIABLE}. Fill it in so, or leave it out. (Environment.)`],
    ],
  },
  {
    member: 'Environment{value}',
    props: (value) => ({ environment: { A: value } }),
    accepted: ['', 'x'.repeat(256), '🙂'.repeat(256), 'two\nlines'],
    rejected: [
      ['x'.repeat(257), 'environment.A is a text of 257 characters: must have at most 256 characters, and has 257. Shorten it by 1. (Environment.A)'],
    ],
  },
  experimentName('experimentName', 'ExperimentName'),
  experimentName('runName', 'RunName'),
  experimentName('trialComponentDisplayName', 'TrialComponentDisplayName'),
  experimentName('trialName', 'TrialName'),
  yesOrNo('interContainerTrafficEncryption', 'NetworkConfig.EnableInterContainerTrafficEncryption', (value) => ({ interContainerTrafficEncryption: value })),
  yesOrNo('networkIsolation', 'NetworkConfig.EnableNetworkIsolation', (value) => ({ networkIsolation: value })),
  {
    member: `${VPC}.SecurityGroupIds`,
    props: (ids, scope) => ({ vpc: vpcOf(scope, ['subnet-1']), securityGroups: groupsOf(scope, ids) }),
    accepted: [['sg-1'], times(5, (index) => `sg-${index}`)],
    rejected: [
      [[], `securityGroups is []: must have at least 1 element. Add one, or leave the property out. (${VPC}.SecurityGroupIds)`],
      [times(6, (index) => `sg-${index}`), `securityGroups must have at most 5 elements, and has 6. Remove 1. (${VPC}.SecurityGroupIds)`],
    ],
  },
  {
    member: `${VPC}.SecurityGroupIds[]`,
    props: (id, scope) => ({ vpc: vpcOf(scope, ['subnet-1']), securityGroups: groupsOf(scope, [id]) }),
    accepted: ['sg-0123456789abcdef0', 's'.repeat(32)],
    rejected: [
      ['s'.repeat(33), tooLong('securityGroups[0]', 's'.repeat(33), 32, `${VPC}.SecurityGroupIds[]`)],
      ['sg_1', `securityGroups[0] is 'sg_1': must be the id of a security group, such as 'sg-0123456789abcdef0'. Fill it in so, or leave it out. (${VPC}.SecurityGroupIds[0])`],
    ],
  },
  {
    member: `${VPC}.Subnets`,
    props: (ids, scope) => ({ vpc: vpcOf(scope, ids) }),
    accepted: [['subnet-1'], times(16, (index) => `subnet-${index}`)],
    rejected: [[times(17, (index) => `subnet-${index}`), `vpcSubnets must have at most 16 elements, and has 17. Remove 1. (${VPC}.Subnets)`]],
  },
  {
    member: `${VPC}.Subnets[]`,
    props: (id, scope) => ({ vpc: vpcOf(scope, [id]) }),
    accepted: ['subnet-0123456789abcdef0', 's'.repeat(32)],
    rejected: [
      ['s'.repeat(33), tooLong('vpcSubnets[0]', 's'.repeat(33), 32, `${VPC}.Subnets[]`)],
      ['subnet_1', `vpcSubnets[0] is 'subnet_1': must be the id of a subnet, such as 'subnet-0123456789abcdef0'. Fill it in so, or leave it out. (${VPC}.Subnets[0])`],
    ],
  },
  {
    member: 'ProcessingInputs',
    props: (count) => ({ inputs: Object.fromEntries(times(count, (index) => [`in${index}`, ProcessingInput.fromS3(LOCATION)])) }),
    accepted: [0, 1, 10],
    rejected: [[11, 'inputs must have at most 10 elements, and has 11. Remove 1. (ProcessingInputs)']],
  },
  yesOrNo('inputs.raw.appManaged', 'ProcessingInputs[].AppManaged', (appManaged) => s3Input({ appManaged })),
  plus(text('inputs.raw.catalog', `${ATHENA}.Catalog`, 256, (catalog) => athena({ catalog })), ['a b\tc'],
    [['a\nb', `inputs.raw.catalog is 'a\\nb': must be text without line breaks and control characters. Fill it in so. ${at(`${ATHENA}.Catalog`)}`]]),
  plus(text('inputs.raw.database', `${ATHENA}.Database`, 255, (database) => athena({ database })), ['a b'],
    [['a\nb', `inputs.raw.database is 'a\\nb': ${ONE_LINE}. Use 'a b', for example. ${at(`${ATHENA}.Database`)}`]]),
  kmsKey('inputs.raw.outputEncryptionKey', `${ATHENA}.KmsKeyId`, (outputEncryptionKey) => athena({ outputEncryptionKey })),
  choice('inputs.raw.outputCompression', `${ATHENA}.OutputCompression`, ['GZIP', 'SNAPPY', 'ZLIB'], (outputCompression) => athena({ outputCompression })),
  choice('inputs.raw.outputFormat', `${ATHENA}.OutputFormat`, ['PARQUET', 'ORC', 'AVRO', 'JSON', 'TEXTFILE'], (outputFormat) => athena({ outputFormat })),
  location('inputs.raw.outputLocation', `${ATHENA}.OutputS3Uri`, (outputLocation) => athena({ outputLocation })),
  plus(text('inputs.raw.queryString', `${ATHENA}.QueryString`, 4096, (queryString) => athena({ queryString })), ['select\n1'], []),
  plus(text('inputs.raw.workGroup', `${ATHENA}.WorkGroup`, 128, (workGroup) => athena({ workGroup })), ['a.b_c-1'],
    [['a b', `inputs.raw.workGroup is 'a b': must be letters, digits, periods, hyphens and underscores. Use 'a-b', for example. ${at(`${ATHENA}.WorkGroup`)}`]]),
  choice('inputs.raw.distribution', 'ProcessingInputs[].DatasetDefinition.DataDistributionType', ['FullyReplicated', 'ShardedByS3Key'],
    (distribution) => athena({ distribution })),
  choice('inputs.raw.mode', 'ProcessingInputs[].DatasetDefinition.InputMode', ['Pipe', 'File'], (mode) => athena({ mode })),
  localPath('inputs.raw.localPath', 'ProcessingInputs[].DatasetDefinition.LocalPath', (value) => athena({ localPath: value })),
  text('inputs.raw.clusterId', `${REDSHIFT}.ClusterId`, 63, (clusterId, scope) => redshift({ clusterId }, scope)),
  {
    member: `${REDSHIFT}.ClusterRoleArn`,
    props: (arn, scope) => redshift({ clusterRole: Role.fromRoleArn(scope, 'Other', arn) }, scope),
    accepted: ['arn:aws:iam::123456789012:role/r', 'arn:aws-cn:iam::123456789012:role/service-role/R_1@x'],
    rejected: [['arn:aws:iam::1234:role/r', `inputs.raw.clusterRole is 'arn:aws:iam::1234:role/r': ${ROLE} ${at(`${REDSHIFT}.ClusterRoleArn`)}`]],
  },
  text('inputs.raw.database', `${REDSHIFT}.Database`, 64, (database, scope) => redshift({ database }, scope)),
  text('inputs.raw.dbUser', `${REDSHIFT}.DbUser`, 128, (dbUser, scope) => redshift({ dbUser }, scope)),
  kmsKey('inputs.raw.outputEncryptionKey', `${REDSHIFT}.KmsKeyId`, (outputEncryptionKey, scope) => redshift({ outputEncryptionKey }, scope)),
  choice('inputs.raw.outputCompression', `${REDSHIFT}.OutputCompression`, ['None', 'GZIP', 'BZIP2', 'ZSTD', 'SNAPPY'],
    (outputCompression, scope) => redshift({ outputCompression }, scope)),
  choice('inputs.raw.outputFormat', `${REDSHIFT}.OutputFormat`, ['PARQUET', 'CSV'], (outputFormat, scope) => redshift({ outputFormat }, scope)),
  location('inputs.raw.outputLocation', `${REDSHIFT}.OutputS3Uri`, (outputLocation, scope) => redshift({ outputLocation }, scope)),
  text('inputs.raw.queryString', `${REDSHIFT}.QueryString`, 4096, (queryString, scope) => redshift({ queryString }, scope)),
  {
    member: 'ProcessingInputs[].InputName',
    props: (name) => ({ inputs: { [name]: ProcessingInput.fromS3(LOCATION, { localPath: '/opt/ml/processing/data' }) } }),
    accepted: ['a', 'Any name: ä_1', 'x'.repeat(300)],
    rejected: [['', "inputs. is '': must have a name. Give it one, such as 'raw'. (ProcessingInputs[0].InputName)"]],
  },
  localPath('inputs.raw.localPath', 'ProcessingInputs[].S3Input.LocalPath', (value) => s3Input({ localPath: value })),
  choice('inputs.raw.compression', 'ProcessingInputs[].S3Input.S3CompressionType', ['None', 'Gzip'],
    (compression) => s3Input({ compression, mode: ProcessingInputMode.PIPE })),
  choice('inputs.raw.distribution', 'ProcessingInputs[].S3Input.S3DataDistributionType', ['FullyReplicated', 'ShardedByS3Key'],
    (distribution) => s3Input({ distribution })),
  choice('inputs.raw.mode', 'ProcessingInputs[].S3Input.S3InputMode', ['Pipe', 'File'], (mode) => s3Input({ mode })),
  location('inputs.raw.location', 'ProcessingInputs[].S3Input.S3Uri', (uri) => ({ inputs: { raw: ProcessingInput.fromS3(uri) } })),
  plus(ownText('processingJobName', 'ProcessingJobName', 63, (processingJobName) => ({ processingJobName })), ['A--1', '0'], [
    [5, 'processingJobName is 5: must be a string. Put it in quotes.'],
    ['prepare_data', `processingJobName is 'prepare_data': ${NAME}. Use 'prepare-data', for example. (ProcessingJobName)`],
    ['prepare-', `processingJobName is 'prepare-': ${NAME}. Use 'prepare', for example. (ProcessingJobName)`],
    ['-', `processingJobName is '-': ${NAME}. Fill it in so, or leave it out. (ProcessingJobName)`],
  ]),
  kmsKey('outputEncryptionKey', 'ProcessingOutputConfig.KmsKeyId', (outputEncryptionKey) => ({ outputEncryptionKey, ...s3Output({}) })),
  {
    member: 'ProcessingOutputConfig.Outputs',
    props: (count) => ({ outputs: Object.fromEntries(times(count, (index) => [`out${index}`, ProcessingOutput.toS3(LOCATION)])) }),
    accepted: [0, 1, 10],
    rejected: [[11, 'outputs must have at most 10 elements, and has 11. Remove 1. (ProcessingOutputConfig.Outputs)']],
  },
  yesOrNo('outputs.train.appManaged', `${OUTPUT}.AppManaged`, (appManaged) => s3Output({ appManaged })),
  {
    member: `${OUTPUT}.FeatureStoreOutput.FeatureGroupName`,
    props: (name, scope) => ({ outputs: { train: ProcessingOutput.toFeatureGroup(CfnFeatureGroup.fromFeatureGroupName(scope, 'Features', name)) } }),
    accepted: ['a', 'a_b-c', 'f'.repeat(64)],
    rejected: [
      ['f'.repeat(65), tooLong('outputs.train.featureGroup', 'f'.repeat(65), 64, `${OUTPUT}.FeatureStoreOutput.FeatureGroupName`)],
      ['_a', `outputs.train.featureGroup is '_a': ${NAME_WITH_UNDERSCORES}. Use 'a', for example. ${at(`${OUTPUT}.FeatureStoreOutput.FeatureGroupName`)}`],
    ],
  },
  {
    member: `${OUTPUT}.OutputName`,
    props: (name) => ({ outputs: { [name]: ProcessingOutput.toS3(LOCATION, { localPath: '/opt/ml/processing/out' }) } }),
    accepted: ['a', 'Any name: ä_1', 'x'.repeat(300)],
    rejected: [['', "outputs. is '': must have a name. Give it one, such as 'raw'. (ProcessingOutputConfig.Outputs[0].OutputName)"]],
  },
  localPath('outputs.train.localPath', `${OUTPUT}.S3Output.LocalPath`, (value) => s3Output({ localPath: value })),
  choice('outputs.train.uploadMode', `${OUTPUT}.S3Output.S3UploadMode`, ['Continuous', 'EndOfJob'], (uploadMode) => s3Output({ uploadMode })),
  location('outputs.train.location', `${OUTPUT}.S3Output.S3Uri`, (uri) => ({ outputs: { train: ProcessingOutput.toS3(uri) } })),
  plus(wholeNumber('instanceCount', `${CLUSTER}.InstanceCount`, 100, (instanceCount) => ({ instanceCount })), [], [
    ['2', `instanceCount is '2': must be a whole number. Write a whole number. (${CLUSTER}.InstanceCount)`],
    [NaN, `instanceCount is NaN: must be a whole number. If it is made of a text that is not known yet, use Token.asNumber(…). (${CLUSTER}.InstanceCount)`],
    [Infinity, `instanceCount is Infinity: must be a whole number. Write a whole number. (${CLUSTER}.InstanceCount)`],
  ]),
  {
    member: `${CLUSTER}.InstancePreferences`,
    props: (sizes: string[]) => preferred(...sizes.map((size) => ({ instanceType: ProcessingInstanceType.of(`ml.m5.${size}`) }))),
    accepted: [['large'], ['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge']],
    rejected: [
      [[], `instancePreferences is []: must have at least 1 element. Add one, or leave the property out. (${CLUSTER}.InstancePreferences)`],
      [['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge'],
        `instancePreferences must have at most 5 elements, and has 6. Remove 1. (${CLUSTER}.InstancePreferences)`],
    ],
  },
  wholeNumber('instancePreferences[0].instanceCount', `${CLUSTER}.InstancePreferences[].InstanceCount`, 100,
    (instanceCount) => preferred({ instanceType: ProcessingInstanceType.M5_XLARGE, instanceCount })),
  kmsKey('volumeEncryptionKey', `${CLUSTER}.VolumeKmsKeyId`, (volumeEncryptionKey) => ({ volumeEncryptionKey })),
  wholeNumber('volumeSize', `${CLUSTER}.VolumeSizeInGB`, 16384, (gibibytes) => ({ volumeSize: Size.mebibytes(gibibytes * 1024) }), ' GiB'),
  {
    member: 'RoleArn',
    props: (arn, scope) => ({ role: Role.fromRoleArn(scope, 'Given', arn) }),
    accepted: ['arn:aws:iam::123456789012:role/r', 'arn:aws-us-gov:iam::123456789012:role/path/R_1@x', `arn:aws:iam::123456789012:role/${'r'.repeat(2017)}`],
    rejected: [
      [`arn:aws:iam::123456789012:role/${'r'.repeat(2018)}`, tooLong('role', `arn:aws:iam::123456789012:role/${'r'.repeat(2018)}`, 2048, 'RoleArn')],
      ['arn:aws:iam::1234:role/r', `role is 'arn:aws:iam::1234:role/r': ${ROLE} (RoleArn)`],
    ],
  },
  wholeNumber('maxRuntime', 'StoppingCondition.MaxRuntimeInSeconds', 777600, (seconds) => ({ maxRuntime: Duration.millis(seconds * 1000) }), ' seconds'),
];

/** Members with their own tests: those of value classes, those that the library sets, and tags. */
const ELSEWHERE = [
  `${CLUSTER}.InstanceType`, `${CLUSTER}.InstancePreferences[].InstanceType`, 'ProcessingInputs[].S3Input.S3DataType', 'Tags', 'Tags[].Key', 'Tags[].Value',
];

/** All leaf members at any depth. */
function membersOf(shapeName: string, shapes: Shapes, path: string = ''): string[] {
  const { type, members, member, key, value } = shapes[shapeName];
  return [
    ...type === 'structure' ? [] : [path],
    ...Object.entries(members ?? {}).flatMap(([name, inner]) => membersOf(inner, shapes, path === '' ? name : `${path}.${name}`)),
    ...member === undefined ? [] : membersOf(member, shapes, `${path}[]`),
    ...key === undefined ? [] : [...membersOf(key, shapes, `${path}{key}`), ...membersOf(value!, shapes, `${path}{value}`)],
  ];
}

/** Members without a row in the table, and rows without a member. */
export function withoutRow(shapes: Shapes = SHAPES): string[] {
  const rows = [...ROWS.map(({ member }) => member), ...ELSEWHERE];
  const members = membersOf('CreateProcessingJobRequest', shapes);
  return [...members.filter((member) => !rows.includes(member)), ...rows.filter((row) => !members.includes(row))];
}
