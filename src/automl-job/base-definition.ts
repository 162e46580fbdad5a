import { Annotations, Duration } from 'aws-cdk-lib';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grantWhatAutopilotDoes } from './autopilot-grants';
import { AutoMLDataset } from './dataset';
import { AutoMLDeployment } from './deployment';
import { grantServiceImages } from './service-images';
import { AutoMLValidation } from './validation';
import { grantKey } from '../cdk/grant-key';
import { JobDefinition } from '../job/job-definition';
import { JobKind } from '../job/job-kind';
import { SageMakerJobProps } from '../job/job-props';
import { S3Location } from '../job/s3-location';
import { warnOfUnknownData } from '../job/unknown-data';
import { Problems } from '../validation/problems';

/** The properties that decide what all AutoML jobs are granted. Not every problem has all of them. */
export interface BaseAutoMLProps extends SageMakerJobProps {
  readonly deployment?: AutoMLDeployment;
  readonly featureSpecification?: S3Location;
  readonly maxRuntime?: Duration;
  readonly outputLocation: S3Location;
  readonly trainingData: AutoMLDataset;
  readonly validation?: AutoMLValidation;
}

/** The definition of an AutoML job, whatever its problem is. */
export abstract class BaseAutoMLDefinition<Props extends BaseAutoMLProps = BaseAutoMLProps> extends JobDefinition<Props> {
  protected constructor(scope: Construct, kind: JobKind, props: Props, problems: Problems) {
    // Autopilot decides how many instances it uses, so there may be several.
    super(scope, kind, props, true, problems);
    this.sources.forEach(({ _producer }) => this.readAfter(_producer));
    this.checkLocations(problems);
    this.warnOfMisspelt('trainingData', props.trainingData?._misspelt);
    this.warnOfMisspelt('validation', props.validation?._dataset?._misspelt);
  }

  public get longestRuntime(): Duration | undefined {
    return this.props.maxRuntime;
  }

  public get hasBestCandidate(): boolean {
    return true;
  }

  /** Whether its candidates may be classifiers of tables, which can answer more than a label. */
  public abstract get mayClassifyTables(): boolean;

  /** Whether its candidates have containers for each processing unit: those for texts and images have, says the reference of AutoMLCandidate. */
  public abstract get hasProcessingUnits(): boolean;

  /** Lets a role read what the job writes. */
  public grantReadArtifacts(role: IRole): (Grant | undefined)[] {
    return [this.props.outputLocation._grantDownload(role), this.props.outputEncryptionKey && grantKey(this.props.outputEncryptionKey, role, 'kms:Decrypt')];
  }

  protected locations() {
    const { featureSpecification, outputLocation, trainingData, validation } = this.props;
    return { featureSpecification, outputLocation, 'trainingData.location': trainingData?.location, 'validation.location': validation?._dataset?.location };
  }

  /** The locations that the job reads. */
  private get sources(): S3Location[] {
    const { featureSpecification, trainingData, validation } = this.props;
    return [trainingData?.location, validation?._dataset?.location, featureSpecification].filter((location) => location !== undefined);
  }

  private checkLocations(problems: Problems): void {
    const { featureSpecification, outputLocation } = this.props;
    for (const [property, location] of Object.entries({ featureSpecification, outputLocation })) {
      if (location?._isArchive) {
        problems.add({ property, allowed: 'is the asset of a folder: one zip file, which the job does not unpack', remedy: 'Use the asset of a file.' });
      }
    }
  }

  protected warn(): void {
    if (this.props.deployment) {
      Annotations.of(this.scope).addWarningV2('cdk-sagemaker-jobs:endpointOutsideStack', [
        'deployment: the service makes an endpoint that is not part of the stack. It stays, and costs money, when the job runs again and when the',
        'stack is deleted, until you delete it. To have it in the stack, leave out deployment and make an AutoMLModel, whose modelName goes into an',
        'AWS::SageMaker::EndpointConfig.',
      ].join(' '));
    }
  }

  protected grants(): (Grant | undefined)[] {
    const { grantee, role } = this;
    const { outputLocation, trainingData, validation } = this.props;
    const readArtifacts = outputLocation._grantDownload(grantee);
    const manifests = [trainingData, validation?._dataset].filter((dataset) => dataset?._isManifest).map((dataset) => dataset!.location);
    if (manifests.length > 0) {
      const grants = [readArtifacts, ...manifests.map((manifest) => manifest._grantDownload(grantee))];
      warnOfUnknownData(this.scope, role, 'the objects that the manifest lists', grants);
    }
    return [
      ...this.sources.map((source) => source._grantDownload(grantee)),
      readArtifacts,
      outputLocation._grantUpload(grantee),
      grantServiceImages(this.scope, grantee),
      // The jobs that Autopilot starts write to the log groups of their kinds.
      this.grantLogs('/aws/sagemaker/*', '*'),
      ...grantWhatAutopilotDoes(this.scope, role, grantee),
    ];
  }
}
