// Writes the public API of the compiled library into baseline/, which `npx projen compat` compares the library with.
// Texts are left out, so that a diff of it shows only what a caller's code can notice.
const { readFileSync, writeFileSync } = require('fs');
const { join } = require('path');

const REPOSITORY = join(__dirname, '..', '..');
const NOT_FOR_CALLERS = ['dependencyClosure', 'keywords', 'locationInModule', 'readme', 'symbolId'];

function apiOf(value) {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(apiOf);
  }
  return Object.fromEntries(Object.entries(value)
    .filter(([name]) => !NOT_FOR_CALLERS.includes(name))
    .map(([name, member]) => [name, name === 'docs' ? { stability: member.stability, deprecated: member.deprecated } : apiOf(member)]));
}

function write(file, content) {
  writeFileSync(join(__dirname, 'baseline', file), `${JSON.stringify(content, undefined, 1)}\n`);
}

const { name, version, peerDependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
write('package.json', { name, version, peerDependencies, main: 'lib/index.js', types: 'lib/index.d.ts', jsii: { outdir: 'dist', targets: {} } });
write('.jsii', apiOf(JSON.parse(readFileSync(join(REPOSITORY, '.jsii'), 'utf8'))));
