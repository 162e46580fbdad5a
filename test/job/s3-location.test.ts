import * as path from 'path';
import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { S3Location } from '../../src';
import { permissionsOf } from '../processing-job/policies';
import { newStack } from '../processing-job/testing';

type Grants = (location: S3Location, role: Role) => unknown;
const READ: Grants = (location, role) => location.grantRead(role);
const WRITE: Grants = (location, role) => location.grantWrite(role);

function newRole(stack: Stack): Role {
  return new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
}

/** What a role may do after a grant. */
function granted(grant: Grants, make: (stack: Stack) => S3Location): string[] {
  const stack = newStack();
  grant(make(stack), newRole(stack));
  return permissionsOf(stack, 'Role').map((line) => line.replace(/\?{64}/g, '<any hash>'));
}

const S3 = 'arn:<AWS::Partition>:s3:::';

/** An object of a folder's own name, and what is in it. */
const readingFolder = (bucket: string, folder: string) => [
  ...[folder, `${folder}/*`].map((objects) => `s3:GetObject on ${bucket}/${objects}`),
  ...[folder, `${folder}/*`].map((prefix) => `s3:ListBucket on ${bucket} if {"StringLike":{"s3:prefix":"${prefix}"}}`),
];
const readingAll = (bucket: string) => [`s3:GetObject on ${bucket}/*`, `s3:ListBucket on ${bucket}`];
const writing = (...objects: string[]) => ['AbortMultipartUpload', 'DeleteObject', 'PutObject'].flatMap((action) => objects.map((arn) => `s3:${action} on ${arn}`));

describe('the URI of a location', () => {
  test.each<[string, string]>([['s3://data/raw/', 's3://data/raw/'], ['https://data.s3.amazonaws.com/raw', 'https://data.s3.amazonaws.com/raw']])(
    'written as %s is that', (given, uri) => {
      expect(S3Location.fromUri(given).uri).toBe(uri);
    });

  test.each<[string | undefined, string]>([[undefined, 's3://data/'], ['', 's3://data/'], ['raw/', 's3://data/raw/'], ['raw', 's3://data/raw'], ['/raw/', 's3://data/raw/'], ['/', 's3://data/']])(
    'in a bucket with the prefix %p', (keyPrefix, uri) => {
      expect(S3Location.fromBucket(Bucket.fromBucketName(newStack(), 'Bucket', 'data'), keyPrefix).uri).toBe(uri);
    });

  test('in a bucket of the app is known to CloudFormation', () => {
    const stack = newStack();
    const { uri } = S3Location.fromBucket(new Bucket(stack, 'Data'), 'raw/');
    expect(stack.resolve(uri)).toEqual({ 'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching(/^Data/) }, '/raw/']] });
  });

  test('of an asset is that of its object', () => {
    const asset = new Asset(newStack(), 'Asset', { path: __filename });
    expect(S3Location.fromAsset(asset).uri).toBe(asset.s3ObjectUrl);
  });
});

describe('reading', () => {
  test.each<[string, string, string[]]>([
    ['a prefix', 's3://data/raw/', readingFolder(`${S3}data`, 'raw')],
    ['a prefix without a slash', 's3://data/raw', [`s3:GetObject on ${S3}data/raw*`, `s3:ListBucket on ${S3}data if {"StringLike":{"s3:prefix":"raw*"}}`]],
    ['a whole bucket', 's3://data', readingAll(`${S3}data`)],
    ['a whole bucket with a slash', 's3://data/', readingAll(`${S3}data`)],
    ['the bucket’s own host', 'https://data.s3.eu-west-1.amazonaws.com/raw/',
      readingFolder(`${S3}data`, 'raw')],
    ['the bucket’s own host with dots in the name', 'https://my.data.s3.amazonaws.com/raw/',
      readingFolder(`${S3}my.data`, 'raw')],
    ['the Region’s host', 'https://s3.eu-west-1.amazonaws.com/data/raw/',
      readingFolder(`${S3}data`, 'raw')],
  ])('%s by its URI', (_name, uri, lines) => {
    expect(granted(READ, () => S3Location.fromUri(uri))).toEqual(lines);
  });

  test('a prefix of a bucket', () => {
    expect(granted(READ, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data'), 'raw/'))).toEqual(readingFolder('<Data.Arn>', 'raw'));
  });

  test('a prefix of a bucket with a slash at its beginning, as the CDK takes it', () => {
    const bucket = Bucket.fromBucketName(newStack(), 'Bucket', 'data');
    expect(S3Location.fromBucket(bucket, '/raw/').uri).toBe(bucket.s3UrlForObject('/raw/'));
    expect(granted(READ, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data'), '/raw/'))).toEqual(readingFolder('<Data.Arn>', 'raw'));
  });

  test('a whole bucket', () => {
    expect(granted(READ, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data')))).toEqual(readingAll('<Data.Arn>'));
  });

  test('an encrypted bucket needs its key', () => {
    expect(granted(READ, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data', { encryptionKey: new Key(stack, 'Key') })))).toEqual([
      'kms:Decrypt on <Key.Arn>', 's3:GetObject on <Data.Arn>/*', 's3:ListBucket on <Data.Arn>',
    ]);
  });

  test('a bucket that makes its own key needs that', () => {
    expect(granted(READ, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data', { encryption: BucketEncryption.KMS }))))
      .toContain('kms:Decrypt on <DataKey.Arn>');
  });

  test('an asset is reading one object', () => {
    expect(granted(READ, (stack) => S3Location.fromAsset(new Asset(stack, 'Asset', { path: path.join(__dirname, '..', 'processing-job', 'scripts', 'prepare.py') }))))
      .toEqual(readingFolder(`${S3}cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>`, '<any hash>.py'));
  });

  test('a URI that CloudFormation knows in part', () => {
    expect(granted(READ, (stack) => S3Location.fromUri(`s3://${new CfnParameter(stack, 'Bucket').valueAsString}/raw/`)))
      .toEqual(readingFolder(`${S3}<Bucket>`, 'raw'));
  });

  test('a URI that CloudFormation alone knows is reading below it', () => {
    const lines = granted(READ, (stack) => S3Location.fromUri(new CfnParameter(stack, 'Uri').valueAsString));
    const afterScheme = JSON.stringify({ 'Fn::Select': [1, { 'Fn::Split': ['s3://', { Ref: 'Uri' }] }] });
    const bucket = JSON.stringify({ 'Fn::Select': [0, { 'Fn::Split': ['/', JSON.parse(afterScheme)] }] });
    expect(lines).toEqual([`s3:GetObject on ${S3}${afterScheme}*`, `s3:ListBucket on ${S3}${bucket}`]);
  });

  describe('prefixes of one bucket', () => {
    const listed = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }: any) => Action === 's3:ListBucket')
      .map(({ Condition }: any) => Condition.StringLike['s3:prefix']);
    const read = (role: Role, ...prefixes: string[]) => prefixes.map((prefix) => S3Location.fromUri(`s3://data/${prefix}`).grantRead(role));

    test('share a statement, each once', () => {
      const stack = newStack();
      read(newRole(stack), 'raw/', 'reference/', 'raw/');
      expect(listed(stack)).toEqual([['raw', 'raw/*', 'reference', 'reference/*']]);
    });

    test('have several statements when they are many, so that the CDK can spread them over policies', () => {
      const stack = newStack();
      const prefixes = Array.from({ length: 12 }, (_, index) => `${index}/`);
      read(newRole(stack), ...prefixes);
      expect(listed(stack).map((patterns) => [patterns].flat().length)).toEqual([10, 10, 4]);
    });

    test('that come after a synthesis have another statement', () => {
      const stack = newStack();
      const role = newRole(stack);
      read(role, 'raw/');
      expect(listed(stack)).toEqual([['raw', 'raw/*']]);
      const [grant] = read(role, 'late/');
      expect(grant.principalStatements.map(({ conditions }) => conditions)).toContainEqual({ StringLike: { 's3:prefix': ['late', 'late/*'] } });
    });
  });

  test.each<[string, (stack: Stack) => S3Location, string]>([
    ['of a bucket of the app', (stack) => S3Location.fromUri(new Bucket(stack, 'Data').virtualHostedUrlForObject('raw/')), '{"Fn::Select":[0,{"Fn::Split":[".s3",{"Fn::GetAtt":["Data'],
    ['of an imported bucket', (stack) => S3Location.fromUri(Bucket.fromBucketName(stack, 'Data', 'data').virtualHostedUrlForObject('raw/')), `${S3}data/raw/`],
    ['of a bucket, path-style', (stack) => S3Location.fromUri(Bucket.fromBucketName(stack, 'Data', 'data').urlForObject('raw/')), `${S3}data/raw/`],
  ])('the URL %s', (_name, make, text) => {
    expect(granted(READ, make).filter((line) => line.startsWith('s3:GetObject')).join('\n')).toContain(text);
  });

  test.each(['*', '?'])('a key with %s is reading that key, and no other', (character) => {
    expect(granted(READ, () => S3Location.fromUri(`s3://data/raw${character}/`)).join('\n')).toContain(`${S3}data/raw\${${character}}/`);
    expect(granted(READ, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data'), `raw${character}/`)).join('\n')).toContain(`/raw\${${character}}/`);
  });

  test.each(['${aws:username}', '${x}', '$${x}'])('a key with %s is reading that key: it is no variable of a policy', (name) => {
    const escaped = name.replace('${', '${$}{');
    expect(granted(READ, () => S3Location.fromUri(`s3://data/${name}/`)).join('\n')).toContain(`${S3}data/${escaped}/`);
    expect(granted(READ, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data'), `${name}/`)).join('\n')).toContain(`/${escaped}/`);
  });

  test('a key with a token, and a dollar that begins no variable, is as it was', () => {
    const { stackName } = newStack();
    expect(granted(READ, () => S3Location.fromUri(`s3://data/$5/{x}/${stackName}/`)).join('\n')).toContain(`${S3}data/$5/{x}/${stackName}/`);
    expect(granted(READ, () => S3Location.fromUri(`s3://data/${Aws.STACK_NAME}/`)).join('\n')).toContain(`${S3}data/<AWS::StackName>/`);
  });

  test('an access point by its ARN', () => {
    const arn = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/point';
    const lines = granted(READ, () => S3Location.fromUri(`s3://${arn}/raw/`)).join('\n');
    expect(lines).toContain(`s3:GetObject on ${arn}/object/raw/`);
    expect(lines).toContain(`s3:ListBucket on ${arn} if`);
  });

  test('an access point of an outpost by its ARN', () => {
    const arn = 'arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/point';
    expect(granted(READ, () => S3Location.fromUri(`s3://${arn}/raw/`)).join('\n')).toContain(`s3:GetObject on ${arn}/object/raw/`);
  });

  test.each(['https://archive.example.com/data.csv', 'https://data.s3.example.com/x', 'https://s3.amazonaws.com/', 'https://example.com', 'https://s3.eu-west-1.amazonaws.com',
    's3://s3://data/raw/', 's3://user@data/x', 's3://data:80/x', 's3://.data/x', 's3://-data/x', 's3://da ta/x', 's3://arn:aws:s3:::data/x',
    'https://data.s3-website-eu-west-1.amazonaws.com/x', 'https://bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com/data/x',
    's3://data.s3.eu-west-1.amazonaws.com/raw/', 'https://control.s3-control.eu-west-1.amazonaws.com/x'])(
    'a URI whose bucket cannot be told is an error: %s', (uri) => {
      expect(() => S3Location.fromUri(uri)).toThrow(`S3Location.fromUri: uri is '${uri}': must be a location of which the bucket can be told. Write 's3://bucket/prefix/'`);
    });

  test.each([
    's3://m.mrap.accesspoint.s3-global.amazonaws.com/x', 'https://m.mrap.accesspoint.s3-global.amazonaws.com/x',
    'https://point-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/x', 'https://point-123456789012.s3-accesspoint.dualstack.eu-west-1.amazonaws.com/x',
  ])('the URL of an access point names no bucket, which the remedy says: %s', (uri) => {
    expect(() => S3Location.fromUri(uri)).toThrow(/must be a location of which the bucket can be told\. Write the ARN of the access point in it: 's3:\/\/arn:/);
  });

  test.each([
    'https://data.s3.dualstack.eu-west-1.amazonaws.com/raw/', 'https://data.s3-eu-west-1.amazonaws.com/raw/', 'https://data.s3-fips.us-gov-west-1.amazonaws.com/raw/',
    'https://data.s3.cn-north-1.amazonaws.com.cn/raw/', 'https://s3.cn-north-1.amazonaws.com.cn/data/raw/',
  ])('the bucket of %s', (uri) => {
    expect(granted(READ, () => S3Location.fromUri(uri)).join('\n')).toContain(`${S3}data/raw/`);
  });

  test('nothing that is not there: never all of S3', () => {
    for (const uri of ['s3://data/raw/', 's3://data', 'https://data.s3.amazonaws.com', 'raw/', '', 's3://', 'https://example.com/raw']) {
      for (const grant of [READ, WRITE]) {
        let lines: string[] = [];
        try {
          lines = granted(grant, () => S3Location.fromUri(uri));
        } catch {
          // An error is fine as well.
        }
        expect(lines.filter((line) => / on (arn:<AWS::Partition>:s3:::)?[*/]/.test(line))).toEqual([]);
      }
    }
  });
});

describe('writing is reading and deleting there, too', () => {
  test.each<[string, string[]]>([
    ['s3://data/train/', [...readingFolder(`${S3}data`, 'train'), ...writing(`${S3}data/train`, `${S3}data/train/*`)]],
    ['s3://data/train', [...readingFolder(`${S3}data`, 'train'), ...writing(`${S3}data/train`, `${S3}data/train/*`)]],
    ['s3://data/', [...readingAll(`${S3}data`), ...writing(`${S3}data/*`)]],
    ['s3://data', [...readingAll(`${S3}data`), ...writing(`${S3}data/*`)]],
  ])('to %s', (uri, lines) => {
    expect(granted(WRITE, () => S3Location.fromUri(uri))).toEqual(lines.sort());
  });

  test.each<[string | undefined, string[]]>([
    [undefined, [...readingAll('<Data.Arn>'), ...writing('<Data.Arn>/*')]],
    ['', [...readingAll('<Data.Arn>'), ...writing('<Data.Arn>/*')]],
    ['train/', [...readingFolder('<Data.Arn>', 'train'), ...writing('<Data.Arn>/train', '<Data.Arn>/train/*')]],
    ['train', [...readingFolder('<Data.Arn>', 'train'), ...writing('<Data.Arn>/train', '<Data.Arn>/train/*')]],
  ])('to a bucket with the prefix %p', (keyPrefix, lines) => {
    expect(granted(WRITE, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data'), keyPrefix))).toEqual(lines.sort());
  });

  test('to an encrypted bucket needs its key', () => {
    expect(granted(WRITE, (stack) => S3Location.fromBucket(new Bucket(stack, 'Data', { encryptionKey: new Key(stack, 'Key') }))))
      .toEqual(expect.arrayContaining(['kms:Decrypt on <Key.Arn>', 'kms:GenerateDataKey on <Key.Arn>']));
  });

  test('twice is granted once', () => {
    const twice: Grants = (location, role) => [location.grantWrite(role), location.grantWrite(role)];
    expect(granted(twice, () => S3Location.fromUri('s3://data/'))).toEqual(granted(WRITE, () => S3Location.fromUri('s3://data/')));
  });
});

test('a grant says whether it was made', () => {
  const stack = newStack();
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  expect(S3Location.fromUri('s3://data/').grantRead(role).success).toBe(true);
  expect(S3Location.fromUri(Fn.importValue('uri')).grantWrite(role).success).toBe(true);
});
