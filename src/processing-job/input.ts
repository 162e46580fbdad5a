import { AthenaInputOptions, athenaInput } from './athena-input';
import { BoundInput, localPathOf, ProcessingInputMode, ProcessingS3InputOptions } from './input-options';
import { RedshiftInputOptions, redshiftInput } from './redshift-input';
import { computed, locationUri, property, RequestMembers } from '../job/request-members';
import { requireFiles, S3Location } from '../job/s3-location';
import { ProcessingS3InputRequest } from '../service-model/requests';

/** What an input from S3 is rendered from. */
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
   * The result of a query of Amazon Athena, which SageMaker runs before the job.
   *
   * The job's role may run the query, read the tables' descriptions, and write and read the result, for which SageMaker makes
   * tables `sagemaker_tmp_…` in the database `sagemaker_processing` of the Glue data catalog. The data of the tables is for you
   * to grant, since only their descriptions tell where it is: `location.grantRead(job)`, the KMS keys of its buckets, and, where
   * Lake Formation governs the tables, `lakeformation:GetDataAccess` and its own permissions on them. So is what another catalog
   * than `AwsDataCatalog` needs, such as the invocation of its function.
   *
   * @param props - the query, and where its result goes
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AthenaDatasetDefinition.html
   */
  public static fromAthena(props: AthenaInputOptions): ProcessingInput {
    return new ProcessingInput(athenaInput('ProcessingInput.fromAthena', props));
  }

  /**
   * The objects that a manifest lists.
   *
   * The job's role may read the manifest. The objects that it lists are for you to grant: `location.grantRead(job)`.
   *
   * @param location - one object: the manifest
   * @param options - where and how the data appears in the container
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Input.html
   */
  public static fromManifest(location: S3Location, options: ProcessingS3InputOptions = {}): ProcessingInput {
    requireFiles('ProcessingInput.fromManifest', location);
    return ProcessingInput.s3('ManifestFile', location, options);
  }

  /**
   * The result of a query of Amazon Redshift, which SageMaker runs before the job.
   *
   * The job's role may log in to the database as the user, run the query, pass on the cluster's role and read the result; the
   * cluster's role may write it. What the user may query is for the database to decide.
   *
   * @param props - the query, and where its result goes
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RedshiftDatasetDefinition.html
   */
  public static fromRedshift(props: RedshiftInputOptions): ProcessingInput {
    return new ProcessingInput(redshiftInput('ProcessingInput.fromRedshift', props));
  }

  /**
   * All objects whose keys begin with the prefix of a location.
   *
   * @param location - a prefix, or one object
   * @param options - where and how the data appears in the container
   */
  public static fromS3(location: S3Location, options: ProcessingS3InputOptions = {}): ProcessingInput {
    requireFiles('ProcessingInput.fromS3', location);
    return ProcessingInput.s3('S3Prefix', location, options);
  }

  /**
   * The same for the code, of which the entrypoint unpacks a folder.
   *
   * @internal
   */
  public static _code(location: S3Location, localPath: string): ProcessingInput {
    return ProcessingInput.s3('S3Prefix', location, { localPath });
  }

  private static s3(dataType: string, location: S3Location, options: ProcessingS3InputOptions): ProcessingInput {
    const { appManaged, ...s3Options } = options ?? {};
    const mode = s3Options.mode ?? (appManaged ? undefined : ProcessingInputMode.FILE);
    return new ProcessingInput((name) => ({
      // What the application reads itself is not copied.
      grantTo: (grantee) => [appManaged ? location.grantRead(grantee) : location._grantDownload(grantee)],
      producer: location._producer,
      request: {
        InputName: name,
        AppManaged: appManaged ?? undefined,
        S3Input: S3_INPUT_MEMBERS.render({ ...s3Options, dataType, localPath: localPathOf(name, options ?? {}), location, mode }),
      },
    }));
  }

  private constructor(
    /** @internal */
    public readonly _bind: (name: string) => BoundInput,
  ) {
  }
}
