/**
 * Measures the library beside its peers, in one run, and writes docs/benchmarks.md: `npx projen bench`.
 * With names of parts as arguments, only these are measured, and nothing is written.
 */
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { measureDeployments } from './deployment';
import { measureHandler } from './handler';
import { plotsOf } from './plots';
import { documentOf, deploymentSection, handlerSection, synthSection, validationSection } from './report';
import { measureSynth } from './synth';
import type { ValidationRates } from './validation-worker';
import { buildWorkers, runWorker } from './worker';

const DOCS = join(process.cwd(), 'docs');
const PLOTS = join(DOCS, 'benchmarks');

const log = (line: string) => console.log(line);

const PARTS: { readonly [name: string]: () => Promise<string> } = {
  synth: async () => synthSection(await measureSynth(log)),
  handler: async () => handlerSection(await measureHandler(log)),
  deployment: async () => deploymentSection(await measureDeployments(log)),
  validation: async () => validationSection(await runWorker<ValidationRates>('validation-worker', [])),
};

async function main(parts: string[]): Promise<void> {
  await buildWorkers();
  if (parts.length > 0) {
    for (const part of parts) {
      log(await PARTS[part]());
    }
    return;
  }
  const start = Date.now();
  const results = {
    synth: await measureSynth(log),
    handler: await measureHandler(log),
    deployments: await measureDeployments(log),
    validation: await runWorker<ValidationRates>('validation-worker', []),
  };
  mkdirSync(PLOTS, { recursive: true });
  for (const [name, svg] of Object.entries(plotsOf(results))) {
    writeFileSync(join(PLOTS, `${name}.svg`), svg);
  }
  writeFileSync(join(DOCS, 'benchmarks.md'), documentOf(results, (Date.now() - start) / 60_000));
  log(`✓ docs/benchmarks.md (${Math.round((Date.now() - start) / 1000)} s)`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
