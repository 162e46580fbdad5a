/** The TypeScript of docs/*.md compiles, and what it makes passes synth. rosetta compiles that of README and of doc comments alone. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '..', '..');
const FIXTURE = readFileSync(path.join(ROOT, 'rosetta', 'guide.ts-fixture'), 'utf8').replace("'cdk-sagemaker-jobs'", "'../../src'");

interface Snippet {
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

const snippets = readdirSync(path.join(ROOT, 'docs')).filter((page) => page.endsWith('.md')).flatMap(snippetsOf);

function errorsOf(all: readonly Snippet[]): string[] {
  const sources = new Map(all.map(({ file, source }) => [file, source]));
  const folder = path.join(ROOT, 'test');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, folder);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) =>
    sources.has(file) ? ts.createSourceFile(file, sources.get(file)!, target) : getSourceFile(file, target, ...rest);
  const program = ts.createProgram([...sources.keys()], { ...options, noUnusedLocals: false, noUnusedParameters: false }, host);
  return all.flatMap(({ name, file }) => program.getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`));
}

function stackOf(snippet: Snippet): Stack {
  const { outputText } = ts.transpileModule(snippet.source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported: { GuideStack?: new (scope: App, id: string) => Stack } = {};
  new Function('exports', 'require', outputText)(exported, require);
  return new exported.GuideStack!(new App(), 'Guide');
}

test('there are snippets of each guide', () => {
  expect(new Set(snippets.map(({ name }) => name.split(':')[0]))).toEqual(new Set([
    'cookbook.md', 'from-aws-custom-resource.md', 'from-cfn-processing-job.md', 'from-sagemaker-python-sdk.md', 'from-step-functions-json.md',
    'permissions.md', 'schedules.md', 'step-functions.md',
  ]));
});

test('the cookbook has ten tasks or more, each with a snippet', () => {
  const headings = [...readFileSync(path.join(ROOT, 'docs', 'cookbook.md'), 'utf8').matchAll(/^## /gm)];
  expect(headings.length).toBeGreaterThanOrEqual(10);
  expect(snippets.filter(({ name }) => name.startsWith('cookbook.md'))).toHaveLength(headings.length);
});

test('all compile, and one with a wrong name does not', () => {
  const wrong = { name: 'wrong', file: path.join(__dirname, 'wrong.ts'), source: snippets[0].source.replace('instanceType:', 'instanceTypo:') };
  expect(errorsOf([...snippets, wrong])).toEqual([expect.stringMatching(/^wrong: .*instanceTypo/s)]);
}, 180_000);

describe('what they make', () => {
  const before = process.cwd();
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'snippets-'));
    for (const script of snippets.flatMap(({ source }) => [...source.matchAll(/'(\w+\.py)'/g)].map(([, name]) => name))) {
      writeFileSync(path.join(folder, script), '');
    }
    mkdirSync(path.join(folder, 'cleaning'));
    writeFileSync(path.join(folder, 'cleaning', 'main.py'), '');
    process.chdir(folder);
  });

  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  test.each(snippets.map((snippet) => [snippet.name, snippet] as const))('%s passes synth, without a warning of ours', (_, snippet) => {
    const stack = stackOf(snippet);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-sagemaker-jobs'))).toEqual([]);
    expect(Annotations.fromStack(stack).findError('*', Match.anyValue())).toEqual([]);
  });
});
