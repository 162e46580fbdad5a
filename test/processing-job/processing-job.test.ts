import * as path from 'path';
import { Duration, NestedStack, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { IConstruct } from 'constructs';
import { JOB_COMPLETION, newJob, newStack, PROCESSING_JOB, requestOf, requestWith, resourceOf, resourcesOf, ROLE_ARN } from './testing';
import {
  ProcessingCode, ProcessingDataDistribution, ProcessingInput, ProcessingInputCompression, ProcessingInputMode, ProcessingInstanceType,
  ProcessingJobProps, ProcessingJobRemovalPolicy, ProcessingOutput, ProcessingUploadMode, S3Location,
} from '../../src';

const SCRIPT = path.join(__dirname, 'scripts', 'prepare.py');

describe('a job with the least properties', () => {
  const stack = newStack();
  newJob(stack);
  const template = Template.fromStack(stack);

  test('is one custom resource, its role and the role’s policy', () => {
    const own = Object.keys(template.toJSON().Resources).filter((id) => id.startsWith('Job'));
    expect(own.map((id) => template.toJSON().Resources[id].Type).sort()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role', PROCESSING_JOB]);
  });

  test('adds nothing but the stack’s provider besides', () => {
    const others = Object.keys(template.toJSON().Resources).filter((id) => !id.startsWith('Job'));
    expect(others.filter((id) => !id.startsWith('SageMakerJobProvider'))).toEqual([]);
  });

  test('has exactly these properties', () => {
    expect(resourceOf(stack).Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [expect.stringMatching(/^SageMakerJobProviderFunction/), 'Arn'] },
      ContractVersion: '1',
      JobNamePrefix: expect.stringMatching(/^test-57gouu--job-\w{6}$/),
      RemovalPolicy: 'STOP',
      Request: {
        AppSpecification: { ImageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13' },
        ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^JobJobRole/), 'Arn'] },
      },
    });
  });

  test('has a role that only SageMaker can assume', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' } }] },
    });
  });

  test('does not make the deployment wait', () => {
    expect(resourcesOf(stack, JOB_COMPLETION)).toEqual({});
  });

  test('has a custom resource whose construct id is Resource', () => {
    const job = newJob(newStack());
    expect(job.node.defaultChild).toBe(job.node.findChild('Resource'));
  });
});

test('a job with every property renders all of them', () => {
  const stack = newStack();
  const role = Role.fromRoleArn(stack, 'Role', ROLE_ARN);
  newJob(stack, {
    arguments: ['--days', '30'],
    completionTimeout: Duration.minutes(30),
    entrypoint: ['python3', '-m', 'prepare'],
    environment: { STAGE: 'prod', EMPTY: '' },
    inputs: {
      raw: ProcessingInput.fromS3(S3Location.fromUri('s3://data/raw/'), {
        appManaged: false,
        compression: ProcessingInputCompression.GZIP,
        distribution: ProcessingDataDistribution.SHARDED_BY_S3_KEY,
        localPath: '/opt/ml/processing/raw',
        mode: ProcessingInputMode.PIPE,
      }),
    },
    instanceCount: 2,
    instanceType: ProcessingInstanceType.of('ml.c5.2xlarge'),
    interContainerTrafficEncryption: true,
    maxRuntime: Duration.hours(2),
    networkIsolation: false,
    outputEncryptionKey: Key.fromKeyArn(stack, 'OutputKey', 'arn:aws:kms:eu-west-1:123456789012:key/output'),
    outputs: {
      train: ProcessingOutput.toS3(S3Location.fromUri('s3://data/train/'), {
        appManaged: false,
        localPath: '/opt/ml/processing/train',
        uploadMode: ProcessingUploadMode.CONTINUOUS,
      }),
    },
    processingJobName: 'prepare-2026',
    removalPolicy: ProcessingJobRemovalPolicy.DELETE,
    rerunTrigger: '2026-11-23',
    role,
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    volumeEncryptionKey: Key.fromKeyArn(stack, 'VolumeKey', 'arn:aws:kms:eu-west-1:123456789012:key/volume'),
    volumeSize: Size.gibibytes(50),
    vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
    vpcSubnets: { availabilityZones: ['b'] },
  });
  expect(resourceOf(stack).Properties).toEqual({
    ServiceToken: expect.anything(),
    ContractVersion: '1',
    JobName: 'prepare-2026',
    RemovalPolicy: 'DELETE',
    RerunTrigger: '2026-11-23',
    Request: {
      AppSpecification: {
        ContainerArguments: ['--days', '30'],
        ContainerEntrypoint: ['python3', '-m', 'prepare'],
        ImageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13',
      },
      Environment: { EMPTY: '', STAGE: 'prod' },
      NetworkConfig: {
        EnableInterContainerTrafficEncryption: true,
        EnableNetworkIsolation: false,
        VpcConfig: { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-2'] },
      },
      ProcessingInputs: [{
        InputName: 'raw',
        AppManaged: false,
        S3Input: {
          LocalPath: '/opt/ml/processing/raw',
          S3CompressionType: 'Gzip',
          S3DataDistributionType: 'ShardedByS3Key',
          S3DataType: 'S3Prefix',
          S3InputMode: 'Pipe',
          S3Uri: 's3://data/raw/',
        },
      }],
      ProcessingOutputConfig: {
        KmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/output',
        Outputs: [{
          OutputName: 'train',
          AppManaged: false,
          S3Output: { LocalPath: '/opt/ml/processing/train', S3UploadMode: 'Continuous', S3Uri: 's3://data/train/' },
        }],
      },
      ProcessingResources: {
        ClusterConfig: {
          InstanceCount: 2,
          InstanceType: 'ml.c5.2xlarge',
          VolumeKmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/volume',
          VolumeSizeInGB: 50,
        },
      },
      RoleArn: ROLE_ARN,
      StoppingCondition: { MaxRuntimeInSeconds: 7200 },
    },
  });
});

describe('each property reaches its member of the request', () => {
  test.each<[string, object, string[], unknown]>([
    ['arguments', { arguments: ['a', 'b'] }, ['AppSpecification', 'ContainerArguments'], ['a', 'b']],
    ['entrypoint', { entrypoint: ['a'] }, ['AppSpecification', 'ContainerEntrypoint'], ['a']],
    ['environment', { environment: { A: 'b' } }, ['Environment'], { A: 'b' }],
    ['instanceCount', { instanceCount: 100 }, ['ProcessingResources', 'ClusterConfig', 'InstanceCount'], 100],
    ['instanceType', { instanceType: ProcessingInstanceType.of('ml.t3.medium') }, ['ProcessingResources', 'ClusterConfig', 'InstanceType'], 'ml.t3.medium'],
    ['interContainerTrafficEncryption', { interContainerTrafficEncryption: true }, ['NetworkConfig'], { EnableInterContainerTrafficEncryption: true }],
    ['interContainerTrafficEncryption: false', { interContainerTrafficEncryption: false }, ['NetworkConfig'],
      { EnableInterContainerTrafficEncryption: false }],
    ['maxRuntime', { maxRuntime: Duration.minutes(90) }, ['StoppingCondition'], { MaxRuntimeInSeconds: 5400 }],
    ['networkIsolation', { networkIsolation: true }, ['NetworkConfig'], { EnableNetworkIsolation: true }],
    ['networkIsolation: false', { networkIsolation: false }, ['NetworkConfig'], { EnableNetworkIsolation: false }],
    ['volumeSize', { volumeSize: Size.tebibytes(1) }, ['ProcessingResources', 'ClusterConfig', 'VolumeSizeInGB'], 1024],
  ])('%s', (_name, props, member, value) => {
    expect(member.reduce((part, name) => part[name], requestWith(props))).toEqual(value);
  });

  test.each<[ProcessingJobRemovalPolicy, string]>([
    [ProcessingJobRemovalPolicy.STOP, 'STOP'],
    [ProcessingJobRemovalPolicy.DELETE, 'DELETE'],
    [ProcessingJobRemovalPolicy.RETAIN, 'RETAIN'],
  ])('removalPolicy %s', (removalPolicy, rendered) => {
    const stack = newStack();
    newJob(stack, { removalPolicy });
    expect(resourceOf(stack).Properties.RemovalPolicy).toBe(rendered);
  });

  test('rerunTrigger stands beside the request, not in it', () => {
    const stack = newStack();
    newJob(stack, { rerunTrigger: 'again' });
    expect(resourceOf(stack).Properties.RerunTrigger).toBe('again');
    expect(JSON.stringify(requestOf(stack))).not.toContain('again');
  });

  test('volumeEncryptionKey and outputEncryptionKey by their ARNs', () => {
    const stack = newStack();
    newJob(stack, {
      outputEncryptionKey: new Key(stack, 'OutputKey'),
      outputs: { out: ProcessingOutput.toS3(S3Location.fromUri('s3://data/out/')) },
      volumeEncryptionKey: new Key(stack, 'VolumeKey'),
    });
    expect(requestOf(stack).ProcessingOutputConfig.KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^OutputKey/), 'Arn'] });
    expect(requestOf(stack).ProcessingResources.ClusterConfig.VolumeKmsKeyId)
      .toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^VolumeKey/), 'Arn'] });
  });

  test('code as an input and the entrypoint', () => {
    const request = requestWith({ code: ProcessingCode.fromAsset(SCRIPT) });
    expect(request.AppSpecification.ContainerEntrypoint)
      .toEqual(['python3', expect.stringMatching(/^\/opt\/ml\/processing\/input\/code\/[0-9a-f]+\.py$/)]);
    expect(request.ProcessingInputs).toEqual([{
      InputName: 'code',
      S3Input: {
        LocalPath: '/opt/ml/processing/input/code',
        S3DataType: 'S3Prefix',
        S3InputMode: 'File',
        S3Uri: { 'Fn::Sub': expect.stringMatching(/^s3:\/\/cdk-hnb659fds-assets-.*\/[0-9a-f]+\.py$/) },
      },
    }]);
  });
});

describe('the asset of code', () => {
  const assetsIn = (scope: IConstruct) => scope.node.findAll()
    .filter((construct) => construct instanceof Asset && !construct.node.path.includes('SageMakerJobProvider')).length;

  test('is shared by the jobs of a stack that run the same code', () => {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromAsset(SCRIPT) }, 'One');
    newJob(stack, { code: ProcessingCode.fromAsset(path.relative(process.cwd(), SCRIPT)) }, 'Other');
    expect(assetsIn(stack)).toBe(1);
    const codes = Object.values(resourcesOf(stack, PROCESSING_JOB)).map(({ Properties }) => Properties.Request.ProcessingInputs);
    expect(codes[0]).toEqual(codes[1]);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['code of another file', (stack) => newJob(stack, { code: ProcessingCode.fromAsset(__filename) })],
    ['options of its own', (stack) => newJob(stack, { code: ProcessingCode.fromAsset(SCRIPT, { displayName: 'mine' }) })],
    ['a nested stack of its own', (stack) => newJob(new NestedStack(stack, 'Nested') as Stack, { code: ProcessingCode.fromAsset(SCRIPT) })],
  ])('is not shared with a job that has %s', (_what, addOther) => {
    const stack = newStack();
    newJob(stack, { code: ProcessingCode.fromAsset(SCRIPT) }, 'One');
    addOther(stack);
    expect(assetsIn(stack)).toBe(2);
  });
});

describe('what is not given', () => {
  const optional: (keyof ProcessingJobProps)[] = [
    'arguments', 'code', 'completionTimeout', 'entrypoint', 'environment', 'inputs', 'instanceCount', 'interContainerTrafficEncryption', 'maxRuntime',
    'networkIsolation', 'outputEncryptionKey', 'outputs', 'processingJobName', 'removalPolicy', 'rerunTrigger', 'role', 'securityGroups', 'volumeEncryptionKey',
    'volumeSize', 'vpc', 'vpcSubnets',
  ];

  test.each([undefined, null])('may be %s: that is the same as leaving it out', (nothing) => {
    const stack = newStack();
    const role = Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    newJob(stack, { role }, 'Without');
    for (const property of optional) {
      newJob(stack, { role, [property]: nothing }, property);
    }
    const jobs = Object.values(resourcesOf(stack, PROCESSING_JOB))
      .map(({ Properties: { JobNamePrefix, Request: { RoleArn, ...request }, ...rest } }) => ({ ...rest, request }));
    expect(jobs).toHaveLength(optional.length + 1);
    expect(new Set(jobs.map((job) => JSON.stringify(job))).size).toBe(1);
    Template.fromStack(stack).resourceCountIs(JOB_COMPLETION, 0);
  });

  test('an empty map of inputs, outputs or environment variables is left out', () => {
    const request = requestWith({ inputs: {}, outputs: {}, environment: {} });
    expect(Object.keys(request).sort()).toEqual(['AppSpecification', 'ProcessingResources', 'RoleArn']);
  });

  test('an app-managed input has neither path nor mode, and an app-managed output no path', () => {
    const location = S3Location.fromUri('s3://data/');
    const request = requestWith({
      inputs: { own: ProcessingInput.fromS3(location, { appManaged: true }) },
      outputs: { result: ProcessingOutput.toS3(location, { appManaged: true }) },
    });
    expect(request.ProcessingInputs).toEqual([{ InputName: 'own', AppManaged: true, S3Input: { S3DataType: 'S3Prefix', S3Uri: 's3://data/' } }]);
    expect(request.ProcessingOutputConfig.Outputs)
      .toEqual([{ OutputName: 'result', AppManaged: true, S3Output: { S3UploadMode: 'EndOfJob', S3Uri: 's3://data/' } }]);
  });

  test('an input and an output have a folder of their name', () => {
    const location = S3Location.fromUri('s3://data/');
    const request = requestWith({ inputs: { raw: ProcessingInput.fromS3(location) }, outputs: { train: ProcessingOutput.toS3(location) } });
    expect(request.ProcessingInputs[0].S3Input.LocalPath).toBe('/opt/ml/processing/input/raw');
    expect(request.ProcessingInputs[0].S3Input.S3InputMode).toBe('File');
    expect(request.ProcessingOutputConfig.Outputs[0].S3Output.LocalPath).toBe('/opt/ml/processing/output/train');
    expect(request.ProcessingOutputConfig.Outputs[0].S3Output.S3UploadMode).toBe('EndOfJob');
  });
});

describe('the order of maps', () => {
  const location = S3Location.fromUri('s3://data/');
  const names = ['b', 'a10', 'a', 'C', 'a2'];
  const sorted = ['C', 'a', 'a10', 'a2', 'b'];
  const props = (order: string[]) => ({
    environment: Object.fromEntries(order.map((name) => [name, `value of ${name}`])),
    inputs: Object.fromEntries(order.map((name) => [name, ProcessingInput.fromS3(location)])),
    outputs: Object.fromEntries(order.map((name) => [`to-${name}`, ProcessingOutput.toS3(location)])),
  });

  test('is that of the names, whatever the author’s was', () => {
    const request = requestWith(props(names));
    expect(request.ProcessingInputs.map(({ InputName }: any) => InputName)).toEqual(sorted);
    expect(request.ProcessingOutputConfig.Outputs.map(({ OutputName }: any) => OutputName)).toEqual(sorted.map((name) => `to-${name}`));
    expect(Object.keys(request.Environment)).toEqual(sorted);
  });

  test('so two orders give the same text of the template', () => {
    const texts = [names, [...names].reverse(), sorted].map((order) => JSON.stringify(requestWith(props(order))));
    expect(new Set(texts).size).toBe(1);
  });

  test('is that of the role’s permissions as well', () => {
    const places = { C: 's3://c/', a: 's3://a/', a10: 's3://a10/', a2: 's3://a2/', b: 's3://b/' };
    const [left, right] = [Object.entries(places), Object.entries(places).reverse()].map((entries) => {
      const stack = newStack();
      newJob(stack, {
        inputs: Object.fromEntries(entries.map(([name, uri]) => [name, ProcessingInput.fromS3(S3Location.fromUri(uri))])),
        outputs: Object.fromEntries(entries.map(([name, uri]) => [`to-${name}`, ProcessingOutput.toS3(S3Location.fromUri(uri))])),
      });
      return JSON.stringify(Template.fromStack(stack).toJSON());
    });
    expect(left).toBe(right);
  });

  test('holds for what was added later', () => {
    const stack = newStack();
    const job = newJob(stack, props(['b']));
    for (const name of ['c', 'a']) {
      job.addEnvironment(name, `value of ${name}`);
      job.addInput(name, ProcessingInput.fromS3(location));
      job.addOutput(`to-${name}`, ProcessingOutput.toS3(location));
    }
    const request = requestOf(stack);
    expect(request.ProcessingInputs.map(({ InputName }: any) => InputName)).toEqual(['a', 'b', 'c']);
    expect(request.ProcessingOutputConfig.Outputs.map(({ OutputName }: any) => OutputName)).toEqual(['to-a', 'to-b', 'to-c']);
    expect(Object.keys(request.Environment)).toEqual(['a', 'b', 'c']);
  });

  test('does not change that of lists', () => {
    expect(requestWith({ arguments: ['b', 'a'] }).AppSpecification.ContainerArguments).toEqual(['b', 'a']);
  });
});

describe('the network', () => {
  const newVpc = (stack: ReturnType<typeof newStack>) => Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'], publicSubnetIds: ['subnet-3', 'subnet-4'],
  });

  test('is that of the service without a VPC', () => {
    expect(requestWith({})).not.toHaveProperty('NetworkConfig');
  });

  test('of a VPC is its private subnets and a new security group that allows all outbound traffic', () => {
    const stack = newStack();
    newJob(stack, { vpc: newVpc(stack) });
    const [groupId, ...others] = Object.keys(resourcesOf(stack, 'AWS::EC2::SecurityGroup'));
    expect(others).toEqual([]);
    expect(requestOf(stack).NetworkConfig).toEqual({
      VpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': [groupId, 'GroupId'] }], Subnets: ['subnet-1', 'subnet-2'] },
    });
    expect(resourceOf(stack, 'AWS::EC2::SecurityGroup').Properties).toMatchObject({
      GroupDescription: 'SageMaker job Test/Job',
      SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }],
      VpcId: 'vpc-1',
    });
  });

  test('is the given subnets and security groups, and no new group', () => {
    const stack = newStack();
    const securityGroups = ['sg-1', 'sg-2'].map((id) => SecurityGroup.fromSecurityGroupId(stack, id, id));
    newJob(stack, { vpc: newVpc(stack), securityGroups, vpcSubnets: { subnetGroupName: 'Public' } });
    expect(requestOf(stack).NetworkConfig.VpcConfig).toEqual({ SecurityGroupIds: ['sg-1', 'sg-2'], Subnets: ['subnet-3', 'subnet-4'] });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroup', 0);
  });

  test('is open to connections through its security groups', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const database = new SecurityGroup(stack, 'Database', { vpc });
    newJob(stack, { vpc }).connections.allowTo(database, Port.tcp(5432));
    expect(resourceOf(stack, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({
      FromPort: 5432,
      GroupId: { 'Fn::GetAtt': [expect.stringMatching(/^Database/), 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^JobJobSecurityGroup/), 'GroupId'] },
    });
  });

  test('may be isolated in a VPC', () => {
    const stack = newStack();
    newJob(stack, { vpc: newVpc(stack), networkIsolation: true });
    expect(requestOf(stack).NetworkConfig).toEqual({ EnableNetworkIsolation: true, VpcConfig: expect.anything() });
  });

  test('has no connections without a VPC, and the error says what to do', () => {
    const job = newJob(newStack());
    expect(() => job.connections).toThrow(
      new Error("ProcessingJob 'Test/Job' has no connections, for it is not in a VPC: give it a vpc."));
  });
});
