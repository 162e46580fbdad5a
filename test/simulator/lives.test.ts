import { readFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { life } from './life';
import { PLANTED_BUGS } from './planted-bugs';
import { play } from './story';

/** More of them, and planted bugs: see `npx projen simulate` in CONTRIBUTING.md. */
const LIVES = 60;

test(`in ${LIVES} random lives of a stack no invariant is violated`, async () => {
  await fc.assert(fc.asyncProperty(life, async (each) => {
    expect((await play(each)).violations).toEqual([]);
  }), { numRuns: LIVES, seed: 42, endOnFailure: true });
}, 120_000);

test('a life that is played again is the same', async () => {
  const [each] = fc.sample(life, { numRuns: 1, seed: 7 });
  const [first, second] = [await play(each, true), await play(each, true)];
  expect(first.trace.length).toBeGreaterThan(10);
  expect(second.trace).toEqual(first.trace);
});

const CHANGES = PLANTED_BUGS.flatMap(({ safeguard, ...bug }) => safeguard ? [bug, { ...bug, ...safeguard }] : [bug]);

test.each(CHANGES)('there is one place for the bug: $bug, in $file', ({ file, replace }) => {
  expect(readFileSync(join(__dirname, '..', '..', 'src', 'handler', file), 'utf8').split(replace)).toHaveLength(2);
});
