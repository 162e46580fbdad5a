/** Each test that docs/what-is-caught.md names exists, and its figures are those of the judge. */
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { FEATURES } from '../permissions/all-features';
import { neighboursOf } from '../permissions/neighbours';

const ROOT = join(__dirname, '..', '..');
const PAGE = readFileSync(join(ROOT, 'docs', 'what-is-caught.md'), 'utf8');

const rows = PAGE.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Kind of failure'))
  .map((line) => line.slice(2, -2).split(' | ')).map(([kind, , test]) => [kind, ...test.split(/`: ?/)] as const)
  .map(([kind, file, title]) => [kind, file.replace('`', ''), title] as const);

test('there are rows', () => {
  expect(rows.length).toBeGreaterThan(60);
});

test.each(rows)('%s: %s has the test that is named', (_kind, file, title) => {
  expect(existsSync(join(ROOT, file))).toBe(true);
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(title);
});

test('the figures are those of the judge', () => {
  const needed = FEATURES.map((feature) => Object.values(feature.needed).flat());
  const denied = FEATURES.flatMap(({ beside }, index) => [...beside, ...neighboursOf(needed[index])]);
  const [features, allowed, refused] = [FEATURES.length, needed.flat().length, denied.length].map((count) => count.toLocaleString('en'));
  expect(PAGE).toContain(`${features} features of jobs: ${allowed} calls that the service or the container makes are allowed, and ${refused} beside them denied.`);
});
