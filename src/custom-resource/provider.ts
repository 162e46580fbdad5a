import * as path from 'path';
import { Aws, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, determineLatestNodeRuntime, Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { POLL_SECONDS } from './contract';

const CONSTRUCT_ID = 'SageMakerJobProvider';

/** What the provider needs to know of a kind of job. */
export interface ProvidedKind {
  /** The type of its custom resource. */
  readonly type: string;
  /** What ARNs call it: `processing-job`. */
  readonly arnResource: string;
  /** What the provider calls, besides the tags. */
  readonly actions: readonly string[];
  /** Where jobs of this kind write their logs, under streams that begin with their names. */
  readonly logGroup?: string;
}

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
  private readonly role: IRole;
  private readonly names = new Map<string, Set<string>>();
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
    this.role = isCompleteHandler.role!;
    this.allowEveryKind();
    this.serviceToken = new Provider(this, 'Framework', {
      onEventHandler: handler('OnEvent', 'onEvent', 'Accepts the events of SageMaker jobs of this stack'),
      isCompleteHandler,
      queryInterval: Duration.seconds(POLL_SECONDS),
      totalTimeout: Duration.hours(1),
      logGroup,
    }).serviceToken;
  }

  /**
   * Lets the provider run jobs.
   *
   * @param kind - the kind of job
   * @param namePattern - the job's name, or a pattern of names that this stack alone gives
   * @param role - the execution role, which is passed to the job
   */
  public allow(kind: ProvidedKind, namePattern: string, role: IRole): void {
    this.roleArns.add(role.roleArn);
    const names = this.names.get(kind.type);
    if (names) {
      names.add(namePattern);
    } else {
      this.names.set(kind.type, new Set([namePattern]));
      this.allowKind(kind, this.names.get(kind.type)!);
    }
  }

  private allowEveryKind(): void {
    this.role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: Lazy.list({ produce: () => [...this.roleArns] }),
      conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }));
    // Only CloudFormation knows whether an update is a rollback.
    this.role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'],
      resources: [Stack.of(this).stackId],
    }));
  }

  private allowKind({ actions, arnResource, logGroup }: ProvidedKind, names: Set<string>): void {
    const jobArn = (resourceName: string) => Stack.of(this).formatArn({ service: 'sagemaker', resource: arnResource, resourceName });
    this.role.addToPrincipalPolicy(new PolicyStatement({
      actions: [...actions, 'sagemaker:AddTags', 'sagemaker:DeleteTags', 'sagemaker:ListTags'],
      resources: Lazy.list({ produce: () => [...names].map(jobArn) }),
    }));
    if (logGroup !== undefined) {
      // The last lines of a failed job's log are part of the reason.
      const logGroupArn = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logGroup}`;
      this.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['logs:DescribeLogStreams'], resources: [`${logGroupArn}:*`] }));
      this.role.addToPrincipalPolicy(new PolicyStatement({
        actions: ['logs:GetLogEvents'],
        resources: Lazy.list({ produce: () => [...names].map((name) => `${logGroupArn}:log-stream:${name}/*`) }),
      }));
    }
  }
}
