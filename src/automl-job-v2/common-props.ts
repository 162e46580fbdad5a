import { Duration } from 'aws-cdk-lib';
import { AutoMLJobRemovalPolicy } from '../automl-job/automl-job-props';
import { AutoMLDataset } from '../automl-job/dataset';
import { AutoMLDeployment } from '../automl-job/deployment';
import { SageMakerJobProps } from '../job/job-props';
import { S3Location } from '../job/s3-location';

/**
 * Properties that AutoML jobs for all but tabular problems share.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJobV2.html
 */
export interface AutoMLJobV2Props extends SageMakerJobProps {
  /**
   * The name of the job: 1 to 32 letters, digits and hyphens, unique in the account regardless of case. It begins and ends with a letter
   * or digit.
   *
   * The service keeps the record of every AutoML job, so a job with a given name can run only once. Prefer the generated name.
   *
   * @default - a generated name, different for each run
   */
  readonly autoMLJobName?: string;

  /**
   * An endpoint for the best candidate, which the service creates outside of the stack. It costs money until you delete it.
   *
   * @default - none. For an endpoint in the stack, use `AutoMLModel`
   */
  readonly deployment?: AutoMLDeployment;

  /**
   * How long the job may run: a whole number of seconds, at least one. The service stops it then. The job has completed if it has a
   * candidate by that time.
   *
   * A deployment that waits for the job waits half an hour longer than this, unless `completionTimeout` is set.
   *
   * @default - the service's default
   */
  readonly maxRuntime?: Duration;

  /**
   * How long each training job of this job may run: a whole number of seconds, at least one, and at most `maxRuntime`.
   *
   * @default - the service's default
   */
  readonly maxRuntimePerTrainingJob?: Duration;

  /** The location of models, notebooks and reports. Its URI has at most 512 characters. Each run writes to a folder with the job's name. */
  readonly outputLocation: S3Location;

  /**
   * What happens to the job when it is replaced or its resource is removed.
   *
   * @default AutoMLJobRemovalPolicy.STOP
   */
  readonly removalPolicy?: AutoMLJobRemovalPolicy;

  /** The training data. */
  readonly trainingData: AutoMLDataset;
}
