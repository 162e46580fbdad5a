import { Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct, IDependable } from 'constructs';
import { environmentOf, otherAccount, otherRegion, partitionProblem } from '../cdk/environment';
import { grantKey } from '../cdk/grant-key';
import { grantListing, grantOnce } from '../cdk/grant-once';
import { getOrMake, keptFor } from '../cdk/kept-for';
import { ValueType, Problem, requireType } from '../validation/problems';
import { A_BUCKET, A_GRANTEE, A_STRING, AN_ASSET, instanceOf } from '../validation/value-types';

/**
 * A place in S3: all objects whose keys begin with a prefix, or one object.
 *
 * A location that was made from a bucket knows it. A job's role then gets all permissions to read or write there, including the use
 * of the bucket's KMS key. The URI has at most 1024 characters.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export class S3Location {
  /**
   * The object of a file asset. The asset of a folder is one zip file, which a job does not unpack.
   *
   * The permission to read it covers all assets of the bucket with the same file extension, so that it does not change with the
   * content.
   *
   * @param asset - a file of the app, uploaded by `cdk deploy`
   */
  public static fromAsset(asset: Asset): S3Location {
    requireType('S3Location.fromAsset', 'asset', asset, AN_ASSET);
    // The permission must not change with the content: otherwise each deployment would need approval, and a running job would lose its
    // code. The key of a file without an extension contains the hash twice.
    const key = asset.s3ObjectKey.replaceAll(asset.assetHash, '?'.repeat(asset.assetHash.length));
    return new S3Location(asset.s3ObjectUrl, { bucket: bucketOf(asset), key, isArchive: asset.isZipArchive, isObject: true });
  }

  /**
   * The objects of a bucket whose keys begin with a prefix, by default the whole bucket.
   *
   * A slash at the beginning of the prefix is left out, as the CDK does in URLs of buckets.
   *
   * The KMS key of an imported bucket is only known if you pass it as `encryptionKey` of `Bucket.fromBucketAttributes`. Otherwise
   * grant its use yourself: `key.grantDecrypt(job)` to read, `key.grantEncryptDecrypt(job)` to write.
   *
   * @param bucket - a bucket of this app, or an imported one
   * @param keyPrefix - such as `raw/`
   */
  public static fromBucket(bucket: IBucket, keyPrefix?: string): S3Location {
    requireType('S3Location.fromBucket', 'bucket', bucket, A_BUCKET);
    requireType('S3Location.fromBucket', 'keyPrefix', keyPrefix ?? '', A_STRING);
    const key = (keyPrefix ?? '').replace(/^\//, '');
    return new S3Location(`s3://${bucket.bucketName}/${key}`, { bucket, key: literally(key) });
  }

  /**
   * A location given by its URI of at most 1024 characters.
   *
   * Only the name of its bucket is known. If the bucket policy or a KMS key denies access, you have to change it yourself.
   * Throws an error if the bucket cannot be told from the URI, as from `https://archive.example.com/data.csv`.
   *
   * @param uri - such as `s3://my-bucket/raw/`, or the URL of S3 for it
   */
  public static fromUri(uri: string): S3Location {
    requireType('S3Location.fromUri', 'uri', uri, A_STRING);
    requireType('S3Location.fromUri', 'uri', uri, A_URI_WITH_BUCKET);
    return new S3Location(uri, {});
  }

  private constructor(
    /** The location as the service reads it: `s3://bucket/prefix/`. */
    public readonly uri: string,
    private readonly source: {
      readonly bucket?: IBucket;
      /** A pattern, where the key changes with the content. */
      readonly key?: string;
      readonly isArchive?: boolean;
      readonly isObject?: boolean;
      /** What is known of a URI of which only a run knows the whole. */
      readonly knownUri?: string;
      readonly producer?: () => IDependable;
    },
  ) {
  }

  /**
   * Lets a principal list and read the objects of this location, and decrypt them with the bucket's key. This includes an object with
   * the name of the folder itself, which libraries such as Spark look for.
   *
   * @param grantee - the principal, such as a job that gets this location as an argument
   */
  public grantRead(grantee: IGrantable): Grant {
    requireType('S3Location.grantRead', 'grantee', grantee, A_GRANTEE);
    const isFolder = this.parts.key.endsWith('/') || this.source.isObject;
    return this.grantReading(grantee, isFolder ? this.asFolder : [this.beginning]);
  }

  /**
   * Lets a principal write objects to this location as to a folder, and encrypt them with the bucket's key. This includes listing,
   * reading and deleting objects there, which libraries such as Spark do when they write.
   *
   * @param grantee - the principal, such as a job that gets this location as an argument
   */
  public grantWrite(grantee: IGrantable): Grant {
    requireType('S3Location.grantWrite', 'grantee', grantee, A_GRANTEE);
    const read = this.grantReading(grantee, this.asFolder);
    return read.combine(this.grantWriting(grantee, ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'], this.asFolder));
  }

  /**
   * Lets a service copy the objects of this location: list the prefix, and get the objects.
   *
   * @internal
   */
  public _grantDownload(grantee: IGrantable): Grant {
    return this.grantReading(grantee, [this.beginning]);
  }

  /**
   * Lets a service copy files to this location.
   *
   * @param isFolder - whether the files are put into the location as into a folder. Otherwise their keys only begin with its key
   * @internal
   */
  public _grantUpload(grantee: IGrantable, isFolder = true): Grant {
    return this.grantWriting(grantee, ['s3:AbortMultipartUpload', 's3:PutObject'], isFolder ? this.asFolder.slice(-1) : [this.beginning]);
  }

  /**
   * Grants actions on the objects of this location.
   *
   * @internal
   */
  public _grantOnObjects(grantee: IGrantable, ...actions: string[]): Grant {
    return this.grant(grantee, actions, this.arnsOfObjects([this.beginning]));
  }

  /**
   * Grants actions on the bucket.
   *
   * @internal
   */
  public _grantOnBucket(grantee: IGrantable, ...actions: string[]): Grant {
    return this.grant(grantee, actions, [this.bucketArn]);
  }

  /**
   * The same location with a producer, which must have completed before the location is read.
   *
   * @internal
   */
  public _producedBy(producer: () => IDependable): S3Location {
    return new S3Location(this.uri, { ...this.source, producer });
  }

  /**
   * The same location, with permissions on what is known of it. Undefined if that is less than the bucket.
   *
   * @param beginningOf - the known beginning of a text
   * @internal
   */
  public _known(beginningOf: (text: string) => string): S3Location | undefined {
    const knownUri = beginningOf(this.uri);
    if (knownUri === this.uri || this.source.knownUri !== undefined) {
      return this;
    }
    const { bucket, key } = this.source;
    return bucket === undefined && !/^(s3:\/\/|https:\/\/)[^/]+\//.test(knownUri) ? undefined
      : new S3Location(this.uri, { ...this.source, knownUri, key: key === undefined ? undefined : beginningOf(key) });
  }

  /**
   * The same location with another text for its URI, such as an expression that reads it from a result.
   *
   * @internal
   */
  public _writtenAs(uri: string): S3Location {
    return new S3Location(uri, this.source);
  }

  /**
   * The producer of the objects, which must have completed before they are read.
   *
   * @internal
   */
  public get _producer(): IDependable | undefined {
    return this.source.producer?.();
  }

  /**
   * Problems and warnings of this location.
   *
   * @param isRoleMade - whether the role of the job is made with it
   * @internal
   */
  public _warnings(scope: Construct, isRoleMade: boolean): Pick<Problem, 'allowed' | 'remedy' | 'warning'>[] {
    const region = otherRegion(scope, this.source.bucket ? environmentOf(this.source.bucket)?.region : regionOf(this.uri));
    const { bucket, key } = this.parts;
    const account = isRoleMade && this.source.bucket ? otherAccount(scope, this.source.bucket) : undefined;
    const ofPartition = this.source.bucket && partitionProblem(scope, this.source.bucket.bucketArn);
    return [
      ...ofPartition ? [ofPartition] : [],
      ...account === undefined ? [] : [{
        allowed: `is a bucket of the account ${account}, whose policy has to name the role of the job before the job starts, and the role is made with the job`,
        remedy: 'Give the job a role with a roleName, of a stack that is deployed before.',
      }],
      ...region === undefined ? [] : [{
        allowed: `is a bucket in ${region}, and the service looks for data in the Region of the job`,
        remedy: 'Use a bucket of that Region, or acknowledge this warning.',
        warning: 'cdk-sagemaker-jobs:inAnotherRegion',
      }],
      ...!this.source.isObject && isUnusual(key) ? [{
        allowed: 'has a key that begins with a slash, begins or ends with a blank, or holds * or ? or ${ or a folder . or ..: S3 takes these as they are, and as no folder or pattern',
        remedy: "Write the prefix as in 'raw/', or acknowledge this warning.",
        warning: 'cdk-sagemaker-jobs:unusualKey',
      }] : [],
      ...this.source.bucket === undefined && /^https:.*%[0-9a-f]{2}/is.test(this.uri) ? [{
        allowed: 'is a URL with encoded characters, and permissions are for the key as it is written',
        remedy: "Write it as 's3://bucket/key', with the key as S3 shows it, or acknowledge this warning.",
        warning: 'cdk-sagemaker-jobs:unusualKey',
      }] : [],
      ...!this.source.isObject && /[^\P{Cc}\n\r]/u.test(key) ? [{
        allowed: 'must have no control characters in its key',
        remedy: "Write the prefix as in 'raw/'.",
      }] : [],
      ...isKnownToRun(bucket) ? [{
        allowed: 'must have a bucket that is known, for no run evaluates it',
        remedy: 'Give the expression to the state or the schedule that starts the job.',
      }] : [],
      .../-(s3alias|-ol-s3)$/.test(bucket) ? [{
        allowed: 'names an access point by its alias, which does not tell the ARN that permissions need',
        remedy: 'Grant the role of the job what it needs on the access point, and acknowledge this warning.',
        warning: 'cdk-sagemaker-jobs:accessPointAlias',
      }] : [],
      ...bucket.endsWith('--x-s3') ? [{
        allowed: 'is a directory bucket of S3 Express One Zone, for which S3 asks for other permissions than for other buckets',
        remedy: 'Grant the role of the job s3express:CreateSession on the bucket, and acknowledge this warning; or use a bucket of another kind.',
        warning: 'cdk-sagemaker-jobs:directoryBucket',
      }] : [],
    ];
  }

  /**
   * Whether this is the zip file of a folder's asset, which cannot be used where files are expected.
   *
   * @internal
   */
  public get _isArchive(): boolean {
    return this.source.isArchive ?? false;
  }

  private grantReading(grantee: IGrantable, patterns: string[]): Grant {
    const list = patterns.includes('*')
      ? this._grantOnBucket(grantee, 's3:ListBucket')
      : patterns.map((pattern) => grantListing(grantee, this.bucketArn, pattern, this.source.bucket)).reduce((all, grant) => all.combine(grant));
    return this.withKey(list.combine(this.grant(grantee, ['s3:GetObject'], this.arnsOfObjects(patterns))), grantee, 'kms:Decrypt');
  }

  private grantWriting(grantee: IGrantable, actions: string[], patterns: string[]): Grant {
    // S3 itself needs Decrypt for multipart uploads.
    return this.withKey(this.grant(grantee, actions, this.arnsOfObjects(patterns)), grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  private grant(grantee: IGrantable, actions: string[], resourceArns: string[]): Grant {
    return grantOnce({ grantee, actions, resourceArns }, this.source.bucket);
  }

  /** Adds permissions on the bucket's key to a grant. */
  private withKey(grant: Grant, grantee: IGrantable, ...actions: string[]): Grant {
    const { encryptionKey } = this.source.bucket ?? {};
    return encryptionKey === undefined ? grant : grant.combine(grantKey(encryptionKey, grantee, ...actions));
  }

  /** A pattern of all keys that begin with the key of the location. */
  private get beginning(): string {
    return `${this.parts.key}${this.source.isObject ? '' : '*'}`;
  }

  /** Patterns of the location's key as a folder, and of all keys in that folder. */
  private get asFolder(): string[] {
    const folder = this.parts.key.replace(/\/$/, '');
    if (this.source.knownUri !== undefined && folder === this.parts.key) {
      return [this.beginning];
    }
    return folder === '' ? ['*'] : [folder, `${folder}/*`];
  }

  private get bucketArn(): string {
    return this.source.bucket?.bucketArn ?? s3Arn(this.parts.bucket);
  }

  private arnsOfObjects(patterns: string[]): string[] {
    return patterns.map((pattern) => this.source.bucket?.arnForObjects(pattern) ?? s3Arn(`${this.parts.base}${pattern}`));
  }

  private get parts(): UriParts {
    const { bucket, key } = this.source;
    return bucket === undefined ? partsOf(this.source.knownUri ?? this.uri) : { bucket: bucket.bucketName, base: `${bucket.bucketName}/`, key: key! };
  }
}

const A_URI_WITH_BUCKET: ValueType = {
  name: 'a location of which the bucket can be told',
  // The job reports a text that is not a URI, together with its other problems.
  test: (uri: string) => {
    const { bucket } = partsOf(uri);
    return !/^(https|s3):\/\/[^/]/.test(uri) || isKnownToRun(bucket) || Token.isUnresolved(bucket)
      || bucket.startsWith('arn:') && isAccessPoint(bucket) || BUCKET_NAME.test(bucket);
  },
  remedy: (uri: string) => uri.includes('accesspoint')
    ? "Write the ARN of the access point in it: 's3://arn:aws:s3:region:account:accesspoint/name/prefix/'."
    : "Write 's3://bucket/prefix/', or 'https://bucket.s3.region.amazonaws.com/prefix/'.",
};

/** Whether a bucket's name is an expression of a state or a schedule, which a run evaluates. */
function isKnownToRun(bucket: string): boolean {
  return /\{%|<aws\.scheduler\./.test(bucket);
}

/** The names of buckets that were made before 2018 may have capitals and underscores. No bucket has the name of an endpoint. */
const BUCKET_NAME = /^(?!.*\.amazonaws\.com(\.cn)?$)[a-zA-Z0-9][a-zA-Z0-9._-]*$/;

/** The Region that the URI of an access point, or the URL of a bucket, names. */
function regionOf(uri: string): string | undefined {
  return /^s3:\/\/arn:[^:/]+:s3[a-z-]*:([a-z0-9-]+):/.exec(uri)?.[1]
    ?? /^https:\/\/(?:[^/]+\.)?s3(?:-fips)?(?:\.dualstack)?[.-]([a-z]{2,}(?:-[a-z]+)+-\d+)\.[^/]+(?:\/|$)/.exec(uri)?.[1];
}

/** Whether a key, written for a policy, may not be meant as it stands. */
function isUnusual(key: string): boolean {
  return /^\/|^ | $|\$\{[*?$]\}|(^|\/)\.\.?(\/|$)/.test(key);
}

function isAccessPoint(arn: string): boolean {
  return /:(outpost\/[^/]+\/)?accesspoint\/[^/]+$/.test(arn);
}

/** Escapes the characters of a key that are special in a policy: wildcards, and the beginning of a variable. Tokens stay. */
function literally(key: string): string {
  return key.replace(/[*?]|\$(?=\{(?!Token\[))/g, (character) => `\${${character}}`);
}

export const A_LOCATION = instanceOf(S3Location, "Use S3Location.fromBucket(bucket, 'raw/').");

/** Throws for the asset of a folder: it is one zip file, which nothing would unpack. */
export function requireFiles(method: string, location: S3Location): void {
  requireType(method, 'location', location, A_LOCATION);
  if (location._isArchive) {
    throw new Error(`${method}: location is the asset of a folder: one zip file, which the job does not unpack. `
      + 'Use the asset of a file, or copy the folder to a bucket with BucketDeployment.');
  }
}

/** The keys are names of buckets. */
const assetBucketsOf = keptFor((_: Stack) => new Map<string, IBucket>());

/**
 * The bucket of an asset. Each asset has its own object of the same bucket, with a different token as ARN. Using one object for
 * all assets of a stack avoids granting a role the same permission again for each job.
 */
const bucketOf = keptFor((asset: Asset) => {
  const stack = Stack.of(asset);
  return getOrMake(assetBucketsOf(stack), JSON.stringify(stack.resolve(asset.s3BucketName)), () => asset.bucket);
});

function s3Arn(resource: string): string {
  return resource.startsWith('arn:') ? resource : `arn:${Aws.PARTITION}:s3:::${resource}`;
}

interface UriParts {
  readonly bucket: string;
  /** The text that keys are appended to. */
  readonly base: string;
  readonly key: string;
}

const TOKEN = String.raw`\$\{Token\[[^\]]+\]\}`;
/** The domain suffixes of all partitions. */
const SUFFIX = String.raw`(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk|${TOKEN})`;
/**
 * Website endpoints do not have the API, those of access points name no bucket, and in the names of interface endpoints `bucket` is a word of
 * its own.
 */
const ENDPOINT = String.raw`(?!s3-(?:website|accesspoint|object-lambda|outposts|global|control))s3(?:[.-](?:${TOKEN}|[a-z0-9-])+)*\.${SUFFIX}`;
const VIRTUAL_HOST = new RegExp(String.raw`^https:\/\/((?!bucket\.vpce-)[^/]+)\.${ENDPOINT}\/?(.*)$`, 's');
const PATH_STYLE = new RegExp(String.raw`^https:\/\/${ENDPOINT}\/([^/]+)\/?(.*)$`, 's');

/** The parts of a URI. A URI that only CloudFormation knows cannot be split into bucket and key, so keys are appended to all of it. */
function partsOf(uri: string): UriParts {
  const accessPoint = /^s3:\/\/(arn:[^/]+:(?:outpost\/[^/]+\/)?accesspoint\/[^/]+)\/?(.*)$/s.exec(uri);
  if (accessPoint) {
    return { bucket: accessPoint[1], base: `${accessPoint[1]}/object/`, key: literally(accessPoint[2]) };
  }
  // s3://bucket/key, https://bucket.s3.region.amazonaws.com/key, https://s3.region.amazonaws.com/bucket/key
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? VIRTUAL_HOST.exec(uri) ?? PATH_STYLE.exec(uri) ?? [];
  const [, host, path] = /^https:\/\/([^/]*)\/?(.*)$/s.exec(uri) ?? [];
  if (bucket === undefined && Token.isUnresolved(host)) {
    const name = Fn.select(0, Fn.split('.s3', host)); // as in the domain names of a bucket
    return { bucket: name, base: `${name}/`, key: literally(path) };
  }
  if (bucket === undefined && Token.isUnresolved(uri)) {
    const base = Fn.select(1, Fn.split('s3://', uri));
    return { bucket: Fn.select(0, Fn.split('/', base)), base, key: '' };
  }
  return { bucket: bucket ?? '', base: `${bucket}/`, key: literally(key ?? '') };
}
