import { Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { IDependable } from 'constructs';
import { grantListing, grantOnce } from '../cdk/grant-once';
import { getOrMake, keptFor } from '../cdk/kept-for';
import { A_BUCKET, A_GRANTEE, A_STRING, AN_ASSET, instanceOf } from '../validation/kinds';
import { requireKind } from '../validation/problems';

/**
 * A place in S3: all objects whose keys begin with a prefix, or one object.
 *
 * It knows its bucket, when it was made from one, so that a job's role gets what it needs to read or write there,
 * including the use of the bucket's KMS key. Its URI has at most 1024 characters.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
 */
export class S3Location {
  /**
   * The single object of a file asset. The asset of a folder is one zip file, which a job does not unpack.
   *
   * Who may read it may read any asset of the bucket with the same file extension, so that another content is no other permission.
   *
   * @param asset - a file in the app's folder, uploaded by `cdk deploy`
   */
  public static fromAsset(asset: Asset): S3Location {
    requireKind('S3Location.fromAsset', 'asset', asset, AN_ASSET);
    // What is granted does not change with the content: a deployment would have to be approved, and a run would lose its code. The key of
    // a file without an extension has the hash twice.
    const key = asset.s3ObjectKey.replaceAll(asset.assetHash, '?'.repeat(asset.assetHash.length));
    return new S3Location(asset.s3ObjectUrl, { bucket: bucketOf(asset), key, isArchive: asset.isZipArchive, isObject: true });
  }

  /**
   * The objects of a bucket whose keys begin with a prefix.
   *
   * The KMS key of an imported bucket is only known if it is imported with it, as `encryptionKey` of
   * `Bucket.fromBucketAttributes`. Without it, what is granted here does not include it: `key.grantDecrypt(job)`, and to write
   * `key.grantEncryptDecrypt(job)`, do.
   *
   * @param bucket - a bucket of this app, or an imported one
   * @param keyPrefix - such as `raw/`; without it, the whole bucket
   */
  public static fromBucket(bucket: IBucket, keyPrefix?: string): S3Location {
    requireKind('S3Location.fromBucket', 'bucket', bucket, A_BUCKET);
    requireKind('S3Location.fromBucket', 'keyPrefix', keyPrefix ?? '', A_STRING);
    return new S3Location(`s3://${bucket.bucketName}/${keyPrefix ?? ''}`, { bucket, key: keyPrefix ?? '' });
  }

  /**
   * A location that is written as a URI.
   *
   * Nothing is known of its bucket but the name: a bucket policy or a KMS key that stands in the way is for you to change.
   *
   * @param uri - such as `s3://my-bucket/raw/`; at most 1024 characters
   */
  public static fromUri(uri: string): S3Location {
    requireKind('S3Location.fromUri', 'uri', uri, A_STRING);
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
      readonly producer?: () => IDependable;
    },
  ) {
  }

  /**
   * Lets a principal read the objects here itself, list them, and decrypt them with the bucket's key. Libraries such as Spark look
   * for an object of a folder's own name, too, so that is granted as well.
   *
   * @param grantee - the principal, such as a job that has this location among its arguments
   */
  public grantRead(grantee: IGrantable): Grant {
    requireKind('S3Location.grantRead', 'grantee', grantee, A_GRANTEE);
    const isFolder = this.parts.key.endsWith('/') || this.source.isObject;
    return this.grantReading(grantee, isFolder ? this.asFolder : [this.beginning]);
  }

  /**
   * Lets a principal write objects here itself, as in a folder, and encrypt them with the bucket's key. Libraries such as Spark
   * list, read and delete what is there when they write, so that is granted as well.
   *
   * @param grantee - the principal, such as a job that has this location among its arguments
   */
  public grantWrite(grantee: IGrantable): Grant {
    requireKind('S3Location.grantWrite', 'grantee', grantee, A_GRANTEE);
    const read = this.grantReading(grantee, this.asFolder);
    return read.combine(this.grantWriting(grantee, ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'], this.asFolder));
  }

  /**
   * Lets a service copy the objects here: it lists the prefix, and gets what it finds.
   *
   * @internal
   */
  public _grantDownload(grantee: IGrantable): Grant {
    return this.grantReading(grantee, [this.beginning]);
  }

  /**
   * Lets a service copy files to here.
   *
   * @param isFolder - whether it puts them below the location; otherwise their keys begin with it
   * @internal
   */
  public _grantUpload(grantee: IGrantable, isFolder = true): Grant {
    return this.grantWriting(grantee, ['s3:AbortMultipartUpload', 's3:PutObject'], isFolder ? this.asFolder.slice(-1) : [this.beginning]);
  }

  /**
   * Lets a principal do something with the objects here.
   *
   * @internal
   */
  public _grantOnObjects(grantee: IGrantable, ...actions: string[]): Grant {
    return this.grant(grantee, actions, this.arnsOfObjects([this.beginning]));
  }

  /**
   * Lets a principal do something with the bucket.
   *
   * @internal
   */
  public _grantOnBucket(grantee: IGrantable, ...actions: string[]): Grant {
    return this.grant(grantee, actions, [this.bucketArn]);
  }

  /**
   * The same place, filled by something that must be ready before it is read.
   *
   * @internal
   */
  public _producedBy(producer: () => IDependable): S3Location {
    return new S3Location(this.uri, { ...this.source, producer });
  }

  /**
   * What must be ready before this is read.
   *
   * @internal
   */
  public get _producer(): IDependable | undefined {
    return this.source.producer?.();
  }

  /**
   * Whether this is one zip file, and so of no use where files are expected.
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
    // Decrypt is needed by S3 itself, for the parts of a multipart upload.
    return this.withKey(this.grant(grantee, actions, this.arnsOfObjects(patterns)), grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  private grant(grantee: IGrantable, actions: string[], resourceArns: string[]): Grant {
    return grantOnce({ grantee, actions, resourceArns }, this.source.bucket);
  }

  /** The bucket's key has to be granted as well. */
  private withKey(grant: Grant, grantee: IGrantable, ...actions: string[]): Grant {
    const { encryptionKey } = this.source.bucket ?? {};
    return encryptionKey === undefined ? grant : grant.combine(encryptionKey.grant(grantee, ...actions));
  }

  /** The keys that begin with that of the location, as a pattern. */
  private get beginning(): string {
    return `${this.parts.key}${this.source.isObject ? '' : '*'}`;
  }

  /** The key of the location taken as a folder's, and those of all that is in it, as patterns. */
  private get asFolder(): string[] {
    const folder = this.parts.key.replace(/\/$/, '');
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
    return bucket === undefined ? partsOf(this.uri) : { bucket: bucket.bucketName, base: `${bucket.bucketName}/`, key: key! };
  }
}

export const A_LOCATION = instanceOf(S3Location, "Use S3Location.fromBucket(bucket, 'raw/').");

/** A folder's asset is one zip file, which nothing would unpack. */
export function requireFiles(method: string, location: S3Location): void {
  requireKind(method, 'location', location, A_LOCATION);
  if (location._isArchive) {
    throw new Error(`${method}: location is the asset of a folder: one zip file, which the job does not unpack. `
      + 'Use the asset of a file, or copy the folder to a bucket with BucketDeployment.');
  }
}

/** By name. */
const assetBucketsOf = keptFor((_: Stack) => new Map<string, IBucket>());

/**
 * The bucket of an asset. Assets have an object each for the same bucket, whose ARNs are different tokens: with one for
 * all of them, a role is not granted the same once more for each of its jobs.
 */
function bucketOf(asset: Asset): IBucket {
  const stack = Stack.of(asset);
  return getOrMake(assetBucketsOf(stack), JSON.stringify(stack.resolve(asset.s3BucketName)), () => asset.bucket);
}

function s3Arn(resource: string): string {
  return `arn:${Aws.PARTITION}:s3:::${resource}`;
}

interface UriParts {
  readonly bucket: string;
  /** What keys are appended to. */
  readonly base: string;
  readonly key: string;
}

/** Of a URI that is known only to CloudFormation, expressions cannot tell the key from its bucket: both are what keys are appended to. */
function partsOf(uri: string): UriParts {
  // s3://bucket/key, https://bucket.s3.region.amazonaws.com/key, https://s3.region.amazonaws.com/bucket/key
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri)
    ?? /^https:\/\/([^/]+)\.s3[.-][^/]*\/?(.*)$/s.exec(uri)
    ?? /^https:\/\/s3[.-][^/]*\/([^/]+)\/?(.*)$/s.exec(uri)
    ?? [];
  if (bucket === undefined && Token.isUnresolved(uri)) {
    const base = Fn.select(1, Fn.split('s3://', uri));
    return { bucket: Fn.select(0, Fn.split('/', base)), base, key: '' };
  }
  return { bucket: bucket ?? '', base: `${bucket}/`, key: key ?? '' };
}
