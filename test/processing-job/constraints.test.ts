import { ROWS, withoutRow } from './constraint-rows';
import { newJob, newScope, problemsOf } from './testing';

test('every member of the request that properties reach has a row in this table', () => {
  expect(withoutRow()).toEqual([]);
});

describe('values that the service would accept are accepted', () => {
  test.each(ROWS)('$member', ({ props, accepted }) => {
    for (const value of accepted) {
      const scope = newScope();
      newJob(scope, props(value, scope));
    }
  });
});

describe('a value that the service would not accept is an error that says what it would', () => {
  test.each(ROWS.flatMap(({ props, rejected }) => rejected.map(([value, line]) => ({ props, value, line }))))('$line', ({ props, value, line }) => {
    const scope = newScope();
    expect(problemsOf(props(value, scope), scope)).toEqual([line]);
  });
});
