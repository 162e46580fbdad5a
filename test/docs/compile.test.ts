/**
 * The snippets of docs/*.md and the examples have the types that the library has. One program compiles both, for most of its time goes into
 * the types of aws-cdk-lib.
 */
import * as path from 'path';
import * as ts from 'typescript';
import { Snippet, SNIPPETS } from './snippets';

const ROOT = path.join(__dirname, '..', '..');

/** The examples that are checked, and the errors in them and in the snippets. Those in what they import are for `npx projen compile`. */
function check(snippets: readonly Snippet[]): { readonly examples: readonly string[]; readonly errors: readonly string[] } {
  const sources = new Map(snippets.map(({ file, source }) => [file, source]));
  const folder = path.join(ROOT, 'examples');
  const config = ts.readConfigFile(path.join(folder, 'tsconfig.json'), ts.sys.readFile).config;
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) =>
    sources.has(file) ? ts.createSourceFile(file, sources.get(file)!, target) : getSourceFile(file, target, ...rest);
  const program = ts.createProgram([...fileNames, ...sources.keys()], options, host);
  const errorsIn = (file: string) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  };
  const describe = (name: string, { messageText }: ts.Diagnostic) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  return {
    examples: fileNames,
    errors: [
      ...program.getOptionsDiagnostics().map((error) => describe('options', error)),
      ...fileNames.flatMap((file) => errorsIn(file).map((error) => describe(path.relative(ROOT, file), error))),
      // A snippet uses only some of what the fixture imports.
      ...snippets.flatMap(({ name, file }) => errorsIn(file)
        .filter(({ reportsUnnecessary }) => !reportsUnnecessary)
        .map((error) => describe(name, error))),
    ],
  };
}

test('all compile, and one with a wrong name does not', () => {
  const wrong = { name: 'wrong', file: path.join(__dirname, 'wrong.ts'), source: SNIPPETS[0].source.replace('instanceType:', 'instanceTypo:') };
  const { errors, examples } = check([...SNIPPETS, wrong]);
  expect(errors).toEqual([expect.stringMatching(/^wrong: .*instanceTypo/s)]);
  expect(examples.length).toBeGreaterThanOrEqual(10);
}, 180_000);
