/**
 * The contract between constructs and handler: the constructs write it into the template, the handler reads it from the event.
 *
 * Stacks deployed with an older version of the library send its properties for ever (as old properties, and
 * on delete), so a change of meaning needs a new version here, and the handler keeps understanding the earlier ones.
 */
export const CONTRACT_VERSION = '1';

/** The kinds of job, named by their custom resource types. A model of a best candidate lives like a job that completes as soon as it is created. */
export const PROCESSING_JOB = 'Custom::SageMakerProcessingJob';
export const AUTOML_JOB = 'Custom::SageMakerAutoMLJob';
export const AUTOML_JOB_V2 = 'Custom::SageMakerAutoMLJobV2';
export const AUTOML_MODEL = 'Custom::SageMakerAutoMLModel';

/** A completion: it waits until its job has ended. */
export const JOB_COMPLETION = 'Custom::SageMakerJobCompletion';

/** The prefix of the ownership tags, which say whose a job is. The Create call itself writes them. */
export const OWNERSHIP_TAG_PREFIX = 'cdk-sagemaker-jobs:';
export const STACK_TAG = `${OWNERSHIP_TAG_PREFIX}stack`;
export const RESOURCE_TAG = `${OWNERSHIP_TAG_PREFIX}resource`;
export const DEFINITION_TAG = `${OWNERSHIP_TAG_PREFIX}definition`;
export const REQUEST_TAG = `${OWNERSHIP_TAG_PREFIX}request`;

/** The tag that names the former owner of a disowned job, for people. */
export const FORMERLY_TAG = `${OWNERSHIP_TAG_PREFIX}formerly`;

/** A generated name is the prefix, a hyphen, and this many characters of a hash. */
export const NAME_HASH_LENGTH = 10;

/** The longest wait of one completion resource. CloudFormation gives up on a custom resource after an hour. */
export const MAX_WAIT_SECONDS = 3540;

/** What happens to a job that is let go. With RETAIN, it may still be running. */
export type JobRemovalPolicy = 'STOP' | 'DELETE' | 'RETAIN';

/** A tag as CloudFormation and the service write it. */
export interface JobTag {
  readonly Key: string;
  readonly Value: string;
}

/** The properties of a job's custom resource. CloudFormation turns every number and boolean in them into a string. */
export interface JobProperties {
  readonly ContractVersion: string;
  /** The prefix from which the name is generated. Exactly one of this and `JobName` is set. */
  readonly JobNamePrefix?: string;
  /** The given name. */
  readonly JobName?: string;
  readonly RerunTrigger?: string;
  readonly RemovalPolicy: JobRemovalPolicy;
  /** The security group that was made for the job. It can be deleted only after the job's network interfaces. */
  readonly SecurityGroupId?: string;
  /** The security groups of the app that were given to the job, and that others may use. */
  readonly GivenSecurityGroupIds?: readonly string[];
  /** The user's tags; the ownership tags come on top. */
  readonly Tags?: readonly JobTag[];
  /** The API request as the service spells it, without the job's name and tags. */
  readonly Request: Record<string, unknown>;
  /**
   * The types of numbers and booleans at paths of the request that the service model does not know, such as
   * `AppSpecification.NewMember`, as `pathOf()` writes them. They arrive as strings.
   */
  readonly UnmodeledTypes?: Record<string, 'number' | 'boolean'>;
}

/** Writes the path of a member, such as `Outer.0.Inner`. A period of a name has a backslash before it, as has a backslash. */
export function pathOf(steps: readonly (string | number)[]): string {
  return steps.map((step) => String(step).replace(/[.\\]/g, '\\$&')).join('.');
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

/** The input with which the function starts the state machine. */
export interface Execution<Event> {
  /** The ARN of the function. Passing it here avoids a cycle in the template. */
  readonly Function: string;
  readonly Event: Event;
  /** When to stop trying to look, in ISO 8601. */
  readonly GiveUpAt: string;
  readonly Step: Step;
}

/** The result of an invocation, for the state machine. */
export interface Step {
  /** Whether the event is done: CloudFormation has its answer, or no longer accepts one. */
  readonly IsAnswered: boolean;
  /** Seconds until the next look. */
  readonly Pause: number;
  /** The most seconds that the next look may take. */
  readonly Timeout: number;
}

/** Why the state machine gives up, in the terms of Step Functions. */
export interface Failure {
  readonly Error: string;
  readonly Cause: string;
}
