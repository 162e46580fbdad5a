/**
 * Writes a program of the snippets of docs/java.md, each with its own imports in a stack of its own.
 * usage: node readme.js docs/java.md <folder of the package example>
 */
const { readFileSync, writeFileSync } = require('fs');
const { join } = require('path');

const [file, folder] = process.argv.slice(2);
const [page, app] = readFileSync(file, 'utf8').split('## A whole app');
if (!app.includes(readFileSync(join(folder, 'NightlyApp.java'), 'utf8'))) throw new Error(`${file} shows another app than NightlyApp.java`);
const snippets = [...page.matchAll(/^```java\n(.*?)^```$/gms)].map(([, source]) => source);
if (snippets.length < 6) throw new Error(`${file} has only ${snippets.length} snippets`);

const imports = (source) => source.match(/^import .*;$/gm) ?? [];
const statements = (source) => source.replace(/^import .*;\n/gm, '').trim();
const declared = (source) => [...source.matchAll(/^\w+ (\w+) =/gm)].map(([, name]) => name);
const write = (name, source, body) => writeFileSync(join(folder, `${name}.java`), `package example;

${imports(source).join('\n')}

class ${name} ${body.join('\n').replaceAll('\n', '\n    ')}
}
`);

/** What a snippet does not say itself, those before it have said. */
const given = {
  bucket: 'software.amazon.awscdk.services.s3.Bucket bucket = given.bucket;',
  prepare: 'io.github.cdksagemakerjobs.ProcessingJob prepare = given.prepare;',
  job: 'io.github.cdksagemakerjobs.ProcessingJob job = given.prepare;',
  topic: 'software.amazon.awscdk.services.sns.Topic topic = new software.amazon.awscdk.services.sns.Topic(given, "Topic");',
  credentials: 'software.amazon.awscdk.services.secretsmanager.Secret credentials = new software.amazon.awscdk.services.secretsmanager.Secret(given, "Credentials");',
  watcher: 'software.amazon.awscdk.services.iam.User watcher = new software.amazon.awscdk.services.iam.User(given, "Watcher");',
};

write('Given', snippets[0], [
  'extends software.constructs.Construct {',
  'final Bucket bucket;', 'final ProcessingJob prepare;', '',
  'Given(software.amazon.awscdk.Stack stack) {', 'super(stack, "Given");', statements(snippets[0]), 'this.bucket = bucket;', 'this.prepare = prepare;', '}',
]);
snippets.forEach((source, index) => {
  const names = Object.keys(given).filter((name) => !declared(source).includes(name));
  write(`Snippet${index}`, source, [
    'extends software.amazon.awscdk.Stack {',
    `Snippet${index}(software.amazon.awscdk.App app) {`, `super(app, "Snippet${index}");`, 'Given given = new Given(this);',
    ...names.map((name) => given[name]), statements(source), '}',
  ]);
});
write('Readme', '', [
  '{',
  'public static void main(String[] arguments) {', 'software.amazon.awscdk.App app = new software.amazon.awscdk.App();',
  ...snippets.map((_, index) => `new Snippet${index}(app);`), 'app.synth();', '}',
]);
