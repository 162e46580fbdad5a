import { AppVersion } from './app';
import { Dice } from './dice';
import { Step } from './life';
import { Story } from './story';
import { World } from './world';

export const VERSION: AppVersion = {
  isWithoutJobs: false,
  definition: 0,
  trigger: 0,
  tags: 0,
  name: 0,
  removalPolicy: 0,
  wait: 0,
  inVpc: false,
  reader: false,
  autoML: 0,
  neighbours: 0,
  inner: 0,
};
const STEP: Step = { does: 'deploy', version: VERSION, fails: 'nothing', isNested: false, outage: 'none', pause: 0 };

export interface Told {
  readonly story: Story;
  readonly world: World;
  /** How long it took, in seconds. */
  readonly seconds: number;
}

/** Takes steps in a world without bad luck, whose jobs take so long. */
export async function tell(jobSeconds: number, ...steps: Partial<Step>[]): Promise<Told> {
  const world = new World(new Dice([]), true);
  return goOn({ story: new Story(world), world }, jobSeconds, ...steps);
}

/** Takes further steps. */
export async function goOn({ story, world }: Pick<Told, 'story' | 'world'>, jobSeconds: number, ...steps: Partial<Step>[]): Promise<Told> {
  story.sageMaker.luckySeconds = jobSeconds;
  const start = world.time.now;
  let seconds = 0;
  const told = (async () => {
    for (const each of steps) await story.take({ ...STEP, ...each });
    seconds = (world.time.now - start) / 1000;
  })();
  await world.time.run();
  await told;
  expect(world.violations).toEqual([]);
  return { story, world, seconds };
}

export const statusesOf = ({ story }: Told): string[] => story.sageMaker.jobs.map((job) => story.sageMaker.statusOf(job));
