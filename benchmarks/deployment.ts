import { mkdtempSync } from 'fs';
import { join } from 'path';
import { jobsApp, Way } from './stacks';
import { rotated } from './statistics';
import { LocalCloud } from '../local-cloud/local-cloud';

/** How long a deployment took, in seconds. */
export interface Deployment {
  /** The whole command `cdk deploy`. */
  readonly command: number;
  /** CloudFormation alone: from the first event of the stack to the last. */
  readonly stack: number;
}

/** Deployments of one number of jobs, several for each way. */
export interface DeploymentSeries {
  readonly count: number;
  readonly results: ReadonlyMap<Way, Deployment[]>;
}

const WAYS_TO_DEPLOY: readonly Way[] = ['ProcessingJob', 'Provider', 'AwsCustomResource'];

const PLANS: readonly { readonly count: number; readonly rounds: number }[] = [
  { count: 1, rounds: 2 },
  { count: 20, rounds: 2 },
  { count: 100, rounds: 2 },
];

/** The local cloud lets jobs with such an image pretend to run. */
const SIMULATED_IMAGE = '123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1';

export async function measureDeployments(log: (line: string) => void): Promise<DeploymentSeries[]> {
  // The functions of the alternatives load the SDK that the Lambda runtime brings. The local cloud does not bring it.
  process.env.NODE_PATH = join(process.cwd(), 'node_modules');
  const cloud = await LocalCloud.start();
  try {
    const series: DeploymentSeries[] = [];
    for (const { count, rounds } of PLANS) {
      const results = new Map<Way, Deployment[]>(WAYS_TO_DEPLOY.map((way) => [way, []]));
      for (let round = 0; round < rounds; round++) {
        for (const way of rotated(WAYS_TO_DEPLOY, round)) {
          results.get(way)!.push(await deploy(cloud, way, count, round));
        }
      }
      series.push({ count, results });
      log(`  deployment of ${count} jobs: ${rounds} rounds`);
    }
    return series;
  } finally {
    await cloud.stop();
  }
}

/** Deploys a new stack, which is not deleted before the cloud stops. */
async function deploy(cloud: LocalCloud, way: Way, count: number, round: number): Promise<Deployment> {
  await cloud.sagemaker.reset();
  const stackName = `${way}${count}-${round}`;
  const outdir = mkdtempSync(join(cloud.folder, 'app-'));
  const { directory } = jobsApp(way, count, { roles: 'shared', outdir, stackName, image: SIMULATED_IMAGE }).synth();
  const result = await cloud.deploy(directory, stackName);
  if (!result.ok) {
    throw new Error(`${count} jobs, ${way}: ${result.reason}`);
  }
  const started = (await cloud.sagemaker.calls('CreateProcessingJob')).length;
  if (started !== count) {
    throw new Error(`${count} jobs, ${way}: ${started} jobs were started`);
  }
  const times = (await cloud.stacks.events(stackName)).map(({ Timestamp }) => Timestamp!.getTime());
  return { command: result.seconds, stack: (Math.max(...times) - Math.min(...times)) / 1000 };
}
