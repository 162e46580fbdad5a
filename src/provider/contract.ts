/**
 * What the constructs write into the template and the handler reads from the event.
 *
 * Stacks deployed with an older version of the library send its properties for ever (as old properties, and
 * on delete), so a change of meaning needs a new version here, and the handler keeps understanding the earlier ones.
 */
export const CONTRACT_VERSION = '1';

/** The kinds of job, named by their custom resource types. */
export const PROCESSING_JOB = 'Custom::SageMakerProcessingJob';
export const AUTOML_JOB = 'Custom::SageMakerAutoMLJob';

/** A model of an AutoML job's best candidate: it has the life of a job that has completed as soon as it is there. */
export const AUTOML_MODEL = 'Custom::SageMakerAutoMLModel';

/** Waits, after its job, until that job has ended. */
export const JOB_COMPLETION = 'Custom::SageMakerJobCompletion';

/** The tags that say whose a job is. They are written in the Create call itself. */
export const OWNERSHIP_TAG_PREFIX = 'cdk-sagemaker-jobs:';
export const STACK_TAG = `${OWNERSHIP_TAG_PREFIX}stack`;
export const RESOURCE_TAG = `${OWNERSHIP_TAG_PREFIX}resource`;
export const DEFINITION_TAG = `${OWNERSHIP_TAG_PREFIX}definition`;
export const REQUEST_TAG = `${OWNERSHIP_TAG_PREFIX}request`;

/** Says whose a job was that was let go of. It is for people, and makes the job nobody's. */
export const FORMERLY_TAG = `${OWNERSHIP_TAG_PREFIX}formerly`;

/** A generated name is the prefix, a hyphen, and this many characters of a hash. */
export const NAME_HASH_LENGTH = 10;

/** The longest that one completion resource waits: CloudFormation gives up on a custom resource after an hour. */
export const MAX_WAIT_SECONDS = 3540;

/** What happens to the job when its resource goes: a job that is left alone may still be running. */
export type JobRemovalPolicy = 'STOP' | 'DELETE' | 'RETAIN';

/** A tag as CloudFormation and the service write it. */
export interface JobTag {
  readonly Key: string;
  readonly Value: string;
}

/** The properties of a job's custom resource. CloudFormation turns every number and boolean in them into a string. */
export interface JobProperties {
  readonly ContractVersion: string;
  /** The name is generated from this prefix, … */
  readonly JobNamePrefix?: string;
  /** … or given. Exactly one of the two is set. */
  readonly JobName?: string;
  readonly RerunTrigger?: string;
  readonly RemovalPolicy: JobRemovalPolicy;
  /** The security group that was made for the job: when it goes, the job's network interfaces have to be gone. */
  readonly SecurityGroupId?: string;
  /** The user's tags; the ownership tags come on top. */
  readonly Tags?: readonly JobTag[];
  /** The API request as the service spells it, without the job's name and tags. */
  readonly Request: Record<string, unknown>;
  /**
   * The types of numbers and booleans at paths of the request that the service model does not know, such as
   * `AppSpecification.NewMember`, for they arrive as strings and nothing else could tell.
   */
  readonly UnmodeledTypes?: Record<string, 'number' | 'boolean'>;
}

/** The properties of a completion resource. */
export interface CompletionProperties {
  readonly ContractVersion: string;
  /** The kind of the job: the resource type of the job's custom resource. */
  readonly JobType: string;
  readonly JobName: string;
  /** How long this resource waits for the job to end. At most `MAX_WAIT_SECONDS`. */
  readonly WaitSeconds: string;
  /** What happens when the job has not ended by then: the deployment fails, or the next resource of the chain goes on. */
  readonly OnTimeout: 'FAIL' | 'CONTINUE';
  /** The whole time that the user allowed, for the message. */
  readonly TimeoutSeconds: string;
}

/** What the function starts the state machine with. */
export interface Execution<Event> {
  /** The function itself: the state machine knows it from here, so that neither names the other in the template. */
  readonly Function: string;
  readonly Event: Event;
  /** What cannot be looked at is not tried any more after that, in ISO 8601. */
  readonly GiveUpAt: string;
  readonly Step: Step;
}

/** What a look came to, as the state machine goes on with it. */
export interface Step {
  /** Nothing is left to do: CloudFormation has its answer, or will not take one any more. */
  readonly IsAnswered: boolean;
  /** Seconds until the next look, … */
  readonly Pause: number;
  /** … and the most that it may take. */
  readonly Timeout: number;
}

/** Why the state machine cannot go on, in its own terms. */
export interface Failure {
  readonly Error: string;
  readonly Cause: string;
}
