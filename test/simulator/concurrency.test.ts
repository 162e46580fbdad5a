import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Dice } from './dice';
import { Story } from './story';
import { CloudFormationTemplate, simulated } from './template';
import { World } from './world';
import { ProcessingImage, ProcessingInstanceType, ProcessingJob } from '../../src';

/** As many as a stack holds. Nothing waits for another, so CloudFormation begins with all at once. */
const FULL_STACKS = [
  { what: '480 jobs', jobs: 480, completionTimeout: undefined },
  { what: '240 jobs that are waited for', jobs: 240, completionTimeout: Duration.minutes(50) },
];
const CONCURRENCY = 10;
/** One takes seconds, so more of them are for those who ask: `DEPLOYMENTS=20 npx jest test/simulator/concurrency`. */
const DEPLOYMENTS = Number(process.env.DEPLOYMENTS ?? 1);

/** What goes wrong without anybody having to fail: services are slow, throttle and lose answers, and events come twice. */
const HARMLESS = new Set(['later', 'lost', 'soon', 'stale', 'throttled', 'twice', 'unwritten']);

class HarmlessDice extends Dice {
  constructor(seed: number) {
    let state = seed;
    super(Array.from({ length: 20_000 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor(state / 2 ** 31 * 1_000);
    }));
  }

  public override oneOf<Outcome extends string>(outcomes: Readonly<Record<Outcome, number>>): Outcome | undefined {
    const outcome = super.oneOf(outcomes);
    return outcome !== undefined && HARMLESS.has(outcome) ? outcome : undefined;
  }
}

function templateOfManyJobs(jobs: number, completionTimeout?: Duration): CloudFormationTemplate {
  const stack = new Stack(new App({ analyticsReporting: false, treeMetadata: false }), 'Shop');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  const image = ProcessingImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/python:3.13');
  for (let index = 0; index < jobs; index++) {
    new ProcessingJob(stack, `Job${index}`, { completionTimeout, image, instanceType: ProcessingInstanceType.M5_XLARGE, role });
  }
  return Assertions.fromStack(stack).toJSON() as CloudFormationTemplate;
}

test.each(FULL_STACKS)(`deployments of $what succeed where ${CONCURRENCY} functions may run at once`, async ({ completionTimeout, jobs }) => {
  const template = simulated(templateOfManyJobs(jobs, completionTimeout));
  for (let seed = 1; seed <= DEPLOYMENTS; seed++) {
    const world = new World(new HarmlessDice(seed), false);
    const story = new Story(world);
    const { lambda } = story.provider;
    lambda.concurrency = CONCURRENCY;
    const deployment = story.stack.create(template);
    await world.time.run();
    await deployment;
    expect(world.violations).toEqual([]);
    expect(story.stack.status).toBe('CREATE_COMPLETE');
    expect(story.sageMaker.jobs).toHaveLength(jobs);
    // Most of the events, and many of the looks, have to wait.
    expect(lambda.refused).toBeGreaterThan(jobs);
  }
}, DEPLOYMENTS * 60_000);
