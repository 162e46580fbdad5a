import { Stack, Token, Tokenization } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnFeatureGroup, IFeatureGroupRef } from 'aws-cdk-lib/aws-sagemaker';
import { grantOnce } from '../cdk/grant-once';
import { locationUri, property, RequestMembers } from '../job/request-members';
import { S3Location } from '../job/s3-location';
import { ProcessingOutputRequest, ProcessingS3OutputRequest } from '../service-model/requests';
import { Misspelling, OptionNames, readOptions } from '../validation/options';
import { requireType } from '../validation/problems';
import { A_FEATURE_GROUP, instanceOf } from '../validation/value-types';

/**
 * When the files of an output are uploaded.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Output.html
 */
export enum ProcessingUploadMode {
  /** While the job runs, as files appear. */
  CONTINUOUS = 'Continuous',
  /** When the job has ended. */
  END_OF_JOB = 'EndOfJob',
}

/**
 * Options for an output to S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Output.html
 */
export interface ProcessingOutputOptions {
  /**
   * Whether the application writes the data to S3 itself. SageMaker does not upload it then.
   *
   * @default false
   */
  readonly appManaged?: boolean;

  /**
   * The folder in the container whose files are uploaded: an absolute path, at most 256 characters.
   *
   * @default - `/opt/ml/processing/output/` and the output's name; none for an app-managed output
   */
  readonly localPath?: string;

  /**
   * When the files are uploaded.
   *
   * @default ProcessingUploadMode.END_OF_JOB
   */
  readonly uploadMode?: ProcessingUploadMode;
}

const OUTPUT_OPTIONS: OptionNames<ProcessingOutputOptions> = { appManaged: true, localPath: true, uploadMode: true };

/** An output that is bound to a job. */
export interface BoundOutput {
  readonly request: ProcessingOutputRequest;
  /** Lets the job's role write the data. */
  readonly grantTo: (grantee: IGrantable) => Grant[];
  /** The same output to another location, if it is to S3. */
  readonly at?: (location: S3Location) => BoundOutput;
  /** The location of an output to S3. */
  readonly location?: S3Location;
  readonly misspelt?: readonly Misspelling[];
}

export const S3_OUTPUT_MEMBERS = new RequestMembers<ProcessingS3OutputRequest, ProcessingOutputOptions & { readonly location: S3Location }>('ProcessingS3Output', {
  LocalPath: property('localPath'),
  S3UploadMode: property('uploadMode'),
  S3Uri: locationUri('location'),
});

/**
 * Data that a processing job writes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingOutput.html
 */
export class ProcessingOutput {
  /**
   * Records of a feature group of Amazon SageMaker Feature Store. The application puts the records itself.
   *
   * The job's role gets the permissions to describe the group, to put records into its online and offline store and, for a group of this
   * app, to use the online store's KMS key. An application that writes files to the offline store directly, as the Spark connector does
   * for `OfflineStore`, needs more, which you have to grant: `location.grantWrite(job)` for the location of the store, its KMS key, and
   * `lakeformation:GetDataAccess` if Lake Formation governs it.
   *
   * @param featureGroup - a feature group of the job's account and Region
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingFeatureStoreOutput.html
   */
  public static toFeatureGroup(featureGroup: IFeatureGroupRef): ProcessingOutput {
    requireType('ProcessingOutput.toFeatureGroup', 'featureGroup', featureGroup, A_FEATURE_GROUP);
    return new ProcessingOutput((name) => ({
      grantTo: (grantee) => grantRecords(grantee, featureGroup),
      request: {
        OutputName: name,
        // The service requires it, since only the application can put records.
        AppManaged: true,
        FeatureStoreOutput: { FeatureGroupName: featureGroup.featureGroupRef.featureGroupName },
      },
    }));
  }

  /**
   * Objects in a location of S3.
   *
   * All runs of a job write to the same location, so a later run replaces objects of the same key.
   *
   * @param location - a prefix
   * @param options - the folder in the container, and when its files are uploaded
   */
  public static toS3(location: S3Location, options: ProcessingOutputOptions = {}): ProcessingOutput {
    requireType('ProcessingOutput.toS3', 'location', location, instanceOf(S3Location, "Use S3Location.fromBucket(bucket, 'train/')."));
    const { values: { appManaged, localPath, uploadMode }, misspelt } = readOptions('ProcessingOutput.toS3', options, OUTPUT_OPTIONS);
    const bind = (name: string, to: S3Location): BoundOutput => ({
      // An application that writes the data itself needs more than SageMaker does to upload it.
      grantTo: (grantee) => [appManaged ? to.grantWrite(grantee) : to._grantUpload(grantee)],
      at: (other) => bind(name, other),
      location: to,
      misspelt,
      request: {
        OutputName: name,
        AppManaged: appManaged,
        S3Output: S3_OUTPUT_MEMBERS.render({
          localPath: localPath ?? (appManaged ? undefined : `/opt/ml/processing/output/${name}`),
          location: to,
          uploadMode: uploadMode ?? ProcessingUploadMode.END_OF_JOB,
        }),
      },
    });
    return new ProcessingOutput((name) => bind(name, location));
  }

  private constructor(
    /** @internal */
    public readonly _bind: (name: string) => BoundOutput,
  ) {
  }
}

function grantRecords(grantee: IGrantable, featureGroup: IFeatureGroupRef): Grant[] {
  const key = onlineStoreKeyArn(featureGroup);
  return [
    grantOnce({
      grantee,
      actions: ['sagemaker:DescribeFeatureGroup', 'sagemaker:PutRecord'],
      resourceArns: [Stack.of(featureGroup).formatArn({
        service: 'sagemaker', resource: 'feature-group', resourceName: featureGroup.featureGroupRef.featureGroupName,
      })],
    }),
    ...key === undefined ? [] : [grantOnce({ grantee, actions: ['kms:Decrypt'], resourceArns: [key] })],
  ];
}

/** The key of the online store of a feature group of this app. Putting records requires its use. */
function onlineStoreKeyArn(featureGroup: IFeatureGroupRef): string | undefined {
  if (!CfnFeatureGroup.isCfnFeatureGroup(featureGroup)) {
    return undefined;
  }
  const config = Tokenization.isResolvable(featureGroup.onlineStoreConfig)
    ? Stack.of(featureGroup).resolve(featureGroup.onlineStoreConfig)
    : featureGroup.onlineStoreConfig;
  const key = config?.SecurityConfig?.KmsKeyId;
  return key === undefined ? undefined : Token.asString(key);
}
