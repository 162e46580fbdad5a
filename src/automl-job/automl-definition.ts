import { Annotations, Duration } from 'aws-cdk-lib';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AutoMLJobProps, AutoMLJobRemovalPolicy } from './automl-job-props';
import { grantWhatAutopilotDoes } from './autopilot-grants';
import { AUTOML_JOB_MEMBERS, AUTOML_JOB_PROPERTIES } from './members';
import { renderRequest } from './render-request';
import { autoMLJobRules } from './rules';
import { grantServiceImages } from './service-images';
import { JobDefinition } from '../job/job-definition';
import { JobKind } from '../job/job-kind';
import { ElementNames } from '../job/property-problems';
import { S3Location } from '../job/s3-location';
import { warnOfUnknownData } from '../job/unknown-data';
import { AUTOML_JOB } from '../provider/contract';
import { PROVIDED_KINDS } from '../provider/kinds';
import { CreateAutoMLJobRequest } from '../service-model/requests';
import { Problems } from '../validation/problems';

export const AUTOML: JobKind<CreateAutoMLJobRequest> = {
  ...PROVIDED_KINDS[AUTOML_JOB],
  className: 'AutoMLJob',
  noun: 'SageMaker AutoML job',
  documentation: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html',
  nameMember: 'AutoMLJobName',
  members: AUTOML_JOB_MEMBERS,
  properties: AUTOML_JOB_PROPERTIES,
  rules: autoMLJobRules,
  removalPolicy: AutoMLJobRemovalPolicy.STOP,
};

/** The definition of an AutoML job. */
export class AutoMLDefinition extends JobDefinition<AutoMLJobProps> {
  constructor(scope: Construct, props: AutoMLJobProps, problems: Problems) {
    // Autopilot decides how many instances it uses, so there may be several.
    super(scope, AUTOML, props, true, problems);
    this.sources.forEach(({ _producer }) => this.readAfter(_producer));
    this.checkLocations(problems);
    this.warnOfMisspelt('trainingData', props.trainingData?._misspelt);
    this.warnOfMisspelt('validation', props.validation?._dataset?._misspelt);
    this.warnOfMisspelt('mode', props.mode?._misspelt);
  }

  public render(): CreateAutoMLJobRequest {
    return renderRequest(this.props, this.role, this.network);
  }

  public get longestRuntime(): Duration | undefined {
    return this.props.maxRuntime;
  }

  public get hasBestCandidate(): boolean {
    // Only CloudFormation knows the value of a token.
    return this.props.generateCandidateDefinitionsOnly !== true;
  }

  /** Lets a role read what the job writes. */
  public grantReadArtifacts(role: IRole): (Grant | undefined)[] {
    return [this.props.outputLocation._grantDownload(role), this.props.outputEncryptionKey?.grant(role, 'kms:Decrypt')];
  }

  protected elements(): ElementNames {
    return { InputDataConfig: ['trainingData', 'validation'] };
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
