import { Duration, Size, Token } from 'aws-cdk-lib';
import { Problems } from '../../src/validation/problems';
import * as types from '../../src/validation/value-types';

class Own {
}
enum Choice {
  ONE = 'One',
  TWO = 'Two',
}
const token = Token.asNumber({ Ref: 'Parameter' });

describe('a kind tells its values from others', () => {
  test.each<[string, { test: (value: any) => boolean }, unknown[], unknown[]]>([
    ['a list', types.A_LIST, [[], [1]], ['a', {}, new Set()]],
    ['a map', types.A_MAP, [{}, { a: 1 }, Object.create(null)], [[], 'a', 5, new Map(), new Date(), () => 5]],
    ['a string', types.A_STRING, ['', 'a'], [5, [], {}, Symbol('a')]],
    ['a Duration', types.A_DURATION, [Duration.seconds(5), Duration.days(1), Duration.seconds(token), Duration.millis(1)],
      [5, {}, Size.gibibytes(1), Duration.minutes(token)]],
    ['a Size', types.A_SIZE, [Size.gibibytes(5), Size.mebibytes(1), Size.gibibytes(token)], [5, {}, Duration.seconds(1), Size.mebibytes(token)]],
    ['an instance', types.instanceOf(Own, 'Use it.'), [new Own()], [{}, Own, 5]],
    ['a choice', types.oneOf(Choice, 'Choice'), ['One', 'Two'], ['ONE', '', 5, {}]],
    ['what has members', types.having('a thing', 'Use it.', 'a', 'b'), [{ a: 1, b: undefined }], [{ a: 1 }, 'ab', 5, () => 5]],
    ['a subnet selection', types.A_SUBNET_SELECTION, [{}, { subnets: [] }], [[], 'private']],
  ])('%s', (_name, kind, own, others) => {
    expect(own.map((value) => kind.test(value))).toEqual(own.map(() => true));
    expect(others.map((value) => kind.test(value))).toEqual(others.map(() => false));
  });
});

test('an instance of another copy of the library is said to be that', () => {
  const OtherOwn = { Own: class {} }.Own;
  expect(types.instanceOf(Own, 'Use it.').remedy(new OtherOwn())).toBe("It comes from another copy of cdk-sagemaker-jobs: run 'npm dedupe'.");
  expect(types.instanceOf(Own, 'Use it.').remedy({})).toBe('Use it.');
});

describe('checked properties', () => {
  const check = (properties: object) => {
    const problems = new Problems();
    return { properties: types.checked(properties, { text: types.A_STRING, list: types.A_LIST }, problems), problems: problems.errors };
  };

  test('are those of the right types, and those of no kind', () => {
    expect(check({ text: 'a', list: [1], other: 5 })).toEqual({ properties: { text: 'a', list: [1], other: 5 }, problems: [] });
  });

  test('have no nulls', () => {
    expect(check({ text: null, other: null })).toEqual({ properties: { text: undefined, other: undefined }, problems: [] });
  });

  test('leave out what is of another kind, which is a problem', () => {
    const { properties, problems } = check({ text: 5, list: 'a', other: 5 });
    expect(properties).toEqual({ text: undefined, list: undefined, other: 5 });
    expect(problems.map(({ property }) => property)).toEqual(['text', 'list']);
  });

  test('may be inherited, or getters of a class', () => {
    class Props {
      public get text() {
        return 'a';
      }
    }
    expect(check(Object.create({ text: 'a', other: 5 })).properties).toEqual({ text: 'a', other: 5 });
    expect(check(new Props()).properties).toEqual({ text: 'a' });
    expect(check(Object.create({ text: 5 })).problems.map(({ property }) => property)).toEqual(['text']);
  });

  test.each([['txt', 'text'], ['Text', 'text'], ['tetx', 'text'], ['lists', 'list']])('%s is warned of, for it is close to %s', (name, meant) => {
    const problems = new Problems();
    types.checked({ [name]: 5 }, { text: types.A_STRING, list: undefined }, problems);
    expect([problems.errors, problems.warnings]).toEqual([[], [{
      property: name, allowed: 'is not a property, and has no effect', remedy: `Did you mean ${meant}?`, warning: 'cdk-sagemaker-jobs:unknownProperty',
    }]]);
  });

  test.each(['text', 'list', 'toast', 'tags', 'description'])('%s is not warned of', (name) => {
    const problems = new Problems();
    types.checked({ [name]: 'a' }, { text: types.A_STRING, list: undefined }, problems);
    expect(problems.warnings).toEqual([]);
  });

  test('may have the names of what every JavaScript object has', () => {
    expect(check({ constructor: 5, toString: 'a' })).toEqual({ properties: { constructor: 5, toString: 'a' }, problems: [] });
  });
});
