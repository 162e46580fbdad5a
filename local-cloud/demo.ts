/**
 * Deploys examples/penguins to a local cloud, and shows what happens to its job during the life of the stack. Then it deploys
 * examples/nightly, and shows the other ways to run a job.
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { check, demonstrate, detail, say, seconds } from './demo-output';
import { WaysDemo } from './demo-ways';
import { LocalCloud } from './local-cloud';
import { JobRecord } from './sagemaker-control';
import { PenguinsStack } from '../examples/penguins/penguins-stack';

const STACK = 'Penguins';
const SCRIPT = join(__dirname, '../examples/penguins/prepare.py');

class Demo {
  private apps = 0;

  constructor(private readonly cloud: LocalCloud) {}

  async run(): Promise<void> {
    await this.firstDeployment();
    await this.nothingChanged();
    await this.changedScript();
    await this.brokenScript();
    await this.destruction();
  }

  private async firstDeployment(): Promise<void> {
    say('\n1. Deploy examples/penguins: its job starts, and the deployment waits for it');
    const result = await this.cloud.deploy(this.app(), STACK);
    check(result.ok, `the deployment to succeed, but: ${result.reason}`);
    say(`  ✓ deployed (${seconds(result.seconds)})`);
    await this.showJob(1);
    const { TrainingData } = await this.cloud.stacks.outputs(STACK);
    const file = `${TrainingData}train.csv`;
    const lines = (await this.cloud.s3.read(file)).trim().split('\n');
    check(lines.length > 200, `more than 200 lines in ${file}, but there are ${lines.length}`);
    detail('output', file);
    lines.slice(0, 3).forEach((line) => detail('', line));
  }

  private async nothingChanged(): Promise<void> {
    say('\n2. Deploy again, with nothing changed');
    const result = await this.cloud.deploy(this.app(), STACK);
    check(result.ok && !result.changed, `no changes, but: ${result.reason ?? 'there were some'}`);
    check((await this.creations()) === 1, 'no other job to be started');
    say(`  ✓ nothing to do: no job was started (${seconds(result.seconds)})`);
  }

  private async changedScript(): Promise<void> {
    say('\n3. Change the script to keep 30 % for the test: the job runs again');
    const before = await this.currentJob();
    const result = await this.cloud.deploy(this.app('TEST_SHARE = 0.2', 'TEST_SHARE = 0.3'), STACK);
    check(result.ok, `the deployment to succeed, but: ${result.reason}`);
    check((await this.currentJob()).ProcessingJobName !== before.ProcessingJobName, 'another job');
    say(`  ✓ deployed (${seconds(result.seconds)})`);
    await this.showJob(2);
  }

  private async brokenScript(): Promise<void> {
    say("\n4. Break the script (stratify=clean['specie']): the deployment fails with the script's own error");
    const before = await this.currentJob();
    const result = await this.cloud.deploy(this.app("stratify=clean['species']", "stratify=clean['specie']"), STACK);
    check(!result.ok, 'the deployment to fail');
    check(result.reason?.includes("KeyError: 'specie'") === true, `the script's error in the reason, but it is: ${result.reason}`);
    say(`  ✓ failed, as it should (${seconds(result.seconds)}):`);
    reasonLines(result.reason).forEach((line) => say(`    │ ${line}`));
    const status = await this.cloud.stacks.status(STACK);
    check(status === 'UPDATE_ROLLBACK_COMPLETE', `the stack to be rolled back, but it is ${status}`);
    check((await this.currentJob()).ProcessingJobName === before.ProcessingJobName, 'the stack to be back at its earlier job');
    check((await this.creations()) === 3, 'the rollback to start no job');
    say(`  ✓ rolled back to ${before.ProcessingJobName}, without running it again`);
  }

  private async destruction(): Promise<void> {
    say('\n5. Destroy the stack');
    const result = await this.cloud.destroy(this.app(), STACK);
    check(result.ok, `the stack to be destroyed, but: ${result.reason}`);
    const running = (await this.cloud.sagemaker.jobs()).filter((job) => ['InProgress', 'Stopping'].includes(job.ProcessingJobStatus));
    check(running.length === 0, `nothing to be running, but there is ${running.map((job) => job.ProcessingJobName).join(', ')}`);
    say(`  ✓ destroyed, and no job is running (${seconds(result.seconds)})`);
  }

  /** The example as it is, or with a change in its script. */
  private app(text = '', replacement = ''): App {
    this.apps += 1;
    const script = join(this.cloud.folder, 'prepare.py');
    const original = readFileSync(SCRIPT, 'utf8');
    check(original.includes(text), `the text ${text} in prepare.py`);
    writeFileSync(script, original.replace(text, replacement));
    const app = new App({ outdir: join(this.cloud.folder, `app-${this.apps}`) });
    new PenguinsStack(app, STACK, { script });
    return app;
  }

  private async creations(): Promise<number> {
    return (await this.cloud.sagemaker.calls('CreateProcessingJob')).length;
  }

  private async currentJob(): Promise<JobRecord> {
    const { JobName } = await this.cloud.stacks.outputs(STACK);
    const job = (await this.cloud.sagemaker.jobs()).find((each) => each.ProcessingJobName === JobName);
    check(job !== undefined, `a job named ${JobName}`);
    return job;
  }

  private async showJob(creations: number): Promise<void> {
    const job = await this.currentJob();
    const { ExitMessage } = await this.cloud.stacks.outputs(STACK);
    check((await this.creations()) === creations, `${creations} started jobs so far`);
    check(job.ProcessingJobStatus === 'Completed', `a completed job, but it is ${job.ProcessingJobStatus}`);
    check(job.ExitMessage === ExitMessage, `the job's exit message as an output of the stack, but that is ${ExitMessage}`);
    detail('job', job.ProcessingJobName);
    detail('status', `${job.ProcessingJobStatus} (${seconds(job.ProcessingEndTime! - job.CreationTime)})`);
    detail('message', ExitMessage);
  }
}

/** The lines of a reason that say what happened and show the error of the script. */
function reasonLines(reason: string): string[] {
  const lines = reason.split('\n');
  return [lines[0], '…', ...lines.filter((line) => line.includes('KeyError')).slice(-1)].map((line) => line.trim());
}

void demonstrate(async (cloud) => {
  await new Demo(cloud).run();
  await cloud.sagemaker.reset();
  await new WaysDemo(cloud).run();
});
