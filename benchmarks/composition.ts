import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { ProfileParts } from './profile-worker';
import { jobsApp, Way } from './stacks';
import { runWorker } from './worker';

/** How the time and the size of jobs divide into parts, for the library and for CfnProcessingJob. */
export interface Composition {
  readonly count: number;
  readonly profiles: ReadonlyMap<Way, ProfileParts>;
  /** Bytes of a job that has its own role. */
  readonly bytes: ReadonlyMap<Way, { readonly [part: string]: number }>;
}

const COUNT = 400;

export async function measureComposition(log: (line: string) => void): Promise<Composition> {
  const profiles = new Map<Way, ProfileParts>();
  for (const way of ['ProcessingJob', 'CfnProcessingJob, one asset'] as const) {
    profiles.set(way, await runWorker<ProfileParts>('profile-worker', [way, String(COUNT)]));
  }
  log('  composition');
  const bytes = new Map((['ProcessingJob', 'CfnProcessingJob'] as const).map((way) => [way as Way, bytesOf(way)]));
  return { count: COUNT, profiles, bytes };
}

function bytesOf(way: Way): { [part: string]: number } {
  const outdir = mkdtempSync(join(tmpdir(), 'composition-'));
  try {
    const assembly = jobsApp(way, 1, { roles: 'each', outdir }).synth();
    const { Resources } = JSON.parse(readFileSync(assembly.stacks[0].templateFullPath, 'utf8'));
    const ofJob = Object.entries<any>(Resources).filter(([id]) => id.startsWith('Job0'));
    const sizeOf = (type: RegExp, part: (resource: any) => unknown) =>
      JSON.stringify(ofJob.filter(([, { Type }]) => type.test(Type)).map(([, resource]) => part(resource))).length - 2;
    return {
      'the job': sizeOf(/ProcessingJob$/, (resource) => resource),
      'its role': sizeOf(/Role$/, (resource) => resource),
      'the policy of the role': sizeOf(/Policy$/, (resource) => resource),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
