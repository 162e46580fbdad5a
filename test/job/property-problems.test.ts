import { propertyAt, propertyProblems } from '../../src/job/property-problems';
import { named, RequestMembers, secret } from '../../src/job/request-members';
import { memberAt, RequestProblem, sentence } from '../../src/validation/problems';

const MEMBERS = new RequestMembers<any, any>('Request', {
  'Name': named('name'),
  'Limit.Seconds': { ...named('maxRuntime'), unit: 'second' },
  'Environment': secret(named('environment')),
  'Inputs': named('inputs'),
  'Inputs[]': named('{}'),
  'Inputs[].S3.Uri': named('{}.location'),
  'Config.Preferences': named('preferences'),
  'Config.Preferences[].Type': named('{}.type'),
});
const ELEMENTS = { Inputs: ['inputs.raw', 'code'] };

describe('a part of the request', () => {
  test.each<[RequestProblem['path'], string, string]>([
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
    expect(propertyAt(path, MEMBERS, ELEMENTS)).toBe(property);
  });
});

describe('a problem of a request is said', () => {
  const said = (...found: Partial<RequestProblem>[]) =>
    propertyProblems(found.map((problem) => ({ path: ['Name'], allowed: 'must be so', remedy: 'Make it so.', ...problem })), MEMBERS, ELEMENTS).map(sentence);

  test('of the property, with value and member', () => {
    expect(said({ path: ['Inputs', 0, 'S3', 'Uri'], value: 'x' })).toEqual(["inputs.raw.location is 'x': must be so. Make it so. (Inputs[0].S3.Uri)"]);
  });

  test('without a value that is missing', () => {
    expect(said({ allowed: 'is required', remedy: 'Add it.' })).toEqual(['name is required. Add it. (Name)']);
  });

  test('with the unit of a number, and of its limit', () => {
    expect(said({ path: ['Limit', 'Seconds'], value: 0, allowed: { at: 'least', limit: 1 } }))
      .toEqual(['maxRuntime is 0 seconds: must be at least 1 second. Make it so. (Limit.Seconds)']);
    expect(said({ path: ['Limit', 'Seconds'], value: 1, allowed: { at: 'most', limit: 0 } }))
      .toEqual(['maxRuntime is 1 second: must be at most 0 seconds. Make it so. (Limit.Seconds)']);
    expect(said({ path: ['Limit', 'Seconds'], value: 'x', allowed: 'must be a whole number' }))
      .toEqual(["maxRuntime is 'x': must be a whole number. Make it so. (Limit.Seconds)"]);
  });

  test('with the unit of what is counted', () => {
    expect(said({ allowed: { at: 'most', limit: 1, counted: { unit: 'entry', count: 2 } } })).toEqual(['name must have at most 1 entry, and has 2. Make it so. (Name)']);
    expect(said({ allowed: { at: 'least', limit: 2, counted: { unit: 'character', count: 1 } } })).toEqual(['name must have at least 2 characters. Make it so. (Name)']);
  });

  test('without what may be a secret', () => {
    expect(said({ path: ['Environment', 'A'], value: 'hunter2' })).toEqual(['environment.A is a text of 7 characters: must be so. Make it so. (Environment.A)']);
    expect(said({ path: ['Environment', 'A'], value: 5 })).toEqual(['environment.A is a number: must be so. Make it so. (Environment.A)']);
  });

  test('with a key of what may be a secret', () => {
    expect(said({ path: ['Environment', '1A'], value: '1A' })).toEqual(["environment.1A is '1A': must be so. Make it so. (Environment.1A)"]);
  });
});
