/**
 * What cdk-nag says of the library's resources. The explanations that keep it quiet are in the library, which does not need it.
 */
import * as path from 'path';
import { App, Aspects, CfnResource, Duration, NestedStack, Size, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import {
  AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NagPackProps, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
  SuppressionIgnoreAlways,
} from 'cdk-nag';
import { IConstruct } from 'constructs';
import {
  AthenaResultFormat, ProcessingCode, ProcessingImage, ProcessingInput, ProcessingJob, ProcessingOutput, RedshiftResultFormat, S3Location,
  SageMakerJobProviderConfig,
  ScikitLearnVersion,
} from '../../src';
import { newJob } from '../processing-job/testing';

const SCRIPT = path.join(__dirname, '..', 'processing-job', 'scripts', 'prepare.py');

function newCheckedStack(props?: StackProps, context?: { [key: string]: unknown }, checks: NagPack = new AwsSolutionsChecks()): Stack {
  const stack = new Stack(new App({ context }), 'Test', props);
  Aspects.of(stack.node.root).add(checks);
  return stack;
}

/** What it finds below the library's constructs, as `path: finding`. */
function findingsOf(stack: Stack): string[] {
  const annotations = Annotations.fromStack(stack);
  return [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())]
    .filter(({ id }) => /Job|Nested/.test(id))
    .map(({ id, entry }) => `${id}: ${String(entry.data).split(': ')[0]}`)
    .sort();
}

/** A job that needs something of everything. */
function newDemandingJob(stack: Stack): ProcessingJob {
  const data = new Bucket(stack, 'Data', { encryptionKey: new Key(stack, 'DataKey') });
  const location = (keyPrefix: string) => S3Location.fromBucket(data, keyPrefix);
  const imported = Bucket.fromBucketName(stack, 'Other', 'other-bucket');
  return newJob(stack, {
    code: ProcessingCode.fromAsset(SCRIPT),
    completionTimeout: Duration.hours(2),
    image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
    inputs: {
      athena: ProcessingInput.fromAthena({
        database: 'sales', outputFormat: AthenaResultFormat.PARQUET, outputLocation: location('athena/'), queryString: 'SELECT 1',
      }),
      raw: ProcessingInput.fromS3(location('raw/')),
      redshift: ProcessingInput.fromRedshift({
        clusterId: 'cluster',
        clusterRole: Role.fromRoleArn(stack, 'Cluster', 'arn:aws:iam::123456789012:role/cluster'),
        database: 'sales',
        dbUser: 'reader',
        outputFormat: RedshiftResultFormat.CSV,
        outputLocation: location('redshift/'),
        queryString: 'SELECT 1',
      }),
      uri: ProcessingInput.fromS3(S3Location.fromUri('s3://elsewhere/data/')),
    },
    outputEncryptionKey: new Key(stack, 'OutputKey'),
    outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(imported)) },
    volumeEncryptionKey: new Key(stack, 'VolumeKey'),
    volumeSize: Size.gibibytes(10),
    vpc: new Vpc(stack, 'Vpc'),
  });
}

describe('AwsSolutions has nothing to say', () => {
  const recommended: { [flag: string]: unknown } = {
    ...CURRENTLY_RECOMMENDED_FLAGS,
    // What it finds elsewhere in the stack would be an error of the synthesis.
    '@aws-cdk/core:annotationsInValidationReport': false,
  };

  test.each<[string, StackProps, { [key: string]: unknown }]>([
    ['in no particular Region', {}, {}],
    ['in a Region', { env: { account: '123456789012', region: 'eu-west-1' } }, {}],
    ['with the feature flags of a new app', {}, recommended],
  ])('of a job with the least properties, %s', (_name, props, context) => {
    const stack = newCheckedStack(props, context);
    newJob(stack);
    expect(findingsOf(stack)).toEqual([]);
  });

  test.each<[string, { [key: string]: unknown }]>([
    ['without feature flags', {}],
    ['with the feature flags of a new app', recommended],
  ])('of a job that needs something of everything, %s', (_name, context) => {
    const stack = newCheckedStack({}, context);
    newDemandingJob(stack);
    expect(findingsOf(stack)).toEqual([]);
  });

  test('of several jobs, of what is added later, and of a job in a nested stack', () => {
    const stack = newCheckedStack();
    newJob(stack, {}, 'JobA');
    newJob(stack, {}, 'JobB').addInput('later', ProcessingInput.fromS3(S3Location.fromUri('s3://data/later/')));
    newJob(new NestedStack(stack, 'Nested'), { processingJobName: 'explicit' });
    expect(findingsOf(stack)).toEqual([]);
  });
});

const OTHER_PACKS: [string, new (props?: NagPackProps) => NagPack][] = [
  ['HIPAA', HIPAASecurityChecks], ['NIST 800-53 revision 4', NIST80053R4Checks], ['NIST 800-53 revision 5', NIST80053R5Checks],
  ['PCI DSS', PCIDSS321Checks], ['serverless applications', ServerlessChecks],
];

describe.each(OTHER_PACKS)('the rules of %s have nothing to say', (_, Checks) => {
  test.each<[string, (stack: Stack) => unknown]>([
    ['a job with the least properties', (stack) => newJob(stack)],
    ['a job that needs something of everything', newDemandingJob],
    ['jobs with given names', (stack) => ['a', 'b'].map((processingJobName) => newJob(stack, { processingJobName }, processingJobName.toUpperCase() + 'Job'))],
    ['a job whose role needs a job', (stack) => {
      const role = new Role(stack, 'Given', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
      role.node.addDependency(newJob(stack, {}, 'FirstJob'));
      newJob(stack, { role }, 'SecondJob');
    }],
    ['a provider in a VPC', (stack) => {
      SageMakerJobProviderConfig.of(stack.node.root).configure({ vpc: new Vpc(stack, 'Vpc') });
      newJob(stack);
    }],
  ])('of %s', (_name, make) => {
    const stack = newCheckedStack({}, {}, new Checks());
    make(stack);
    expect(findingsOf(stack)).toEqual([]);
  });
});

test('cdk-nag would say all that is explained, and nothing else', () => {
  const all = { suppressionIgnoreCondition: new SuppressionIgnoreAlways('to see all') };
  const stack = newCheckedStack({}, {}, new AwsSolutionsChecks(all));
  OTHER_PACKS.forEach(([, Checks]) => Aspects.of(stack).add(new Checks(all)));
  newDemandingJob(stack);
  const findings = findingsOf(stack);
  const explained = stack.node.findAll().filter(CfnResource.isCfnResource).flatMap((resource) =>
    (resource.getMetadata('cdk_nag')?.rules_to_suppress ?? []).flatMap(({ id, applies_to }: { id: string; applies_to?: string[] }) =>
      (applies_to ?? ['']).map((finding) => `/${resource.node.path}: ${id}${finding && `[${finding}]`}`)));
  expect(explained.length).toBeGreaterThan(10);
  // Whether a runtime is the newest depends on the version of the CDK.
  const ofAllVersions = (finding: string) => !/AwsSolutions-L1$|LambdaLatestVersion$/.test(finding);
  expect(findings.filter(ofAllVersions)).toEqual(explained.filter(ofAllVersions).sort());
});

describe('an explanation', () => {
  const JOB_POLICY = '/Test/Job/JobRole/DefaultPolicy/Resource';

  /** Those of a resource, as version 3 reads them: from the construct or what it is in. */
  function acknowledgedAt(construct: IConstruct): { [id: string]: string } {
    const entries = construct.node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules').map(({ data }) => data);
    return Object.assign({}, ...entries);
  }

  test('is the same for versions 2 and 3', () => {
    const stack = newCheckedStack();
    newDemandingJob(stack);
    for (const resource of stack.node.findAll().filter(CfnResource.isCfnResource)) {
      const suppressions = (resource.getMetadata('cdk_nag')?.rules_to_suppress ?? [])
        .flatMap(({ id, reason, applies_to }: { id: string; reason: string; applies_to?: string[] }) =>
          applies_to?.map((finding) => [`${id}[${finding}]`, reason]) ?? [[id, reason]]);
      expect(acknowledgedAt(resource)).toEqual(Object.fromEntries(suppressions));
    }
  });

  test('covers what the library grants to the role, and not what the author of the app adds', () => {
    const stack = newCheckedStack();
    const job = newJob(stack);
    job.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:Get*'], resources: ['arn:aws:s3:::secrets/*'] }));
    expect(findingsOf(stack)).toEqual([
      `${JOB_POLICY}: AwsSolutions-IAM5[Action::s3:Get*]`,
      `${JOB_POLICY}: AwsSolutions-IAM5[Resource::arn:aws:s3:::secrets/*]`,
    ]);
  });

  test('is not given for a role that the author of the app made', () => {
    const stack = newCheckedStack();
    newJob(stack, { role: new Role(stack, 'JobsOwn', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) });
    expect(findingsOf(stack).map((finding) => finding.split(': ')[0])).toEqual(Array(3).fill('/Test/JobsOwn/DefaultPolicy/Resource'));
  });

  test('holds for a bucket of another stack, as both versions see it', () => {
    const stack = newCheckedStack();
    const bucket = new Bucket(new Stack(stack.node.root as App, 'Other'), 'Data');
    newJob(stack, { inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')) } });
    expect(findingsOf(stack)).toEqual([]);
    const policy = stack.node.findAll().find(({ node }) => `/${node.path}` === JOB_POLICY)!;
    expect(Object.keys(acknowledgedAt(policy))).toEqual(expect.arrayContaining([
      expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<Data\w+\.Arn>\/raw\/\*\]$/),
      expect.stringMatching(/^AwsSolutions-IAM5\[Resource::Other:ExportsOutputFnGetAttData\w+\/raw\/\*\]$/),
    ]));
  });

  test('is short: a job’s policy says why once', () => {
    const stack = newCheckedStack();
    newDemandingJob(stack);
    const policy = stack.node.findAll().find(({ node }) => `/${node.path}` === JOB_POLICY) as CfnResource;
    expect(policy.getMetadata('cdk_nag').rules_to_suppress.filter(({ id }: { id: string }) => id === 'AwsSolutions-IAM5')).toHaveLength(1);
  });
});
