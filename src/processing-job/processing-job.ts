import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { ProcessingJobReference } from 'aws-cdk-lib/aws-sagemaker';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IDependable } from 'constructs';
import { eventRule, forStateChange } from './events';
import { ProcessingJobGrants } from './grants';
import { ImportedProcessingJob } from './imported-processing-job';
import { ProcessingInput } from './input';
import { logGroupOf, metricOf } from './metrics';
import { ProcessingOutput } from './output';
import { PROCESSING, ProcessingDefinition } from './processing-definition';
import { ProcessingJobDefinition } from './processing-job-definition';
import { IProcessingJob, ProcessingJobMetricOptions } from './processing-job-interface';
import { ProcessingJobProps } from './processing-job-props';
import { existingByArn, existingByName } from '../job/job-arns';
import { JobBase } from '../job/job-base';
import { JobNames } from '../job/job-names';
import { S3Location } from '../job/s3-location';
import { instanceOf } from '../validation/value-types';

const KIND = {
  ...PROCESSING,
  properties: {
    ...PROCESSING.properties,
    definition: instanceOf(ProcessingJobDefinition, "Use new ProcessingJobDefinition(this, 'Definition', …)."),
  },
};

/**
 * A processing job that the deployment runs.
 *
 * The job runs when it is created, and again when its definition or `rerunTrigger` changes. Changes of tags or of other resources and
 * rollbacks do not run it. By default the deployment does not wait for the job: see `completionTimeout`.
 *
 * The constructor throws one error with all problems of the properties.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 * @resource AWS::SageMaker::ProcessingJob
 * @example
 *
 * new ProcessingJob(this, 'Prepare', {
 *   image: ProcessingImage.scikitLearn(ScikitLearnVersion.V1_2_1),
 *   code: ProcessingCode.fromAsset('prepare.py'),
 *   inputs: { raw: ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')) },
 *   outputs: { train: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'train/')) },
 *   instanceType: ProcessingInstanceType.M5_XLARGE,
 * });
 */
export class ProcessingJob extends JobBase implements IProcessingJob {
  /**
   * Imports a processing job by its ARN.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param processingJobArn - the ARN, such as `arn:aws:sagemaker:eu-west-1:123456789012:processing-job/prepare`
   */
  public static fromProcessingJobArn(scope: Construct, id: string, processingJobArn: string): IProcessingJob {
    return new ImportedProcessingJob(scope, id, existingByArn(PROCESSING, scope, processingJobArn));
  }

  /**
   * Imports a processing job of the stack's account and Region by its name.
   *
   * @param scope - the construct's parent
   * @param id - the construct's id
   * @param processingJobName - the job's name
   */
  public static fromProcessingJobName(scope: Construct, id: string, processingJobName: string): IProcessingJob {
    return new ImportedProcessingJob(scope, id, existingByName(PROCESSING, scope, processingJobName));
  }

  /** @internal */
  protected declare readonly _definition: ProcessingDefinition;
  private readonly definition?: ProcessingJobDefinition;

  public readonly grants: ProcessingJobGrants = ProcessingJobGrants._of(() => this._grantedArn);

  constructor(scope: Construct, id: string, props: ProcessingJobProps) {
    super(scope, id, KIND, props, ProcessingDefinition);
    this.definition = props.definition;
    this.definition?._addJob(this);
  }

  /**
   * The end of the job, for what has to come after it: `endpoint.node.addDependency(job.completion)`. A dependency on the job
   * itself waits for its start alone.
   *
   * Reading it makes the deployment wait for the job.
   */
  public get completion(): IDependable {
    return this._completion();
  }

  public get processingJobArn(): string {
    return this._arn;
  }

  public get processingJobName(): string {
    return this._name;
  }

  /**
   * The exit message that the job wrote to `/opt/ml/output/message`, at most 1 KB. Empty if it wrote none.
   *
   * Reading it makes the deployment wait for the job.
   *
   * @attribute
   */
  public get exitMessage(): string {
    return this._completionAttribute('ExitMessage');
  }

  /**
   * The location of an output, as the input of another job. The other job starts when this one has completed, so the deployment waits
   * for this one.
   *
   * @param name - the name of the output
   */
  public outputLocation(name: string): S3Location {
    return this._definition.outputLocation(name)._producedBy(() => this._completion());
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
    this.own('addEnvironment').addEnvironment(name, value);
  }

  /**
   * Adds a secret that the job reads. Its role may read it.
   *
   * @param name - the name of the environment variable that holds the ARN of the secret
   * @param secret - the secret
   */
  public addSecret(name: string, secret: ISecret): void {
    this.own('addSecret').addSecret(name, secret);
  }

  /**
   * Adds an input.
   *
   * @param name - the name of the input
   * @param input - the input
   */
  public addInput(name: string, input: ProcessingInput): void {
    this.own('addInput').addInput(name, input);
  }

  /**
   * Adds an output.
   *
   * @param name - the name of the output
   * @param output - the output
   */
  public addOutput(name: string, output: ProcessingOutput): void {
    this.own('addOutput').addOutput(name, output);
  }

  /**
   * The names of the job's runs.
   *
   * @internal
   */
  public get _runNames(): JobNames {
    return this._names;
  }

  /**
   * Makes the job start after a rule, for the first event is sent when the job starts.
   *
   * @internal
   */
  public _startAfter(rule: Rule): void {
    this._startAfterRule(rule, '$.detail.ProcessingJobName');
  }

  /** The definition, for additions to it. */
  private own(method: string): ProcessingDefinition {
    if (this.definition !== undefined) {
      throw new Error(`${this.node.path}.${method}: the job runs the definition '${this.definition.node.path}', which others can run. Add it there.`);
    }
    return this._definition;
  }

  public get processingJobRef(): ProcessingJobReference {
    return { processingJobArn: this.processingJobArn };
  }

  public get logGroup(): ILogGroup {
    return logGroupOf(this);
  }

  /**
   * @param metricName - such as `CPUUtilization`
   * @param options - options such as the period and the statistic
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  public metric(metricName: string, options?: ProcessingJobMetricOptions): Metric {
    return metricOf(this, metricName, options, this._definition.mostInstances);
  }

  /**
   * @param options - options such as the period and the statistic
   */
  public metricCpuUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('CPUUtilization', options);
  }

  /**
   * @param options - options such as the period and the statistic
   */
  public metricDiskUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('DiskUtilization', options);
  }

  /**
   * @param options - options such as the period and the statistic
   */
  public metricGpuMemoryUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('GPUMemoryUtilization', options);
  }

  /**
   * @param options - options such as the period and the statistic
   */
  public metricGpuUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('GPUUtilization', options);
  }

  /**
   * @param options - options such as the period and the statistic
   */
  public metricMemoryUtilization(options?: ProcessingJobMetricOptions): Metric {
    return this.metric('MemoryUtilization', options);
  }

  /**
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  public onCompleted(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options), 'Completed');
  }

  /**
   * @param id - the id of the rule
   * @param options - options such as the target
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
   */
  public onEvent(id: string, options?: OnEventOptions): Rule {
    const rule = eventRule(this, [this._names.matcher], id, options);
    this._startAfter(rule);
    return rule;
  }

  /**
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  public onFailed(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options), 'Failed');
  }

  /**
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  public onStateChange(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options));
  }

  /**
   * @param id - the id of the rule
   * @param options - options such as the target
   */
  public onStopped(id: string, options?: OnEventOptions): Rule {
    return forStateChange(this.onEvent(id, options), 'Stopped');
  }
}
