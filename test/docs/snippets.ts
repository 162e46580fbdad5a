/** The TypeScript of docs/*.md. rosetta compiles that of README and of doc comments alone. */
import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const FIXTURE = readFileSync(path.join(ROOT, 'rosetta', 'guide.ts-fixture'), 'utf8').replace("'cdk-sagemaker-jobs'", "'../../src'");

export interface Snippet {
  readonly name: string;
  readonly source: string;
  readonly file: string;
}

function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(path.join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match, i) => ({
    name: `${page}:${text.slice(0, match.index).split('\n').length}`,
    source: FIXTURE.replace('/// here', () => match[1]),
    // In this folder there is none: it exists in the memory of the compiler.
    file: path.join(__dirname, `${page.replace('.md', '')}-${i}.ts`),
  }));
}

/** All of them. */
export const SNIPPETS = readdirSync(path.join(ROOT, 'docs')).filter((page) => page.endsWith('.md')).flatMap(snippetsOf);
