import { AthenaInputOptions, athenaInput } from './athena-input';
import { BoundInput, localPathOf, ProcessingInputMode, ProcessingS3InputOptions, S3_INPUT_OPTIONS } from './input-options';
import { RedshiftInputOptions, redshiftInput } from './redshift-input';
import { computed, locationUri, property, RequestMembers } from '../job/request-members';
import { requireFiles, S3Location } from '../job/s3-location';
import { ProcessingS3InputRequest } from '../service-model/requests';
import { readOptions } from '../validation/options';

/** The values from which an input from S3 is rendered. */
interface S3InputValues extends Omit<ProcessingS3InputOptions, 'appManaged'> {
  readonly dataType: string;
  readonly location: S3Location;
}

export const S3_INPUT_MEMBERS = new RequestMembers<ProcessingS3InputRequest, S3InputValues>('ProcessingS3Input', {
  LocalPath: property('localPath'),
  S3CompressionType: property('compression'),
  S3DataDistributionType: property('distribution'),
  S3DataType: computed('', ({ dataType }) => dataType),
  S3InputMode: property('mode'),
  S3Uri: locationUri('location'),
});

/**
 * Data that a processing job reads.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingInput.html
 */
export class ProcessingInput {
  /**
   * The result of an Amazon Athena query, which SageMaker runs before the job.
   *
   * The job's role gets the permissions to run the query, to read the definitions of tables, and to write and read the result. For the
   * result, SageMaker creates tables `sagemaker_tmp_…` in the database `sagemaker_processing` of the Glue Data Catalog.
   *
   * You have to grant access to the data of the tables, because the library does not know where it is: `location.grantRead(job)`, the
   * KMS keys of the buckets and, for tables that Lake Formation governs, `lakeformation:GetDataAccess` and Lake Formation's own
   * permissions. You also have to grant what a catalog other than `AwsDataCatalog` needs, such as the invocation of its function.
   *
   * @param props - the query and the location of its result
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
   */
  public static fromAthena(props: AthenaInputOptions): ProcessingInput {
    return new ProcessingInput(athenaInput('ProcessingInput.fromAthena', props));
  }

  /**
   * The objects that a manifest lists.
   *
   * The job's role may read the manifest. You have to grant access to the objects that it lists: `location.grantRead(job)`.
   *
   * @param location - one object: the manifest
   * @param options - how the data reaches the container
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
   */
  public static fromManifest(location: S3Location, options: ProcessingS3InputOptions = {}): ProcessingInput {
    requireFiles('ProcessingInput.fromManifest', location);
    return ProcessingInput.s3('ProcessingInput.fromManifest', 'ManifestFile', location, options);
  }

  /**
   * The result of an Amazon Redshift query, which SageMaker runs before the job.
   *
   * The job's role gets the permissions to log in to the database as the user, to run the query, to pass the cluster's role and to read
   * the result. The cluster's role gets the permission to write the result. The database user must be allowed to run the query.
   *
   * @param props - the query and the location of its result
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
   */
  public static fromRedshift(props: RedshiftInputOptions): ProcessingInput {
    return new ProcessingInput(redshiftInput('ProcessingInput.fromRedshift', props));
  }

  /**
   * All objects whose keys begin with the prefix of a location.
   *
   * @param location - a prefix, or one object
   * @param options - how the data reaches the container
   */
  public static fromS3(location: S3Location, options: ProcessingS3InputOptions = {}): ProcessingInput {
    requireFiles('ProcessingInput.fromS3', location);
    return ProcessingInput.s3('ProcessingInput.fromS3', 'S3Prefix', location, options);
  }

  /**
   * The input of the code. Unlike for other inputs, a zip file is allowed, since the entrypoint unpacks it.
   *
   * @internal
   */
  public static _code(location: S3Location, localPath: string): ProcessingInput {
    return ProcessingInput.s3('ProcessingCode', 'S3Prefix', location, { localPath });
  }

  private static s3(method: string, dataType: string, source: S3Location, given: ProcessingS3InputOptions): ProcessingInput {
    const { values: options, misspelt } = readOptions(method, given, S3_INPUT_OPTIONS);
    const { appManaged, ...s3Options } = options;
    const mode = s3Options.mode ?? (appManaged ? undefined : ProcessingInputMode.FILE);
    const bind = (name: string, location: S3Location): BoundInput => ({
      // An application that reads the data itself needs more than SageMaker does to copy it.
      grantTo: (grantee) => [appManaged ? location.grantRead(grantee) : location._grantDownload(grantee)],
      unknownData: dataType === 'ManifestFile' ? 'the objects that the manifest lists' : undefined,
      at: (other) => bind(name, other),
      location,
      misspelt,
      producer: location._producer,
      request: {
        InputName: name,
        AppManaged: appManaged,
        S3Input: S3_INPUT_MEMBERS.render({ ...s3Options, dataType, localPath: localPathOf(name, options), location, mode }),
      },
    });
    return new ProcessingInput((name) => bind(name, source));
  }

  private constructor(
    /** @internal */
    public readonly _bind: (name: string) => BoundInput,
  ) {
  }
}
