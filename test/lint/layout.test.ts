/**
 * Lint fails when an import of src goes against the arrows of docs/architecture.md: each rule is broken once.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';

const ROOT = path.join(__dirname, '..', '..');
const SRC = path.join(ROOT, 'src');
const ARROWS = 'import/no-restricted-paths';
const CYCLES = 'import/no-cycle';
const TYPES = '@typescript-eslint/consistent-type-imports';

/** The configuration of src. */
let config: any;

beforeAll(async () => {
  config = await new LegacyESLint({ cwd: ROOT }).calculateConfigForFile(path.join(SRC, 'index.ts'));
});

/** Without all other rules, some of which need the types of the whole program. */
function eslintWith(...rules: string[]): LegacyESLint {
  const baseConfig = { ...config, rules: Object.fromEntries(rules.map((name) => [name, config.rules[name]])), parserOptions: { sourceType: 'module' } };
  return new LegacyESLint({ cwd: ROOT, useEslintrc: false, baseConfig });
}

/** What lint says when `file` imports `imported`. */
async function importing(file: string, imported: string): Promise<string[]> {
  if (!existsSync(path.join(SRC, imported))) {
    throw new Error(`There is no src/${imported} to import.`);
  }
  const relative = path.relative(path.dirname(file), imported.replace(/\.ts$/, ''));
  const [{ messages }] = await eslintWith(ARROWS).lintText(`import '${relative.startsWith('.') ? relative : `./${relative}`}';`, { filePath: path.join(SRC, file) });
  return messages.map(({ message }) => message);
}

describe('an import is refused that', () => {
  test.each([
    ['goes from one kind of job to another', 'processing-job/new.ts', 'automl-job/automl-job.ts'],
    ['goes from a job to what is made of its result', 'automl-job/new.ts', 'automl-model/automl-model.ts'],
    ['goes from what the kinds share to a kind', 'job/new.ts', 'processing-job/processing-job.ts'],
    ['goes from the provider to jobs', 'provider/new.ts', 'job/s3-location.ts'],
    ['goes from validation to a kind', 'validation/new.ts', 'processing-job/members.ts'],
    ['goes from validation to jobs', 'validation/new.ts', 'job/s3-location.ts'],
    ['goes from what the CDK lacks to validation', 'cdk/new.ts', 'validation/model.ts'],
    ['goes from the service model to validation', 'service-model/new.ts', 'validation/model.ts'],
    ['goes from the contract to the construct of the provider', 'provider/contract.ts', 'provider/provider.ts'],
    ['goes from the handler to a construct', 'handler/life/new.ts', 'provider/provider.ts'],
    ['goes from the handler to validation', 'handler/new.ts', 'validation/model.ts'],
    ['goes from a construct to the handler', 'provider/new.ts', 'handler/handler.ts'],
    ['goes from the rules of life to a kind', 'handler/life/new.ts', 'handler/kinds/processing-job.ts'],
    ['goes from a kind in the handler to the rules of life', 'handler/kinds/new.ts', 'handler/life/look.ts'],
    ['goes from a client to what uses it', 'handler/services/new.ts', 'handler/kinds/job-kind.ts'],
    ['goes to the list of exports', 'job/new.ts', 'index.ts'],
  ])('%s', async (_, file, imported) => {
    expect(await importing(file, imported)).toContainEqual(expect.stringContaining('see docs/architecture.md'));
  });

  test.each([
    ['closes a cycle', 'import { a }', ['Dependency cycle detected.']],
    ['hides from the search for cycles, since it is of a type', 'import type { a }', ['Use an `import` instead of an `import type`.']],
  ])('%s', async (_, imported, messages) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cycle-'));
    try {
      writeFileSync(path.join(folder, 'a.ts'), "import { b } from './b';\nexport const a = () => b;\n");
      writeFileSync(path.join(folder, 'b.ts'), `${imported} from './a';\nexport const b = (): typeof a => a;\n`);
      const [result] = await eslintWith(CYCLES, TYPES).lintFiles([path.join(folder, 'b.ts')]);
      expect(result.messages.map(({ message }) => message)).toEqual(messages);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test.each([
  ['from a kind to what the kinds share', 'processing-job/new.ts', 'job/s3-location.ts'],
  ['from a model to its job', 'automl-model/new.ts', 'automl-job/automl-job.ts'],
  ['from what the kinds share to validation', 'job/new.ts', 'validation/model.ts'],
  ['from the provider to what the CDK lacks', 'provider/new.ts', 'cdk/cdk-nag.ts'],
  ['from validation to the service model', 'validation/new.ts', 'service-model/shapes.ts'],
  ['from the handler to the contract', 'handler/life/new.ts', 'provider/contract.ts'],
  ['from the handler to the service model', 'handler/life/new.ts', 'service-model/shapes.ts'],
  ['from the rules of life to what a kind is', 'handler/life/new.ts', 'handler/kinds/job-kind.ts'],
])('an import may go %s', async (_, file, imported) => {
  expect(await importing(file, imported)).toEqual([]);
});

test('each folder of src has its arrows', () => {
  const [, { zones }] = config.rules[ARROWS];
  const guarded = zones.map(({ target }: { target: string }) => target.replace('./src/', ''));
  const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(guarded).toEqual(expect.arrayContaining(folders));
});
