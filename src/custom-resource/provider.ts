import * as path from 'path';
import { Aws, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, determineLatestNodeRuntime, Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { POLL_SECONDS } from './contract';

const CONSTRUCT_ID = 'SageMakerJobProvider';

/**
 * Starts, watches and ends the jobs of a stack: one for all of them.
 *
 * What it may do grows with the names and roles that its jobs add, not with the number of jobs.
 */
export class JobProvider extends Construct {
  /** The provider of the stack that a construct is in. */
  public static of(scope: Construct): JobProvider {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(CONSTRUCT_ID) as JobProvider | undefined ?? new JobProvider(stack, CONSTRUCT_ID);
  }

  public readonly serviceToken: string;
  private readonly processingJobNames = new Set<string>();
  private readonly roleArns = new Set<string>();

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const handler = (handlerId: string, name: string, description: string) => new Function(this, handlerId, {
      code: Code.fromAsset(path.join(__dirname, '..', '..', 'assets', 'handler')),
      handler: `index.${name}`,
      description,
      logGroup,
      memorySize: 256,
      runtime: determineLatestNodeRuntime(this),
      timeout: Duration.minutes(2),
    });
    const isCompleteHandler = handler('IsComplete', 'isComplete', 'Starts, watches and ends the SageMaker jobs of this stack');
    this.permissions().forEach((statement) => isCompleteHandler.addToRolePolicy(statement));
    this.serviceToken = new Provider(this, 'Framework', {
      onEventHandler: handler('OnEvent', 'onEvent', 'Accepts the events of SageMaker jobs of this stack'),
      isCompleteHandler,
      queryInterval: Duration.seconds(POLL_SECONDS),
      totalTimeout: Duration.hours(1),
      logGroup,
    }).serviceToken;
  }

  /**
   * Lets the provider run a processing job.
   *
   * @param namePattern - the job's name, or a pattern of names that this stack alone gives
   * @param role - the execution role, which is passed to the job
   */
  public allowProcessingJob(namePattern: string, role: IRole): void {
    this.processingJobNames.add(namePattern);
    this.roleArns.add(role.roleArn);
  }

  private permissions(): PolicyStatement[] {
    const stack = Stack.of(this);
    const jobArn = (resourceName: string) => stack.formatArn({ service: 'sagemaker', resource: 'processing-job', resourceName });
    const streamsOf = (name: string) => `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws/sagemaker/ProcessingJobs:log-stream:${name}/*`;
    return [
      new PolicyStatement({
        actions: ['Create', 'Describe', 'Stop', 'Delete'].map((verb) => `sagemaker:${verb}ProcessingJob`)
          .concat('sagemaker:AddTags', 'sagemaker:DeleteTags', 'sagemaker:ListTags'),
        resources: Lazy.list({ produce: () => [...this.processingJobNames].map(jobArn) }),
      }),
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: Lazy.list({ produce: () => [...this.roleArns] }),
        conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      }),
      // Only CloudFormation knows whether an update is a rollback.
      new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [stack.stackId] }),
      // The last lines of a failed job's log are part of the reason.
      new PolicyStatement({
        actions: ['logs:DescribeLogStreams'],
        resources: [`arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws/sagemaker/ProcessingJobs:*`],
      }),
      new PolicyStatement({
        actions: ['logs:GetLogEvents'],
        resources: Lazy.list({ produce: () => [...this.processingJobNames].map(streamsOf) }),
      }),
    ];
  }
}
