import { ITaggableV2, Resource, TagManager } from 'aws-cdk-lib';
import { MathExpression, MathExpressionOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { eventRule, forStateChange } from './events';
import { ProcessingInput } from './input';
import { PROCESSING_JOB_DEFINITION_PROPERTIES } from './members';
import { PROCESSING_JOBS } from './metrics';
import { ProcessingOutput } from './output';
import { PROCESSING, ProcessingDefinition } from './processing-definition';
import { ProcessingJobDefinitionProps } from './processing-job-definition-props';
import { RUN_PROPERTIES } from '../job/job-base';
import { JobKind, namePropertyOf } from '../job/job-kind';
import { JobNames } from '../job/job-names';
import { tagManagerOf, tagsOf } from '../job/tags';
import { JobTag, NAME_HASH_LENGTH } from '../provider/contract';
import { addWarnings, Problems, sentence } from '../validation/problems';
import { checked } from '../validation/value-types';

/** The names of runs end with a UUID where no deployment starts them. */
const UUID_LENGTH = 36;

const KIND: JobKind = {
  ...PROCESSING,
  className: 'ProcessingJobDefinition',
  properties: PROCESSING_JOB_DEFINITION_PROPERTIES,
  longestName: PROCESSING.longestName - UUID_LENGTH + NAME_HASH_LENGTH,
  longestStackPart: 13,
};

/** A job that runs a definition during a deployment. */
interface DeployedJob {
  readonly _runNames: JobNames;
  _startAfter(rule: Rule): void;
}

/**
 * What a processing job runs: image, code, inputs and outputs, with the role, the network and all checks. It starts nothing.
 *
 * Run it during a deployment (`ProcessingJob`), as a state of a state machine (`RunProcessingJob`), or on a schedule
 * (`ProcessingJobTarget`): it is checked and granted once.
 *
 * The constructor throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 * @example
 *
 * const prepare = new ProcessingJobDefinition(this, 'Prepare', {
 *   image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
 *   code: ProcessingCode.fromAsset('prepare.py'),
 *   inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')) },
 *   outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')) },
 *   instanceType: ProcessingInstanceType.M5_XLARGE,
 * });
 * new ProcessingJob(this, 'Now', { definition: prepare });
 */
export class ProcessingJobDefinition extends Resource implements IGrantable, IConnectable, ITaggableV2 {
  /** The role that SageMaker runs the jobs as. */
  public readonly role: IRole;
  public readonly grantPrincipal: IPrincipal;
  public readonly cdkTagManager: TagManager;
  /**
   * The prefix of the names of the runs that a state or a schedule starts, without the hyphen at its end. It has at most 26 characters.
   */
  public readonly namePrefix: string;
  /** @internal */
  public readonly _definition: ProcessingDefinition;
  private readonly jobs: DeployedJob[] = [];
  private readonly rules: Rule[] = [];

  constructor(scope: Construct, id: string, props: ProcessingJobDefinitionProps) {
    super(scope, id);
    const problems = new Problems();
    const given = checked(props ?? {}, KIND.properties, problems);
    for (const property of [...RUN_PROPERTIES, namePropertyOf(KIND)].filter((name) => given[name as keyof typeof given] !== undefined)) {
      problems.add({
        property, allowed: 'is no property of a definition, and has no effect', remedy: 'Give it to the job that runs the definition.', warning: 'cdk-sagemaker-jobs:unknownProperty',
      });
    }
    this._definition = new ProcessingDefinition(this, given, problems, KIND);
    this._definition.complete(problems);
    this.role = this._definition.role;
    this.grantPrincipal = this._definition.grantee.grantPrincipal;
    this.namePrefix = this._definition.names.prefix;
    this.cdkTagManager = tagManagerOf(this, KIND);
    this.node.addValidation({ validate: () => this.problemsAtSynth() });
  }

  /** The network connections. Throws when the jobs have no VPC. */
  public get connections(): Connections {
    return this._definition.connections;
  }

  /**
   * Adds an environment variable. Its value must not be a secret: use `addSecret`.
   *
   * Its name has letters, digits and underscores, does not begin with a digit, and has at most 256 characters, as its value has.
   *
   * @param name - the name of the variable
   * @param value - the value of the variable
   */
  public addEnvironment(name: string, value: string): void {
    this._definition.addEnvironment(name, value);
  }

  /**
   * Adds an input.
   *
   * @param name - the name of the input
   * @param input - the input
   */
  public addInput(name: string, input: ProcessingInput): void {
    this._definition.addInput(name, input);
  }

  /**
   * Adds an output.
   *
   * @param name - the name of the output
   * @param output - the output
   */
  public addOutput(name: string, output: ProcessingOutput): void {
    this._definition.addOutput(name, output);
  }

  /**
   * Adds a secret that the jobs read. Their role may read it.
   *
   * @param name - the name of the environment variable that holds the ARN of the secret
   * @param secret - the secret
   */
  public addSecret(name: string, secret: ISecret): void {
    this._definition.addSecret(name, secret);
  }

  /**
   * A metric of all runs, one line for each instance. CloudWatch searches for it by the names of the runs, so it is for dashboards:
   * alarms cannot search.
   *
   * @param metricName - such as `CPUUtilization`
   * @param options - options such as the period and the label
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
   */
  public metric(metricName: string, options?: MathExpressionOptions): MathExpression {
    // Without quotes, a term finds what contains it, and with quotes, what equals it. A host is the name of a run, and the instance.
    const hosts = this.runNames.map(({ given, prefix }) => `Host=${given ?? prefix}`);
    return new MathExpression({
      expression: `SEARCH('{"${PROCESSING_JOBS}",Host} MetricName="${metricName}" (${hosts.join(' OR ')})', 'Average')`,
      usingMetrics: {},
      ...options,
    });
  }

  /**
   * Makes a rule for runs that complete, wherever they were started.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  public onCompleted(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options), 'Completed');
  }

  /**
   * Makes a rule for all events of the runs, wherever they were started. The same event can be delivered twice.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
   */
  public onEvent(id: string, options?: OnEventOptions): Rule {
    const rule = eventRule(this, this.runNames.map(({ matcher }) => matcher), id, options);
    this.jobs.forEach((job) => job._startAfter(rule));
    this.rules.push(rule);
    return rule;
  }

  /**
   * Makes a rule for runs that fail, wherever they were started.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  public onFailed(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options), 'Failed');
  }

  /**
   * Makes a rule for changes of the status of the runs: InProgress, Completed, Failed, Stopping, Stopped.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  public onStateChange(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options));
  }

  /**
   * Makes a rule for runs that are stopped, including those that the service stops at `maxRuntime`.
   *
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  public onStopped(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options), 'Stopped');
  }

  /**
   * Adds a job that runs this definition, to the rules as well.
   *
   * @internal
   */
  public _addJob(job: DeployedJob): void {
    this.jobs.push(job);
    for (const rule of this.rules) {
      rule.addEventPattern({ detail: { ProcessingJobName: [job._runNames.matcher] } });
      job._startAfter(rule);
    }
  }

  /**
   * The tags of all runs, as the request has them.
   *
   * @internal
   */
  public get _tags(): JobTag[] {
    return tagsOf(this.cdkTagManager);
  }

  /** The names of all runs, wherever they are started. */
  private get runNames(): JobNames[] {
    return [this._definition.names, ...this.jobs.map((job) => job._runNames)];
  }

  private problemsAtSynth(): string[] {
    const problems = new Problems();
    this._definition.checkAtSynth(problems);
    this._definition.checkTags(this._tags, problems);
    this._definition.warnOfMissingGrants();
    addWarnings(this, problems);
    return problems.errors.map(sentence);
  }
}
