import { Aws, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ISchedule, IScheduleTarget, ScheduleTargetConfig, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ProcessingJobDefinition } from './processing-job-definition';
import { A_DEFINITION, ProcessingJobRunOptions, ProcessingRun } from './processing-run';
import { SCHEDULER } from './run-language';
import { isMutable } from '../cdk/cdk-internals';
import { differs, environmentOf, otherAccount, otherRegion, partitionProblem } from '../cdk/environment';
import { checkRole, checkTrust } from '../job/given-resources';
import { warnOfMissingGrants } from '../job/missing-grants';
import { Problems, requireType, requireTypeIfGiven, sentence } from '../validation/problems';
import { A_DURATION, A_ROLE, A_STRUCTURE, having } from '../validation/value-types';

/**
 * Options of a schedule's target.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html
 */
export interface ProcessingJobTargetOptions extends ProcessingJobRunOptions {
  /**
   * The queue that gets what could not be started.
   *
   * @default - what could not be started is lost
   */
  readonly deadLetterQueue?: IQueue;

  /**
   * How long the scheduler may retry: 1 minute to 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly maxEventAge?: Duration;

  /**
   * How often the scheduler tries again when it could not start a job: 0 to 185 times.
   *
   * Each attempt has a new name. If only the answer of the service was lost, a retry starts a second job.
   *
   * @default 0
   */
  readonly retryAttempts?: number;

  /**
   * The role that the scheduler assumes. It is granted what it needs.
   *
   * @default - a role for each schedule that may start the jobs of the definition, and no others
   */
  readonly role?: IRole;
}

const A_QUEUE = having('a queue', 'Use an sqs.Queue, or Queue.fromQueueArn(…).', 'queueArn', 'grantSendMessages');

const OTHER_OPTIONS = ['deadLetterQueue', 'maxEventAge', 'retryAttempts', 'role'];

/**
 * Runs a processing job on a schedule of EventBridge Scheduler, without a function in between.
 *
 * Each run has a new name. Texts can have attributes of the schedule: `<aws.scheduler.scheduled-time>` is the time for which the run was
 * scheduled, such as `2026-11-26T03:00:00Z`.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 * @example
 *
 * new scheduler.Schedule(this, 'EveryNight', {
 *   schedule: scheduler.ScheduleExpression.cron({ hour: '3', minute: '0' }),
 *   target: new ProcessingJobTarget(definition, { environment: { TIME: '<aws.scheduler.scheduled-time>' } }),
 * });
 */
export class ProcessingJobTarget implements IScheduleTarget {
  private readonly options: ProcessingJobTargetOptions;

  constructor(private readonly definition: ProcessingJobDefinition, options: ProcessingJobTargetOptions = {}) {
    requireType('ProcessingJobTarget', 'definition', definition, A_DEFINITION);
    requireTypeIfGiven('ProcessingJobTarget', 'options', options, A_STRUCTURE);
    this.options = options ?? {};
  }

  /**
   * Used by the schedule. Throws one error with all problems of the options.
   *
   * @param _schedule - the schedule
   */
  // Named as in the interface: Python's type checkers compare the names of parameters.
  public bind(_schedule: ISchedule): ScheduleTargetConfig {
    const { deadLetterQueue, maxEventAge, retryAttempts } = this.options;
    const scope = _schedule as unknown as Construct;
    const problems = new Problems();
    this.check(scope, problems);
    const name = `${this.definition.namePrefix}-<aws.scheduler.execution-id>`;
    const run = new ProcessingRun(scope, 'ProcessingJobTarget of', this.definition, this.options, OTHER_OPTIONS, SCHEDULER, name, problems);
    const role = this.options.role ?? this.newRole(_schedule, scope);
    if (this.options.role) {
      scope.node.addValidation({ validate: () => this.problemsOfRole(role) });
    }
    const statements = run.statements();
    statements.forEach((statement) => role.addToPrincipalPolicy(statement));
    const sending = deadLetterQueue?.grantSendMessages(role);
    if (!isMutable(role)) {
      warnOfMissingGrants(scope, `the schedule '${scope.node.path}'`, 'the schedule', [...statements, ...sending?.principalStatements ?? []]);
    }
    return {
      arn: `arn:${Aws.PARTITION}:scheduler:::aws-sdk:sagemaker:createProcessingJob`,
      role,
      // The definition and its tags can still change.
      input: ScheduleTargetInput.fromObject(Lazy.any({ produce: () => run.request })),
      retryPolicy: { maximumRetryAttempts: retryAttempts ?? 0, maximumEventAgeInSeconds: maxEventAge?.toSeconds() },
      deadLetterConfig: deadLetterQueue && { arn: deadLetterQueue.queueArn },
    };
  }

  private problemsOfRole(role: IRole): string[] {
    const problems = new Problems();
    checkTrust(role, problems, 'scheduler.amazonaws.com', 'EventBridge Scheduler');
    return problems.errors.map(sentence);
  }

  /** Whoever has a schedule of the account's group assumes the role, and no schedule of another account. */
  private newRole(schedule: ISchedule, scope: Construct): Role {
    const group = schedule.scheduleGroup?.scheduleGroupArn
      ?? schedule.stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' });
    return new Role(scope, 'TargetRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': schedule.stack.account, 'aws:SourceArn': group } },
      }),
    });
  }

  private check(scope: Construct, problems: Problems): void {
    const { deadLetterQueue, maxEventAge, retryAttempts, role } = this.options;
    problems.expect('retryAttempts', retryAttempts, {
      name: 'a whole number from 0 to 185', test: (count) => Number.isInteger(count) && count >= 0 && count <= 185, remedy: () => 'Leave it out for none.',
    });
    if (problems.expect('maxEventAge', maxEventAge, A_DURATION) !== undefined && !maxEventAge!.isUnresolved()) {
      problems.expect('maxEventAge', maxEventAge, {
        name: '1 minute to 24 hours, in whole seconds',
        test: (age: Duration) => {
          const seconds = age.toSeconds({ integral: false });
          return Number.isInteger(seconds) && seconds >= 60 && seconds <= 86_400;
        },
        show: (age: Duration) => age.toHumanString(),
        remedy: () => 'Use Duration.hours(1), for example.',
      });
    }
    if (role && problems.expect('role', role, A_ROLE)) {
      checkRole(scope, role, problems);
    }
    if (problems.expect('deadLetterQueue', deadLetterQueue, A_QUEUE)) {
      this.checkQueue(scope, deadLetterQueue!, problems);
    }
  }

  private checkQueue(scope: Construct, queue: IQueue, problems: Problems): void {
    const property = 'deadLetterQueue';
    const region = otherRegion(scope, environmentOf(queue)?.region);
    const own = Stack.of(scope).account;
    const account = environmentOf(queue)?.account;
    const ofPartition = partitionProblem(scope, queue.queueArn);
    if (ofPartition) {
      problems.add({ property, ...ofPartition });
    } else if (queue.fifo === true || region !== undefined) {
      problems.add({
        property,
        allowed: `must be a standard queue in the Region of the schedule, and is ${region === undefined ? 'a FIFO queue' : `in ${region}`}`,
        remedy: 'Use a new sqs.Queue, for example.',
      });
    } else if (otherAccount(scope, queue) !== undefined) {
      problems.add({
        property,
        allowed: `is a queue of the account ${account}, and has no name that the role of the schedule could be given before it exists`,
        remedy: `Use one of the account ${own}, or import it: Queue.fromQueueArn(…).`,
      });
    } else if (differs(own, account)) {
      problems.add({
        property,
        allowed: `is a queue of the account ${account}, whose policy was not changed`,
        remedy: 'Let the role of the schedule send messages to it there, and acknowledge this warning.',
        warning: 'cdk-sagemaker-jobs:queueOfAnotherAccount',
      });
    }
  }
}
