// The published files: what is compiled from src, the bundled handler, and what describes the package.
// usage: node check-files.js <repository> <tarball>
const { execFileSync } = require('child_process');
const { readdirSync } = require('fs');
const { join } = require('path');

const [repository, tarball] = process.argv.slice(2);
const tar = (...args) => execFileSync('tar', [...args], { encoding: 'utf8', maxBuffer: 1 << 26 });

const modules = readdirSync(join(repository, 'src'), { recursive: true })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('handler'))
  .map((file) => file.replace(/\.ts$/, ''));
const expected = [
  '.jsii', 'LICENSE', 'README.md', 'package.json', 'assets/handler/index.js', 'assets/handler/looking.js',
  'assets/handler.cdx.json',
  ...modules.flatMap((module) => [`lib/${module}.js`, `lib/${module}.d.ts`]),
];
const actual = tar('-tzf', tarball).trim().split('\n').map((file) => file.replace(/^package\//, ''));

const missing = expected.filter((file) => !actual.includes(file));
const superfluous = actual.filter((file) => !expected.includes(file));
const withSource = tar('-xzOf', tarball, '--wildcards', 'package/lib/*.js').match(/^\/\/# sourceMappingURL=/gm)?.length ?? 0;
console.log({ missing, superfluous, modulesWithSourceMap: withSource });
process.exitCode = missing.length + superfluous.length + withSource === 0 ? 0 : 1;
