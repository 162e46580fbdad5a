/** What the snippets of docs/*.md make passes synth. compile.test.ts compiles them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ts from 'typescript';
import { Snippet, SNIPPETS } from './snippets';

function stackOf(snippet: Snippet): Stack {
  const { outputText } = ts.transpileModule(snippet.source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported: { GuideStack?: new (scope: App, id: string) => Stack } = {};
  new Function('exports', 'require', outputText)(exported, require);
  return new exported.GuideStack!(new App(), 'Guide');
}

test('there are snippets of each guide', () => {
  expect(new Set(SNIPPETS.map(({ name }) => name.split(':')[0]))).toEqual(new Set([
    'cookbook.md', 'from-aws-custom-resource.md', 'from-cfn-processing-job.md', 'from-sagemaker-python-sdk.md', 'from-step-functions-json.md',
    'permissions.md', 'schedules.md', 'step-functions.md',
  ]));
});

test('the cookbook has ten tasks or more, each with a snippet', () => {
  const headings = [...readFileSync(path.join(__dirname, '..', '..', 'docs', 'cookbook.md'), 'utf8').matchAll(/^## /gm)];
  expect(headings.length).toBeGreaterThanOrEqual(10);
  expect(SNIPPETS.filter(({ name }) => name.startsWith('cookbook.md'))).toHaveLength(headings.length);
});

describe('what they make', () => {
  const before = process.cwd();
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'snippets-'));
    for (const script of SNIPPETS.flatMap(({ source }) => [...source.matchAll(/'(\w+\.py)'/g)].map(([, name]) => name))) {
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

  test.each(SNIPPETS.map((snippet) => [snippet.name, snippet] as const))('%s passes synth, without a warning of ours', (_, snippet) => {
    const stack = stackOf(snippet);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-sagemaker-jobs'))).toEqual([]);
    expect(Annotations.fromStack(stack).findError('*', Match.anyValue())).toEqual([]);
  });
});
