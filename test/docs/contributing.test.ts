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
  return [...text.matchAll(/`((?:src|test|tools|local-cloud|projenrc)\/[\w./-]+\.\w+)`/g)].map(([, file]) => file);
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
  /** Its folder, and its names in code. */
  const KINDS: readonly (readonly [folder: string, names: RegExp])[] = [
    ['processing-job', /ProcessingJob|processingJob|PROCESSING_JOB|processing-job/],
    ['automl-job', /AutoMLJob(?!V2)|autoMLJob(?!V2)|AUTOML_JOB(?!_V2)|automl-job(?!-v2)/],
    ['automl-job-v2', /AutoMLJobV2|autoMLJobV2|AUTOML_JOB_V2|automl-job-v2/],
    ['automl-model', /AutoMLModel|autoMLModel|AUTOML_MODEL|automl-model|CreateModelInput/],
  ];
  const ownOf = (folder: string) => [`src/${folder}/`, `src/handler/kinds/${folder}.ts`, `src/provider/kinds/${folder}.ts`];
  /** Other kinds may know a kind that they are made of, and the service model knows the names of the service. */
  const others = [...KINDS.flatMap(([folder]) => ownOf(folder)), 'src/service-model/'];

  const sources = readdirSync(join(REPOSITORY, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => `src/${file}`);
  const code = ['projenrc/layout.ts', ...sources.filter((file) => !others.some((folder) => file.startsWith(folder)))]
    .flatMap((file) => readFileSync(join(REPOSITORY, file), 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*/gm, '').split('\n').map((line) => ({ file, line })))
    // A line of the layout is that of the folder that it begins with.
    .map(({ file, line }) => ({ file, line: file === 'projenrc/layout.ts' ? line.split(':')[0] : line }));

  test('has files of its own where the recipe says', () => {
    for (const [folder] of KINDS) {
      expect(ownOf(folder).filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
    }
    expect(readdirSync(join(REPOSITORY, 'src/handler/kinds')).length).toBe(KINDS.length + 2);
    expect(readdirSync(join(REPOSITORY, 'src/provider/kinds')).length).toBe(KINDS.length + 2);
  });

  test.each(KINDS)('%s has five lines elsewhere, in files that the recipe names', (_folder, names) => {
    const elsewhere = code.filter(({ line }) => names.test(line)).map(({ file }) => file);
    expect(elsewhere.sort()).toEqual(['projenrc/layout.ts', 'src/handler/kinds/index.ts', 'src/index.ts', 'src/provider/contract.ts', 'src/provider/kinds/index.ts']);
    expect(filesIn(recipe('Add a kind of job'))).toEqual(expect.arrayContaining(elsewhere));
  });
});
