/**
 * Writes docs/python.md, docs/java.md, docs/csharp.md and docs/go.md: the snippets of the README in each language, and a whole app, which
 * the tests of the packages compile and run.
 */
import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { LanguageTablet, TargetLanguage, TranslatedSnippet } from 'jsii-rosetta';

const ROOT = join(__dirname, '..', '..');
const CONSUMERS = 'test/consumers';
const GO_MODULE = 'github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs';
const GO_SOURCE = `${CONSUMERS}/go/readme/main.go`;

interface Snippet {
  /** The heading above the snippet. */
  readonly heading: string;
  readonly source: string;
}

interface Language {
  readonly file: string;
  readonly name: string;
  /** The language of code blocks in Markdown. */
  readonly fence: string;
  readonly install: string;
  /** How to use the package that was made in dist/. */
  readonly fromDist: string;
  /** The whole app: a file of the tests. */
  readonly app: string;
  /** What a reader of the snippets has to know. */
  readonly note: string;
  readonly translate: (snippet: Snippet, tablet: LanguageTablet) => string;
}

const LANGUAGES: readonly Language[] = [
  {
    file: 'python.md',
    name: 'Python',
    fence: 'python',
    install: '```sh\npip install cdk-sagemaker-jobs\n```',
    fromDist: '`npx projen package:python` makes `dist/python`, and `pip install dist/python/*.whl` installs it.',
    app: 'python/nightly.py',
    note: 'Properties are keyword arguments in snake case; errors spell them as TypeScript does: `maxRuntime` is `max_runtime`. `self` is the stack.',
    translate: ({ source }, tablet) => translated(tablet, source, TargetLanguage.PYTHON),
  },
  {
    file: 'java.md',
    name: 'Java',
    fence: 'java',
    install: [
      '```xml', '<dependency>', '  <groupId>io.github.cdksagemakerjobs</groupId>', '  <artifactId>cdk-sagemaker-jobs</artifactId>',
      '  <version><!-- the latest --></version>', '</dependency>', '```',
    ].join('\n'),
    fromDist: [
      '`npx projen package:java` makes `dist/java`, a Maven repository with the version 0.0.0. In the `pom.xml` of the app:',
      '', '```xml', '<repository>', '  <id>dist</id>', '  <url>file:///path/to/cdk-sagemaker-jobs/dist/java</url>', '</repository>', '```',
    ].join('\n'),
    app: 'java/src/main/java/example/NightlyApp.java',
    note: [
      'Properties are methods of a builder, named as in TypeScript; of several capital letters, only the first stays one: `autoMLJobName` is',
      '`.autoMlJobName(…)`. Attributes have getters, which keep them: `getAutoMLJobName()`. `this` is the stack.',
    ].join('\n'),
    translate: ({ source }, tablet) => withImports(
      withGetters(withOwners(translated(tablet, source, TargetLanguage.JAVA), /\b(Cfn\w+)\.Builder\.create/g)), referenced(tablet, source)),
  },
  {
    file: 'csharp.md',
    name: 'C#',
    fence: 'csharp',
    install: '```sh\ndotnet add package CdkSagemakerJobs\n```',
    fromDist: [
      '`npx projen package:dotnet`, which needs the .NET SDK, makes `dist/dotnet`.',
      '`dotnet add package CdkSagemakerJobs --version 0.0.0 --source` with the path of that folder adds it.',
    ].join('\n'),
    app: 'dotnet/NightlyApp.cs',
    note: 'Properties are in Pascal case; errors spell them as TypeScript does. `this` is the stack.',
    translate: ({ source }, tablet) => withUsings(withOwners(translated(tablet, source, TargetLanguage.CSHARP), /\bnew (Cfn\w+)\(/g)),
  },
  {
    file: 'go.md',
    name: 'Go',
    fence: 'go',
    install: `\`\`\`sh\ngo get ${GO_MODULE}\n\`\`\``,
    fromDist: [
      '`npx projen package:go` makes `dist/go`. In the folder of the app:',
      '', '```sh', `go mod edit -replace ${GO_MODULE}=/path/to/cdk-sagemaker-jobs/dist/go/cdksagemakerjobs`, 'go mod tidy', '```',
    ].join('\n'),
    app: 'go/nightly/main.go',
    note: [
      'Optional arguments that are left out are `nil`, but enums are texts, and one that is left out is `""`:',
      '`jobs.AutoMLProblem_BinaryClassification("")`. Attributes are methods; errors spell properties as TypeScript does. `stack` is the stack. The',
      'snippets import',
      '', '```go', goRegion('imports'), '```',
    ].join('\n'),
    // Rosetta's Go does not compile: it leaves out optional arguments, and does not import the packages of the CDK.
    translate: ({ heading }) => goRegion(heading),
  },
];

function snippets(readme: string): Snippet[] {
  let heading = '';
  return [...readme.matchAll(/^#+ ([^\n]+)$|^```ts[^\n]*\n(.*?)^```$/gms)].flatMap(([, text, source]) => {
    heading = text ?? heading;
    return source === undefined ? [] : { heading, source: source.trimEnd() };
  });
}

function translated(tablet: LanguageTablet, source: string, language: TargetLanguage): string {
  return snippetOf(tablet, source).get(language)!.source.replace(/\n{3,}/g, '\n\n').trim();
}

/** The names of the types that a snippet uses, as jsii has them: `aws-cdk-lib.aws_s3.Bucket`. */
function referenced(tablet: LanguageTablet, source: string): string[] {
  return snippetOf(tablet, source).fqnsReferenced();
}

function snippetOf(tablet: LanguageTablet, source: string): TranslatedSnippet {
  const key = tablet.snippetKeys.find((each) => tablet.tryGetSnippet(each)!.originalSource.source.trimEnd() === source);
  if (key === undefined) {
    throw new Error(`Rosetta has not translated this snippet of the README: is .jsii older than it? Run 'npx projen compile'.\n${source}`);
  }
  return tablet.tryGetSnippet(key)!;
}

/** Adds the classes that Rosetta leaves out: property types of the CDK's generated resources are nested in their resource. */
function withOwners(source: string, owner: RegExp): string {
  const owners = [...source.matchAll(owner)];
  return source.replace(/(?<![.\w])\w+Property\b(?=\.builder| \{)/g, (type, index: number) =>
    `${owners.filter((match) => match.index < index).pop()![1]}.${type}`);
}

/** Makes getters of properties, which Rosetta does not where a method follows: `job.grants.describe(…)`. */
function withGetters(source: string): string {
  return source.replace(/^(?!import).*$/gm, (line) => line.replace(/\b([a-z]\w*)\.([a-z])(\w*)\.(?=\w+\()/g,
    (_match, object, first, rest) => `${object}.get${first.toUpperCase()}${rest}().`));
}

/** Imports the collections of Java, and structs, which TypeScript does without: `OnEventOptions.builder()`. */
function withImports(source: string, types: string[]): string {
  const imported = new Map([...source.matchAll(/^import ([\w.]+)\.(\w+);$/gm)].map(([, packageName, name]) => [name, packageName]));
  const namespaceOf = (name: string) => types.find((type) => type.endsWith(`.${name}`))?.replace(/\.\w+$/, '');
  const structs = [...source.matchAll(/(?<![.\w])(\w+)\.builder\(\)/g)].map(([, name]) => name).filter((name) => !imported.has(name));
  const ofStructs = structs.map((name) => {
    // A type of the same module has been imported: the struct is an argument of one of its methods.
    const neighbour = [...imported.keys()].find((each) => namespaceOf(each) === namespaceOf(name));
    if (neighbour === undefined) {
      throw new Error(`Nothing tells the package of ${name}.`);
    }
    return `import ${imported.get(neighbour)}.${name};`;
  });
  const collections = ['List', 'Map'].filter((name) => source.includes(`${name}.of(`)).map((name) => `import java.util.${name};`);
  return inFront(source, [...collections, ...ofStructs]);
}

/** The same for the collections of C#. */
function withUsings(source: string): string {
  return inFront(source, source.includes('Dictionary<') ? ['using System.Collections.Generic;'] : []);
}

function inFront(source: string, lines: string[]): string {
  return [...lines, ...lines.length > 0 && !/^(import|using) /.test(source) ? [''] : [], source].join('\n');
}

/** A region of the Go program that the tests compile and run with the package. */
function goRegion(name: string): string {
  const lines = readFileSync(join(ROOT, GO_SOURCE), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.trim() === `// README: ${name}`);
  const length = lines.slice(start).findIndex((line) => line.trim() === '// end');
  if (start < 0 || length < 0) {
    throw new Error(`${GO_SOURCE} has no region '${name}', from '// README: ${name}' to '// end'.`);
  }
  const region = lines.slice(start + 1, start + length).join('\n').trimEnd().split('\n');
  const indent = /^\t*/.exec(region[0])![0];
  return region.map((line) => line.startsWith(indent) ? line.slice(indent.length) : line).join('\n');
}

function page({ name, fence, install, fromDist, app, note, translate }: Language, parts: Snippet[], tablet: LanguageTablet): string {
  return [
    '<!-- Generated from README.md by tools/translations/translate.ts: do not edit. -->',
    `# ${name}`,
    [
      `The snippets of the [README](../README.md), in ${name}. They are statements in the constructor of a stack. [A whole app](#a-whole-app) is at`,
      'the end, and [API.md](../API.md) has every class and property.',
    ].join('\n'),
    install,
    `Before the first release, in a clone of the repository:\n${fromDist}`,
    note,
    ...parts.flatMap((snippet) => [`## ${snippet.heading}`, `\`\`\`${fence}\n${translate(snippet, tablet)}\n\`\`\``]),
    '## A whole app',
    [
      'A definition with a VPC, a limit and tags runs in the deployment with an alarm on a metric, every night by EventBridge Scheduler, and as a state',
      'of Step Functions: [states](step-functions.md), [schedules](schedules.md).',
    ].join('\n'),
    `\`\`\`${fence}\n${readFileSync(join(ROOT, CONSUMERS, app), 'utf8').trimEnd()}\n\`\`\``,
  ].join('\n\n') + '\n';
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'translations-'));
  const file = join(folder, 'tablet.json');
  try {
    execFileSync('npx', ['jsii-rosetta', 'extract', '--strict', '--cache-to', file, '.jsii'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    const tablet = await LanguageTablet.fromFile(file);
    const parts = snippets(readFileSync(join(ROOT, 'README.md'), 'utf8'));
    if (parts.length === 0) {
      throw new Error('The README has no snippets.');
    }
    for (const language of LANGUAGES) {
      writeFileSync(join(ROOT, 'docs', language.file), page(language, parts, tablet));
    }
    console.log(`${parts.length} snippets in ${LANGUAGES.length} languages: docs/{${LANGUAGES.map((language) => language.file).join(',')}}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main().catch((error) => {
  console.error((error as Error).message);
  process.exit(1);
});
