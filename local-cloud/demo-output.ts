import { LocalCloud } from './local-cloud';

export const say = (line: string) => console.log(line);
export const detail = (name: string, value: string) => say(`    ${name.padEnd(8)} ${value}`);
export const seconds = (value: number) => `${value.toFixed(1)} s`;

/** A demo is a test as well: it fails when one of its statements is not true. */
export function check(condition: boolean, expectation: string): asserts condition {
  if (!condition) {
    throw new Error(`expected ${expectation}`);
  }
}

/** Runs a demo on a cloud of its own. */
export async function demonstrate(run: (cloud: LocalCloud) => Promise<void>): Promise<void> {
  const start = Date.now();
  say('The demo deploys to a cloud on this machine. No AWS account is used.');
  try {
    const cloud = await LocalCloud.start({ log: say });
    try {
      await run(cloud);
    } finally {
      await cloud.stop();
    }
    say(`\n✓ Done (${seconds((Date.now() - start) / 1000)}). Nothing is left running.`);
  } catch (error) {
    say(`\n✗ ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
