/**
 * What an editor of TypeScript shows at `new ProcessingJob(`: the text of the class, with its example.
 */
import * as path from 'path';
import * as ts from 'typescript';
import { Type, TYPES } from './assembly';

const folder = path.join(__dirname, '..', '..');
const classes = Object.values(TYPES).filter(({ initializer }) => initializer !== undefined);

// As an app would write it. The compiled declarations are those that it gets.
const source = classes.map(({ name }) => `new ${name}(`).join(';\n');
const app = path.join(folder, 'app.ts');
const text = `import { ${classes.map(({ name }) => name).join(', ')} } from './lib';\n${source}`;
const service = ts.createLanguageService({
  directoryExists: ts.sys.directoryExists,
  fileExists: (file) => file === app || ts.sys.fileExists(file),
  getCompilationSettings: () => ({ module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 }),
  getCurrentDirectory: () => folder,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  getScriptFileNames: () => [app],
  getScriptSnapshot: (file) => {
    const content = file === app ? text : ts.sys.readFile(file);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getScriptVersion: () => '1',
  readFile: ts.sys.readFile,
});

test.each(classes.map((type): [string, Type] => [type.name, type]))('new %s(…) shows the text of the class', (name, { docs }) => {
  const { documentation, tags } = service.getQuickInfoAtPosition(app, text.indexOf(`new ${name}(`) + 'new '.length)!;
  const shown = ts.displayPartsToString(documentation).replace(/\s+/g, ' ');
  expect(shown.startsWith(docs!.summary!.replace(/\s+/g, ' '))).toBe(true);
  const examples = (tags ?? []).filter((tag) => tag.name === 'example').map((tag) => ts.displayPartsToString(tag.text));
  expect(examples).toEqual(docs?.example === undefined ? [] : [docs.example]);
});

test('the classes that begin an app have an example', () => {
  const constructs = classes.filter(({ initializer }) => initializer!.parameters?.[0]?.name === 'scope');
  expect(constructs.length).toBeGreaterThan(7);
  expect(constructs.filter(({ docs }) => docs?.example === undefined).map(({ name }) => name)).toEqual([]);
});
