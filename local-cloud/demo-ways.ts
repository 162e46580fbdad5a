import { join } from 'path';
import { App, Duration } from 'aws-cdk-lib';
import { check, detail, say, seconds } from './demo-output';
import { LocalCloud } from './local-cloud';
import { JobRecord } from './sagemaker-control';
import { NightlyStack } from '../examples/nightly/nightly-stack';
import { ProcessingJob } from '../src';

const STACK = 'Nightly';
const DAYS = { '2026-11-25': 'kind\na\nb\n', '2026-11-26': 'kind\na\nb\nc\n' };
const THREE_IN_THE_MORNING = new Date('2026-11-27T03:00:00Z');

/** Deploys examples/nightly, and runs its definition in every way that there is. */
export class WaysDemo {
  private apps = 0;
  private shown = 0;

  constructor(private readonly cloud: LocalCloud) {}

  async run(): Promise<void> {
    await this.deployment();
    await this.arrival();
    await this.twoDays();
    await this.schedule();
    await this.inADeployment();
  }

  private async deployment(): Promise<void> {
    say('\n6. Deploy examples/nightly: what a job runs, a state machine, a schedule, and a rule for objects that arrive');
    const took = await this.deploy();
    check((await this.cloud.sagemaker.jobs()).length === 0, 'no job to be started');
    say(`  ✓ deployed: no job runs yet (${took})`);
  }

  private async arrival(): Promise<void> {
    say('\n7. Two files arrive in the bucket: each starts a job');
    for (const [day, rows] of Object.entries(DAYS)) {
      await this.cloud.s3.write(`${await this.bucket()}raw/${day}/rows.csv`, rows);
    }
    await this.showJobs(2);
  }

  private async twoDays(): Promise<void> {
    const input = { days: Object.keys(DAYS) };
    say(`\n8. Run the state machine with two days: ${JSON.stringify(input)}`);
    const { OfDaysArn } = await this.cloud.stacks.outputs(STACK);
    const { cause, status } = await this.cloud.stateMachines.run(OfDaysArn, input);
    check(status === 'SUCCEEDED', `the execution to succeed, but: ${cause}`);
    await this.showJobs(2);
  }

  private async schedule(): Promise<void> {
    say('\n9. It is three in the morning: the schedule starts a job, with no function in between');
    const [schedule] = await this.cloud.schedules.names(STACK);
    await this.cloud.schedules.due(schedule, THREE_IN_THE_MORNING);
    await this.showJobs(1);
  }

  private async inADeployment(): Promise<void> {
    say('\n10. Add a ProcessingJob of the same definition: it runs in the deployment, which waits for it');
    const took = await this.deploy((stack) => new ProcessingJob(stack, 'Now', { definition: stack.count, completionTimeout: Duration.minutes(5) }));
    say(`  ✓ deployed (${took})`);
    await this.showJobs(1);
  }

  private async deploy(more: (stack: NightlyStack) => void = () => {}): Promise<string> {
    this.apps += 1;
    const app = new App({ outdir: join(this.cloud.folder, `nightly-${this.apps}`) });
    more(new NightlyStack(app, STACK));
    const result = await this.cloud.deploy(app, STACK);
    check(result.ok, `the deployment to succeed, but: ${result.reason}`);
    return seconds(result.seconds);
  }

  private async bucket(): Promise<string> {
    return `s3://${(await this.cloud.stacks.outputs(STACK)).BucketName}/`;
  }

  /** Waits for so many more jobs, and shows what each has read and written. */
  private async showJobs(count: number): Promise<void> {
    const jobs = (await this.endedJobs(this.shown + count)).slice(this.shown);
    this.shown += count;
    const bucket = await this.bucket();
    for (const { ProcessingJobName, ProcessingJobStatus, Request } of jobs) {
      check(ProcessingJobStatus === 'Completed', `${ProcessingJobName} to complete, but it is ${ProcessingJobStatus}`);
      const report = `${Request.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri}report.json`;
      detail('job', ProcessingJobName);
      detail('report', `${report.replace(bucket, '')}: ${await this.cloud.s3.read(report)}`);
    }
  }

  private async endedJobs(count: number): Promise<JobRecord[]> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const jobs = await this.cloud.sagemaker.jobs();
      if (jobs.length >= count && jobs.every(({ ProcessingEndTime }) => ProcessingEndTime !== undefined)) {
        return jobs;
      }
      check(Date.now() < deadline, `${count} jobs to have ended, but there are ${jobs.length}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
