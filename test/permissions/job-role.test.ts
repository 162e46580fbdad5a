/**
 * The role that the library derives from the properties of a job suffices for what the job does, and allows no more: by a judge that is
 * not of this project.
 */
import { FEATURES, judgeOf } from './all-features';
import { callsThat, Judge, unused } from './judge';
import { neighboursOf } from './neighbours';

describe.each(FEATURES.map((feature) => [feature.name, feature] as const))('%s', (_name, feature) => {
  const { beside, needed } = feature;
  let judge: Judge;
  beforeAll(() => {
    judge = judgeOf(feature);
  });

  test.each(Object.entries(needed))('may do what is needed: %s', async (_source, calls) => {
    expect(await callsThat(judge, calls, false)).toEqual([]);
  });

  test('may do nothing beside that', async () => {
    const allNeeded = Object.values(needed).flat();
    expect(await callsThat(judge, [...beside, ...neighboursOf(allNeeded)], true)).toEqual([]);
  });

  test('has no grant that nothing needs', async () => {
    expect(await unused(judge, Object.values(needed).flat())).toEqual([]);
  });
});
