/*
 * npx projen simulate [lives] [seed]   plays random lives; one that violates an invariant is told, as short as it can be
 * npx projen simulate:bugs             plants bugs in the library, one after the other, and counts the lives until each is noticed
 */
import { mkdirSync, readFileSync, rmSync } from 'fs';
import { availableParallelism } from 'os';
import { join } from 'path';
import { Worker } from 'worker_threads';
import { build } from 'esbuild';
import { PLANTED_BUGS, PlantedBug } from './planted-bugs';
import type { Finding, Task } from './worker';

const REPOSITORY = join(__dirname, '..', '..');
/** In here, what the bundle needs is found where it is installed, and the constructs find the handler's bundle. */
const BUILD_FOLDER = join(REPOSITORY, 'node_modules', '.simulator');

/** Each worker plays so many, and stops at the first that goes wrong. */
const LIVES_PER_TASK = 5_000;

/** A bug that is not noticed within so many lives is not noticed. */
const LIVES_PER_BUG = 20_000;

async function main([command = '1000', seed = '1']: string[]): Promise<void> {
  mkdirSync(BUILD_FOLDER, { recursive: true });
  process.exitCode = await (command === 'bugs' ? noticeBugs() : playLives(Number(command), Number(seed))) ? 0 : 1;
  rmSync(BUILD_FOLDER, { recursive: true });
}

async function playLives(lives: number, seed: number): Promise<boolean> {
  const program = await bundled();
  const start = Date.now();
  const findings = await sideBySide(Array.from({ length: Math.ceil(lives / LIVES_PER_TASK) }, (_, index) => async () => run(program, {
    lives: Math.min(LIVES_PER_TASK, lives - index * LIVES_PER_TASK), seed: seed + index,
  })));
  const seconds = (Date.now() - start) / 1000;
  const violations = findings.flatMap(({ violation }) => violation ?? []);
  for (const { life, trace } of violations) console.log(`${trace.join('\n')}\n\n${JSON.stringify(life)}\n`);
  const played = findings.reduce((sum, finding) => sum + finding.lives, 0);
  const found = violations.length === 0 ? 'no violation' : `${violations.length} violated`;
  console.log(`${played} lives in ${seconds.toFixed(0)} s, ${Math.round(played / seconds)} a second, with seed ${seed}: ${found}`);
  return violations.length === 0;
}

async function noticeBugs(): Promise<boolean> {
  console.log('| Invariant | Bug | Lives until it was noticed |\n|---|---|---|');
  const noticed = await sideBySide(PLANTED_BUGS.map((planted) => async () => {
    const { after, invariant } = planted;
    const { lives, violation } = await run(await bundled(planted), { lives: LIVES_PER_BUG, seed: 1, after, invariant });
    console.log(`| ${planted.invariant} | ${planted.bug} | ${violation ? lives : `**not within ${lives}**`} |`);
    return violation !== undefined;
  }));
  return noticed.every(Boolean);
}

/** On all cores. */
async function sideBySide<Result>(tasks: readonly (() => Promise<Result>)[]): Promise<Result[]> {
  const results: Result[] = [];
  const left = [...tasks.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

/** The worker with all that it needs, and with a bug if there is one. */
async function bundled(planted?: PlantedBug): Promise<string> {
  const outfile = join(BUILD_FOLDER, `worker-${planted ? PLANTED_BUGS.indexOf(planted) : 'plain'}.js`);
  await build({
    entryPoints: [join(__dirname, 'worker.ts')],
    bundle: true,
    platform: 'node',
    packages: 'external',
    outfile,
    logLevel: 'error',
    plugins: planted && [{
      name: 'planted-bug',
      setup: ({ onLoad }) => onLoad({ filter: /src.(handler|job|provider).*\.ts$/ }, ({ path }) => {
        const change = [planted, planted.safeguard].find((each) => each && path === join(REPOSITORY, 'src', 'handler', each.file));
        if (change === undefined) return undefined;
        const parts = readFileSync(path, 'utf8').split(change.replace);
        if (parts.length !== 2) throw new Error(`${change.file} has ${parts.length - 1} places to plant the bug '${planted.bug}'`);
        return { contents: parts.join(change.by), loader: 'ts' };
      }),
    }],
  });
  return outfile;
}

async function run(program: string, task: Task): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

void main(process.argv.slice(2));
