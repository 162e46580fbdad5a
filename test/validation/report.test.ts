import { Violation } from '../../src/validation/model';
import { Problems, sentence } from '../../src/validation/problems';
import { memberAt, propertyAt } from '../../src/validation/property-names';
import { report, Wording } from '../../src/validation/report';

const PROPERTIES = {
  'Name': 'name',
  'Limit.Seconds': 'maxRuntime',
  'Environment': 'environment',
  'Inputs': 'inputs',
  'Inputs[]': '{}',
  'Inputs[].S3.Uri': '{}.location',
  'Config.Preferences': 'preferences',
  'Config.Preferences[].Type': '{}.type',
};
const ELEMENTS = { Inputs: ['inputs.raw', 'code'] };

describe('a part of the request', () => {
  test.each<[Violation['path'], string, string]>([
    [['Name'], 'Name', 'name'],
    [['Inputs'], 'Inputs', 'inputs'],
    [['Inputs', 0], 'Inputs[0]', 'inputs.raw'],
    [['Inputs', 0, 'S3', 'Uri'], 'Inputs[0].S3.Uri', 'inputs.raw.location'],
    [['Inputs', 1, 'S3', 'Uri'], 'Inputs[1].S3.Uri', 'code.location'],
    [['Inputs', 1, 'S3', 'New'], 'Inputs[1].S3.New', 'code.S3.New'],
    [['Inputs', 2, 'S3', 'Uri'], 'Inputs[2].S3.Uri', 'inputs[2].location'],
    [['Config', 'Preferences', 3, 'Type'], 'Config.Preferences[3].Type', 'preferences[3].type'],
    [['Config', 'Preferences', 3], 'Config.Preferences[3]', 'preferences[3]'],
    [['Config', 'New'], 'Config.New', 'Config.New'],
    [['Environment', 'A.B'], 'Environment.A.B', 'environment.A.B'],
    [['New', 0, 'Member'], 'New[0].Member', 'New[0].Member'],
  ])('%j is %s, and was written as %s', (path, member, property) => {
    expect(memberAt(path)).toBe(member);
    expect(propertyAt(path, PROPERTIES, ELEMENTS)).toBe(property);
  });
});

describe('a violation is said', () => {
  const WORDING: Wording = { properties: PROPERTIES, elements: ELEMENTS, units: { maxRuntime: 'seconds' }, secret: ['Environment'] };
  const said = (...violations: Partial<Violation>[]) => {
    const problems = new Problems();
    report(violations.map((violation) => ({ path: ['Name'], allowed: 'must be so', remedy: 'Make it so.', ...violation })), WORDING, problems);
    return problems.all.map(sentence);
  };

  test('of the property, with value and member', () => {
    expect(said({ path: ['Inputs', 0, 'S3', 'Uri'], value: 'x' })).toEqual(["inputs.raw.location is 'x': must be so. Make it so. (Inputs[0].S3.Uri)"]);
  });

  test('without a value that is missing', () => {
    expect(said({ allowed: 'is required', remedy: 'Add it.' })).toEqual(['name is required. Add it. (Name)']);
  });

  test('with the unit of a number', () => {
    expect(said({ path: ['Limit', 'Seconds'], value: 0, allowed: 'must be at least 1' }))
      .toEqual(['maxRuntime is 0 seconds: must be at least 1 seconds. Make it so. (Limit.Seconds)']);
    expect(said({ path: ['Limit', 'Seconds'], value: 'x', allowed: 'must be a whole number' }))
      .toEqual(["maxRuntime is 'x': must be a whole number. Make it so. (Limit.Seconds)"]);
  });

  test('without what may be a secret', () => {
    expect(said({ path: ['Environment', 'A'], value: 'hunter2' })).toEqual(['environment.A is a text of 7 characters: must be so. Make it so. (Environment.A)']);
    expect(said({ path: ['Environment', 'A'], value: 5 })).toEqual(['environment.A is a number: must be so. Make it so. (Environment.A)']);
  });

  test('with a key of what may be a secret', () => {
    expect(said({ path: ['Environment', '1A'], value: '1A' })).toEqual(["environment.1A is '1A': must be so. Make it so. (Environment.1A)"]);
  });

  test('once a property', () => {
    expect(said({ value: 'first' }, { value: 'second' })).toHaveLength(1);
  });
});
