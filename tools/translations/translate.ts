/**
 * Writes docs/python.md, docs/java.md, docs/csharp.md and docs/go.md: the snippets of the README in each language.
 */
import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { LanguageTablet, TargetLanguage } from 'jsii-rosetta';

const ROOT = join(__dirname, '..', '..');
const GO_SOURCE = 'test/consumers/go/readme/main.go';

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
    note: 'Properties are methods of a builder. `List` and `Map` are those of `java.util`, `this` is the stack.',
    translate: ({ source }, tablet) => withGetters(withOwners(translated(tablet, source, TargetLanguage.JAVA), /\b(Cfn\w+)\.Builder\.create/g)),
  },
  {
    file: 'csharp.md',
    name: 'C#',
    fence: 'csharp',
    install: '```sh\ndotnet add package CdkSagemakerJobs\n```',
    note: 'Properties are in Pascal case; errors spell them as TypeScript does. `Dictionary` is that of `System.Collections.Generic`, `this` is the stack.',
    translate: ({ source }, tablet) => withOwners(translated(tablet, source, TargetLanguage.CSHARP), /\bnew (Cfn\w+)\(/g),
  },
  {
    file: 'go.md',
    name: 'Go',
    fence: 'go',
    install: '```sh\ngo get github.com/cdk-sagemaker-jobs/cdk-sagemaker-jobs-go/cdksagemakerjobs\n```',
    note: [
      'Optional arguments that are left out are `nil`, and attributes are methods; errors spell properties as TypeScript does. `stack` is the',
      'stack. The snippets import',
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
  const key = tablet.snippetKeys.find((each) => tablet.tryGetSnippet(each)!.originalSource.source.trimEnd() === source);
  if (key === undefined) {
    throw new Error(`Rosetta has not translated this snippet of the README: is .jsii older than it? Run 'npx projen compile'.\n${source}`);
  }
  return tablet.tryGetSnippet(key)!.get(language)!.source.replace(/\n{3,}/g, '\n\n').trim();
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

function page({ name, fence, install, note, translate }: Language, parts: Snippet[], tablet: LanguageTablet): string {
  return [
    '<!-- Generated from README.md by tools/translations/translate.ts: do not edit. -->',
    `# ${name}`,
    `The snippets of the [README](../README.md), in ${name}. They are statements in the constructor of a stack.`,
    install,
    note,
    ...parts.flatMap((snippet) => [`## ${snippet.heading}`, `\`\`\`${fence}\n${translate(snippet, tablet)}\n\`\`\``]),
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
