/**
 * Measures the library beside its peers, in one run, and writes docs/benchmarks.md: `npx projen bench`.
 * With names of parts as arguments, only these are measured, and nothing is written. With `document`, the results of the
 * latest run are written once more.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { deserialize, serialize } from 'v8';
import { measureDeployments } from './deployment';
import { measureHandler } from './handler';
import { plotsOf } from './plots';
import { deploymentSection, documentOf, handlerSection, Results, synthSection, validationSection } from './report';
import { measureSynth } from './synth';
import type { ValidationRates } from './validation-worker';
import { buildWorkers, runWorker } from './worker';

const DOCS = join(process.cwd(), 'docs');
const PLOTS = join(DOCS, 'benchmarks');
const RESULTS = join(process.cwd(), '.bench', 'results');

const log = (line: string) => console.log(line);

const PARTS: { readonly [name: string]: () => Promise<string> } = {
  synth: async () => synthSection(await measureSynth(log)),
  handler: async () => handlerSection(await measureHandler(log)),
  deployment: async () => deploymentSection(await measureDeployments(log)),
  validation: async () => validationSection(await runWorker<ValidationRates>('validation-worker', [])),
};

async function main(parts: string[]): Promise<void> {
  if (parts[0] === 'document') {
    writeDocument(deserialize(readFileSync(RESULTS)) as Results);
    return;
  }
  await buildWorkers();
  if (parts.length > 0) {
    for (const part of parts) {
      log(await PARTS[part]());
    }
    return;
  }
  const start = Date.now();
  const results: Results = {
    synth: await measureSynth(log),
    handler: await measureHandler(log),
    deployments: await measureDeployments(log),
    validation: await runWorker<ValidationRates>('validation-worker', []),
    minutes: (Date.now() - start) / 60_000,
  };
  writeFileSync(RESULTS, serialize(results));
  writeDocument(results);
}

function writeDocument(results: Results): void {
  mkdirSync(PLOTS, { recursive: true });
  for (const [name, svg] of Object.entries(plotsOf(results))) {
    writeFileSync(join(PLOTS, `${name}.svg`), svg);
  }
  writeFileSync(join(DOCS, 'benchmarks.md'), documentOf(results));
  log(`✓ docs/benchmarks.md (${results.minutes.toFixed(1)} minutes)`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
