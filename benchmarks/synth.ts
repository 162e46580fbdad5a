import { Roles, Way } from './stacks';
import { rotated } from './statistics';
import type { Synthesis } from './synth-worker';
import { runWorker } from './worker';

/** One number of jobs, synthesised in several ways, several times each. */
export interface SynthSeries {
  readonly roles: Roles;
  readonly count: number;
  /** For each way, one synthesis a round. */
  readonly results: ReadonlyMap<Way, Synthesis[]>;
}

interface Plan {
  readonly roles: Roles;
  readonly count: number;
  readonly rounds: number;
  readonly ways: readonly Way[];
}

const PEERS: readonly Way[] = ['CfnProcessingJob', 'CfnProcessingJob, one asset', 'Provider', 'AwsCustomResource'];

const PLANS: readonly Plan[] = [
  { roles: 'shared', count: 1, rounds: 2, ways: ['ProcessingJob', ...PEERS] },
  { roles: 'shared', count: 100, rounds: 3, ways: ['ProcessingJob', ...PEERS] },
  { roles: 'shared', count: 200, rounds: 3, ways: ['ProcessingJob', 'CfnProcessingJob', 'CfnProcessingJob, one asset'] },
  { roles: 'shared', count: 400, rounds: 7, ways: ['ProcessingJob', 'CfnProcessingJob', 'CfnProcessingJob, one asset'] },
  // The most jobs that fit into a stack of 500 resources together with the provider.
  { roles: 'shared', count: 480, rounds: 2, ways: ['ProcessingJob', 'CfnProcessingJob, one asset'] },
  { roles: 'each', count: 1, rounds: 2, ways: ['ProcessingJob', 'CfnProcessingJob', 'Provider', 'AwsCustomResource'] },
  { roles: 'each', count: 100, rounds: 3, ways: ['ProcessingJob', 'CfnProcessingJob', 'Provider', 'AwsCustomResource'] },
  { roles: 'each', count: 164, rounds: 2, ways: ['ProcessingJob', 'CfnProcessingJob'] },
];

export async function measureSynth(log: (line: string) => void): Promise<SynthSeries[]> {
  const series: SynthSeries[] = [];
  for (const { roles, count, rounds, ways } of PLANS) {
    const results = new Map<Way, Synthesis[]>(ways.map((way) => [way, []]));
    for (let round = 0; round < rounds; round++) {
      for (const way of rotated(ways, round)) {
        results.get(way)!.push(await runWorker<Synthesis>('synth-worker', [way, String(count), roles]));
      }
    }
    series.push({ roles, count, results });
    log(`  synthesis of ${count} jobs, ${roles} role: ${rounds} rounds`);
  }
  return series;
}

export function total({ construct, synth }: Synthesis): number {
  return construct + synth;
}

export function find(series: readonly SynthSeries[], roles: Roles, count: number): SynthSeries {
  return series.find((each) => each.roles === roles && each.count === count)!;
}
