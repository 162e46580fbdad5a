/** The bill of materials that is published beside the bundle of the handler. */
import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const bill = JSON.parse(readFileSync(path.join(ROOT, 'assets', 'handler.cdx.json'), 'utf8'));
const versions = new Map<string, string>(bill.components.map(({ name, version }: { name: string; version: string }) => [name, version]));

test('has each package that the handler imports, in the version that is installed', () => {
  const folder = path.join(ROOT, 'src', 'handler');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
  const imported = new Set([...sources.matchAll(/^import (?!type)[^;]*? from '(@(?:aws-sdk|smithy)\/[^/']+)/gm)].map(([, name]) => name));
  expect(imported.size).toBeGreaterThan(3);
  for (const name of imported) {
    expect([name, versions.get(name)]).toEqual([name, JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version]);
  }
});

test('names a licence of each, which allows to be bundled', () => {
  const free = ['Apache-2.0', 'MIT', 'BSD-3-Clause', 'ISC'];
  expect(bill.components.filter(({ licenses }: { licenses: { license: { id: string } }[] }) => !free.includes(licenses[0].license.id))).toEqual([]);
});
