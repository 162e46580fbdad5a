/**
 * Deploys examples/automl to a local cloud: from a CSV to a model of the best candidate.
 */
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { check, demonstrate, detail, say, seconds } from './demo-output';
import { LocalCloud } from './local-cloud';
import { AutoMLJobRecord } from './sagemaker-control';
import { WeatherStack, WeatherStackProps } from '../examples/automl/weather-stack';
import { AutoMLMulticlassClassificationMetric } from '../src';

const STACK = 'Weather';

class Demo {
  private apps = 0;

  constructor(private readonly cloud: LocalCloud) {}

  async run(): Promise<void> {
    say('\n1. Deploy examples/automl: its job trains candidates, and the best becomes a model');
    await this.deploy();
    await this.showJob(1);

    say('\n2. Deploy again, with nothing changed');
    const { changed, took } = await this.deploy();
    check(!changed, 'no changes');
    check((await this.creations()) === 1, 'no other job to be started');
    say(`  ✓ nothing to do: no job was started (${took})`);

    say('\n3. Compare the candidates by F1macro: the job runs again, and a new model replaces the one before');
    await this.deploy({ metric: AutoMLMulticlassClassificationMetric.F1_MACRO });
    await this.showJob(2);

    say('\n4. Name a column that the data has not: the deployment fails with the reason of the job');
    const wrong = await this.cloud.deploy(this.app({ target: 'wether' }), STACK);
    check(!wrong.ok && wrong.reason?.includes("'wether'") === true, `the column in the reason, but it is: ${wrong.reason}`);
    say(`  ✓ failed, as it should (${seconds(wrong.seconds)}):`);
    wrong.reason.split('\n').slice(0, 2).forEach((line) => say(`    │ ${line}`));
    check((await this.cloud.sagemaker.models()).length === 1, 'the model to be still there');
    say('  ✓ rolled back: the model is still there');

    say('\n5. Destroy the stack');
    const { ok, reason, seconds: duration } = await this.cloud.destroy(this.app(), STACK);
    check(ok, `the stack to be destroyed, but: ${reason}`);
    const running = (await this.cloud.sagemaker.automlJobs()).filter((job) => ['InProgress', 'Stopping'].includes(job.AutoMLJobStatus));
    check(running.length === 0 && (await this.cloud.sagemaker.models()).length === 0, 'no job to be running, and no model to be left');
    say(`  ✓ destroyed: no job is running, and there is no model (${seconds(duration)})`);
  }

  private async deploy(props?: WeatherStackProps): Promise<{ changed: boolean; took: string }> {
    const result = await this.cloud.deploy(this.app(props), STACK);
    check(result.ok, `the deployment to succeed, but: ${result.reason}`);
    if (result.changed) {
      say(`  ✓ deployed (${seconds(result.seconds)})`);
    }
    return { changed: result.changed, took: seconds(result.seconds) };
  }

  private app(props?: WeatherStackProps): App {
    this.apps += 1;
    const app = new App({ outdir: join(this.cloud.folder, `app-${this.apps}`) });
    new WeatherStack(app, STACK, props);
    return app;
  }

  private async creations(): Promise<number> {
    return (await this.cloud.sagemaker.calls('CreateAutoMLJob')).length;
  }

  private async showJob(creations: number): Promise<void> {
    const { BestCandidate, JobName, MetricName, MetricValue, ModelName } = await this.cloud.stacks.outputs(STACK);
    const job = (await this.cloud.sagemaker.automlJobs()).find((each) => each.AutoMLJobName === JobName);
    check(job !== undefined && (await this.creations()) === creations, `${creations} started jobs so far`);
    check(job.BestCandidate?.CandidateName === BestCandidate, 'the best candidate as an output of the stack');
    detail('job', job.AutoMLJobName);
    detail('status', `${job.AutoMLJobStatus}, ${job.AutoMLJobSecondaryStatus} (${seconds(job.EndTime! - job.CreationTime)})`);
    showLeaderboard(job);
    const models = await this.cloud.sagemaker.models();
    check(models.map((model) => model.ModelName).join() === ModelName, `the model ${ModelName}, and no other`);
    detail('best', `${BestCandidate}, ${MetricName} ${MetricValue}`);
    detail('model', ModelName);
    models[0].Request.Containers.forEach((container: { ModelDataUrl: string }) => detail('', container.ModelDataUrl));
  }
}

/** Prints the candidates, the best first, with all their metrics. The metric that they are compared by comes first. */
function showLeaderboard({ AutoMLJobName, Candidates }: AutoMLJobRecord): void {
  const objective = Candidates[0].FinalAutoMLJobObjectiveMetric!.MetricName;
  const names = Candidates[0].CandidateProperties!.CandidateMetrics.map((metric) => metric.MetricName);
  const columns = [objective, ...names.filter((name) => name !== objective)];
  const row = (candidate: string, values: string[]) => `${candidate.padEnd(24)}${values.map((value) => value.padStart(18)).join('')}`;
  detail('', row('candidate', columns));
  for (const { CandidateName, CandidateProperties } of Candidates) {
    const value = (name: string) => CandidateProperties?.CandidateMetrics.find((metric) => metric.MetricName === name)?.Value.toFixed(4) ?? '-';
    detail('', row(CandidateName.replace(`${AutoMLJobName}-`, ''), columns.map(value)));
  }
}

void demonstrate((cloud) => new Demo(cloud).run());
