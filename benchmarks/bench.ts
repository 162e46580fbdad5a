/**
 * Measures the library and its alternatives in one run, and writes docs/benchmarks.md: `npx projen bench`.
 * With the names of parts as arguments, it measures only those again.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { deserialize, serialize } from 'v8';
import { measureComposition } from './composition';
import { measureDeployments } from './deployment';
import { measureHandler } from './handler';
import { plotsOf } from './plots';
import { documentOf } from './report';
import { Results } from './results';
import { measureSynth } from './synth';
import type { ValidationRates } from './validation-worker';
import { buildWorkers, runWorker } from './worker';

const DOCS = join(process.cwd(), 'docs');
const PLOTS = join(DOCS, 'benchmarks');
const RESULTS = join(process.cwd(), '.bench', 'results');

const log = (line: string) => console.log(line);

type Part = Exclude<keyof Results, 'minutes'>;

const PARTS: { readonly [part in Part]: () => Promise<Results[part]> } = {
  synth: () => measureSynth(log),
  composition: () => measureComposition(log),
  handler: () => measureHandler(log),
  deployments: () => measureDeployments(log),
  validation: () => runWorker<ValidationRates>('validation-worker', []),
};

async function main(parts: readonly Part[]): Promise<void> {
  await buildWorkers();
  const start = Date.now();
  const measured: { [part: string]: unknown } = parts.length === 0 ? {} : { ...deserialize(readFileSync(RESULTS)) };
  for (const part of parts.length === 0 ? Object.keys(PARTS) as Part[] : parts) {
    measured[part] = await PARTS[part]();
  }
  const minutes = (Date.now() - start) / 60_000;
  const results = { ...measured, minutes: parts.length === 0 ? minutes : measured.minutes } as unknown as Results;
  writeFileSync(RESULTS, serialize(results));
  writeDocument(results);
}

function writeDocument(results: Results): void {
  mkdirSync(PLOTS, { recursive: true });
  for (const [name, svg] of Object.entries(plotsOf(results))) {
    writeFileSync(join(PLOTS, `${name}.svg`), svg);
  }
  writeFileSync(join(DOCS, 'benchmarks.md'), documentOf(results));
  log('✓ docs/benchmarks.md');
}

main(process.argv.slice(2) as Part[]).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
