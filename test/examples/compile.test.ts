import { spawnSync } from 'child_process';
import * as path from 'path';

test('the examples have the types that the library has', () => {
  const root = path.join(__dirname, '..', '..');
  const tsc = require.resolve('typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', 'examples/tsconfig.json'], { cwd: root, encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
}, 180_000);
