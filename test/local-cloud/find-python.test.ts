import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { findPython } from '../../local-cloud/find-python';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-python-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function putPython(name: string, version: string) {
  writeFileSync(join(folder, name), `#!/bin/sh\necho Python ${version}\n`, { mode: 0o755 });
}

test('says what is missing when there is none', async () => {
  await expect(findPython({ PATH: folder })).rejects.toThrow(
    'The local cloud needs Python 3.10 or newer, but there is no python3 on the PATH.');
});

test('says which one is too old', async () => {
  putPython('python3', '3.9.18');
  await expect(findPython({ PATH: folder })).rejects.toThrow('needs Python 3.10 or newer, but python3 is 3.9.18.');
});

test('takes one with a version in its name when python3 is too old', async () => {
  putPython('python3', '3.9.18');
  putPython('python3.12', '3.12.4');
  expect(await findPython({ PATH: folder })).toBe('python3.12');
});
