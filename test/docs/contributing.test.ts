/** The recipes of CONTRIBUTING.md are complete: what they name is all there is to do. */
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { propertyProblems } from '../../src/job/property-problems';
import { property, RequestMembers } from '../../src/job/request-members';
import { S3_INPUT_MEMBERS } from '../../src/processing-job/input';
import { PROCESSING_JOB_MEMBERS } from '../../src/processing-job/members';
import { SHAPES } from '../../src/service-model/shapes';
import { requestProblems } from '../../src/validation/model';
import { sentence } from '../../src/validation/problems';
import { Shapes, undeclared, unreached } from '../members';
import { withoutRow } from '../processing-job/constraint-rows';
import { requestsWithEverything } from '../processing-job/generated/requests-with-everything';

const REPOSITORY = join(__dirname, '..', '..');
const ROOT = 'CreateProcessingJobRequest';

/** The part of CONTRIBUTING.md under a heading. */
function recipe(heading: string): string {
  const [, ...after] = readFileSync(join(REPOSITORY, 'CONTRIBUTING.md'), 'utf8').split(`## ${heading}\n`);
  return after.join('').split('\n## ')[0];
}

function filesIn(text: string): string[] {
  return [...text.matchAll(/`((?:src|test|tools|local-cloud)\/[\w./-]+\.\w+)`/g)].map(([, file]) => file);
}

describe.each(['Add a member of the API', 'Add a kind of job'])('the recipe "%s"', (heading) => {
  test('names files that are there', () => {
    const files = filesIn(recipe(heading));
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
  });
});

describe.each([
  { structure: 'AppSpecification', path: 'AppSpecification.NewText', name: 'newText' },
  { structure: 'ProcessingS3Input', path: 'ProcessingInputs[].S3Input.NewText', name: 'inputs.raw.newText' },
])('a new member $path', ({ structure, path, name }) => {
  /** The service model of the day on which the service has it. */
  const shapes: Shapes = {
    ...SHAPES,
    NewText: { type: 'string', max: 10 },
    [structure]: { ...SHAPES[structure], members: { ...SHAPES[structure].members, NewText: 'NewText' } },
  };
  // What the recipe asks for: a property, and a declaration where those beside it are.
  const newMember = { NewText: property('newText') };
  const inputMembers = new RequestMembers<any, any>('ProcessingS3Input', {
    ...Object.fromEntries(S3_INPUT_MEMBERS.entries), ...structure === 'ProcessingS3Input' && newMember,
  });
  const jobMembers = new RequestMembers<any, any>(ROOT, {
    ...Object.fromEntries(PROCESSING_JOB_MEMBERS.entries),
    ...structure === 'AppSpecification' && { [path]: newMember.NewText },
    ...inputMembers.within('ProcessingInputs[].S3Input', '{}'),
  });
  const rendered = (newText: string) => jobMembers.render({
    newText, role: { roleArn: 'role' }, inputs: [{ InputName: 'raw', S3Input: inputMembers.render({ dataType: 'S3Prefix', newText }) }],
  });

  test('fails in the tests that the recipe names, and nothing else does', () => {
    const existing = requestsWithEverything();
    const failing = {
      'test/processing-job/generated/processing-members.test.ts': [...undeclared(PROCESSING_JOB_MEMBERS, shapes), ...unreached(existing, ROOT, shapes)],
      'test/processing-job/constraints.test.ts': withoutRow(shapes),
    };
    expect(failing).toEqual({
      'test/processing-job/generated/processing-members.test.ts': [path, path],
      'test/processing-job/constraints.test.ts': [path],
    });
    expect(filesIn(recipe('Add a member of the API'))).toEqual(expect.arrayContaining(Object.keys(failing)));
  });

  test('is rendered, checked and named in the words of the user when the recipe is followed', () => {
    expect(undeclared(jobMembers, shapes)).toEqual([]);
    expect(unreached([...requestsWithEverything(), rendered('text')], ROOT, shapes)).toEqual([]);
    const found = propertyProblems(requestProblems(rendered('x'.repeat(11)), ROOT, shapes), jobMembers, { ProcessingInputs: ['inputs.raw'] });
    expect(found.map(sentence)).toContain(
      `${name} is 'xxxxxxxxxxx': must have at most 10 characters, and has 11. Shorten it by 1. (${path.replace('[]', '[0]')})`);
  });
});

describe('a kind of job', () => {
  /** Its names in code, and its folders. */
  const KINDS: readonly { readonly names: RegExp; readonly own: readonly string[] }[] = [
    { names: /ProcessingJob|processingJob|PROCESSING_JOB|processing-job/, own: ['processing-job/', 'handler/kinds/processing-job.ts'] },
    { names: /AutoMLJob(?!V2)|autoMLJob(?!V2)|AUTOML_JOB(?!_V2)|automl-job(?!-v2)/, own: ['automl-job/', 'handler/kinds/automl-job.ts'] },
    { names: /AutoMLJobV2|autoMLJobV2|AUTOML_JOB_V2|automl-job-v2/, own: ['automl-job-v2/', 'handler/kinds/automl-job-v2.ts'] },
    { names: /AutoMLModel|autoMLModel|AUTOML_MODEL|automl-model|CreateModelInput/, own: ['automl-model/', 'handler/kinds/automl-model.ts'] },
  ];
  /** Other kinds may know a kind that they are made of, and the service model knows the names of the service. */
  const others = [...KINDS.flatMap(({ own }) => own), 'service-model/'].map((folder) => `src/${folder}`);

  const sources = readdirSync(join(REPOSITORY, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => `src/${file}`);
  const generator = 'tools/service-model/generate.py';
  const code = [generator, ...sources.filter((file) => !others.some((folder) => file.startsWith(folder)))]
    .flatMap((file) => readFileSync(join(REPOSITORY, file), 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*/gm, '').split('\n').map((line) => ({ file, line })))
    // What else the generator says of shapes are exceptions, which another kind need not have.
    .filter(({ file, line }) => file !== generator || line.startsWith('REQUESTS ='))
    // The entry of a kind in this table counts as one line.
    .filter(({ file, line }) => file !== 'src/provider/kinds.ts' || line.startsWith('  ['));

  test.each(KINDS)('$own: what it has elsewhere is at most five lines and an entry of a table, in files that the recipe names', ({ names }) => {
    const elsewhere = code.filter(({ line }) => names.test(line));
    const files = [...new Set(elsewhere.map(({ file }) => file))];
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !filesIn(recipe('Add a kind of job')).includes(file))).toEqual([]);
    expect(elsewhere.length).toBeLessThanOrEqual(6);
  });
});
