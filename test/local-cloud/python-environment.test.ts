import { createHash } from 'crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { pythonEnvironment } from '../../local-cloud/python-environment';

test('is used again at once, and in silence, while the requirements are the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'python-environment-'));
  try {
    const requirements = readFileSync(join(__dirname, '../../local-cloud/requirements.txt'));
    writeFileSync(join(folder, 'requirements.sha256'), createHash('sha256').update(requirements).digest('hex'));
    const lines: string[] = [];
    expect(await pythonEnvironment((line) => lines.push(line), folder)).toBe(join(folder, 'bin', 'python'));
    expect(lines).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
