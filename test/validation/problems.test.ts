import { Duration, Token } from 'aws-cdk-lib';
import { Problems, problemsError, requireType, requireTypeIfGiven, sentence, show, showWithoutContent } from '../../src/validation/problems';
import { A_STRING } from '../../src/validation/value-types';

class Something {
}
class Item {
}
class S3Thing {
}

describe('a value is shown as its author would recognise it', () => {
  const cyclic: unknown[] = ['a'];
  cyclic.push(cyclic);

  test.each<[unknown, string]>([
    ['text', "'text'"],
    ['', "''"],
    ['two\nlines', "'two\\nlines'"],
    [5, '5'],
    [NaN, 'NaN'],
    [-0.5, '-0.5'],
    [BigInt(5), '5'],
    [true, 'true'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [['a', 5, null], "['a', 5, null]"],
    [[], '[]'],
    [[['a']], "[['a']]"],
    [cyclic, "['a', ['a', a list]]"],
    [{ a: 1, b: 2 }, '{ a, b }'],
    [{}, '{  }'],
    [Object.create(null), '{  }'],
    [{ constructor: 5 }, '{ constructor }'],
    [{ constructor: { name: Symbol('s') } }, '{ constructor }'],
    [new (class {})(), '{  }'],
    [new Something(), 'a Something'],
    [new Item(), 'an Item'],
    [new S3Thing(), 'an S3Thing'],
    [Duration.minutes(1), 'a Duration'],
    [Something, 'the function Something'],
    [() => 5, 'the function '],
  ])('%p as %s', (value, shown) => {
    expect(show(value)).toBe(shown);
  });

  test('up to 80 characters in full', () => {
    expect(show('x'.repeat(78))).toBe(`'${'x'.repeat(78)}'`);
    expect(show('x'.repeat(79))).toBe(`'${'x'.repeat(78)}… (79 characters)`);
  });

  test('with its length as the service counts it', () => {
    expect(show('🙂'.repeat(257))).toBe(`'${'🙂'.repeat(78)}… (257 characters)`);
    expect(showWithoutContent('🙂')).toBe('a text of 1 character');
  });

  test('with the length of what is known of it, for an expression can become any text', () => {
    const expression = Token.asString({ Ref: 'Expression' });
    expect(show(`${'x'.repeat(80)}${expression}`)).toBe(`'${'x'.repeat(78)}… (at least 80 characters)`);
    expect(showWithoutContent(`${'x'.repeat(80)}${expression}`)).toBe('a text of at least 80 characters');
    expect(showWithoutContent(expression)).toBe('a text of at least 0 characters');
  });

  test('without what a terminal would obey', () => {
    expect(show('a\u001b[31mb\r\u2028\u202e\ud800')).toBe("'a\\u001b[31mb\\r\\u2028\\u202e\\ud800'");
    expect(show('é 大 👨‍👩‍👧')).toBe("'é 大 👨‍👩‍👧'");
  });

  test.each<[unknown, string]>([
    ['secret', 'a text of 6 characters'], [7351, 'a number'], [true, 'a boolean'], [['secret'], 'a list'], [null, 'null'], [new Something(), 'a Something'],
    [Symbol('secret'), 'a symbol'], [() => 'secret', 'a function'],
  ])('%p without its content as %s', (value, shown) => {
    expect(showWithoutContent(value)).toBe(shown);
  });
});

describe('a problem is one sentence', () => {
  test('with all that is known of it', () => {
    expect(sentence({ property: 'a.b', value: '5', allowed: 'must be 6', remedy: 'Use 6.', member: 'A.B' })).toBe('a.b is 5: must be 6. Use 6. (A.B)');
  });

  test('without a value and a member', () => {
    expect(sentence({ property: 'a.b', allowed: 'is required', remedy: 'Add it.' })).toBe('a.b is required. Add it.');
  });
});

describe('problems', () => {
  test('are kept in order, the first of each property', () => {
    const problems = new Problems();
    problems.add({ property: 'b', allowed: 'first', remedy: '' });
    problems.add({ property: 'a', allowed: 'second', remedy: '' });
    problems.add({ property: 'b', allowed: 'third', remedy: '' });
    expect(problems.errors.map(({ property, allowed }) => [property, allowed])).toEqual([['b', 'first'], ['a', 'second']]);
  });

  test('are warnings until there is an error', () => {
    const problems = new Problems();
    problems.add({ property: 'a', allowed: 'first', remedy: '', warning: 'id' });
    problems.add({ property: 'a', allowed: 'second', remedy: '', warning: 'id' });
    expect([problems.errors, problems.warnings.map(({ allowed }) => allowed)]).toEqual([[], ['first']]);
    problems.add({ property: 'a', allowed: 'third', remedy: '' });
    expect([problems.errors.map(({ allowed }) => allowed), problems.warnings]).toEqual([['third'], []]);
  });

  test('are what is missing', () => {
    const problems = new Problems();
    expect(problems.require('given', 'value', A_STRING)).toBe('value');
    problems.require('element[0]', undefined, A_STRING);
    problems.require('element[1]', null, A_STRING);
    expect(problems.errors.map(sentence)).toEqual([
      'element[0] is missing, and must be a string. Put it in quotes.',
      'element[1] is null: must be a string. Put it in quotes.',
    ]);
  });

  test('are what is of another kind than expected, and nothing else', () => {
    const problems = new Problems();
    expect(problems.expect('text', 'value', A_STRING)).toBe('value');
    expect(problems.expect('empty', '', A_STRING)).toBe('');
    expect(problems.expect('none', undefined, A_STRING)).toBeUndefined();
    expect(problems.expect('null', null, A_STRING)).toBeUndefined();
    expect(problems.errors).toEqual([]);
    expect(problems.expect('number', 5, A_STRING)).toBeUndefined();
    expect(problems.errors).toEqual([{ property: 'number', value: '5', allowed: 'must be a string', remedy: 'Put it in quotes.' }]);
  });

  test('are one plain error, numbered', () => {
    const error = problemsError('Job', [{ property: 'a', allowed: 'x', remedy: 'X.' }, { property: 'b', allowed: 'y', remedy: 'Y.' }], 'https://docs');
    expect(error.constructor).toBe(Error);
    expect(error.message).toBe('Job has 2 problems:\n  1. a x. X.\n  2. b y. Y.\nSee https://docs');
  });
});

describe('an argument', () => {
  test.each([5, null, undefined, {}])('of another kind (%p) is an error that names the method', (value) => {
    expect(() => requireType('Class.method', 'name', value, A_STRING)).toThrow(/^Class\.method: name is .*(:|, and) must be a string\. Put it in quotes\.$/);
  });

  test('of the kind is none', () => {
    requireType('Class.method', 'name', 'text', A_STRING);
    requireTypeIfGiven('Class.method', 'name', 'text', A_STRING);
  });

  test('may be left out where it is optional', () => {
    requireTypeIfGiven('Class.method', 'name', undefined, A_STRING);
    requireTypeIfGiven('Class.method', 'name', null, A_STRING);
    expect(() => requireTypeIfGiven('Class.method', 'name', 5, A_STRING)).toThrow('Class.method: name is 5: must be a string.');
  });
});
