// Compares the public API of the compiled library with the one in baseline.json, and fails where a caller's code would break.
// usage: node compat.js            compares
//        node compat.js --renew    writes baseline.json anew
const { spawnSync } = require('child_process');
const { mkdirSync, readFileSync, writeFileSync } = require('fs');
const { join } = require('path');

const REPOSITORY = join(__dirname, '..', '..');
const BASELINE = join(__dirname, 'baseline.json');
// Texts are left out of the baseline, so that its diff shows only what a caller's code can notice.
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

function renew() {
  const assembly = JSON.parse(readFileSync(join(REPOSITORY, '.jsii'), 'utf8'));
  writeFileSync(BASELINE, `${JSON.stringify(apiOf(assembly), undefined, 1)}\n`);
}

/** jsii-diff reads packages. Other tools take each that they find for part of this one, but do not look here. */
function writePackage() {
  const folder = join(REPOSITORY, 'node_modules', '.cache', 'compat');
  const { name, version, dependencies } = JSON.parse(readFileSync(BASELINE, 'utf8'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.jsii'), readFileSync(BASELINE));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({
    name, version, peerDependencies: dependencies, main: 'index.js', types: 'index.d.ts', jsii: { outdir: 'dist', targets: {} },
  }));
  return folder;
}

function compare() {
  // All of the library is experimental, of whose changes jsii-diff only warns unless it is told to fail.
  const options = ['--error-on', 'all', '--keys', '--ignore-file', '.compatignore'];
  const { status } = spawnSync('npx', ['jsii-diff', writePackage(), '.', ...options], { cwd: REPOSITORY, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

process.argv[2] === '--renew' ? renew() : compare();
