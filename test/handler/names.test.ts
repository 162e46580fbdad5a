import { jobProperties, LOGICAL_ID, STACK_ID } from './deployment';
import { definitionOf, jobName } from '../../src/handler/life/names';

type Event = Parameters<typeof jobName>[0];
const EVENT = { StackId: STACK_ID, LogicalResourceId: LOGICAL_ID } as Event;

test('names stay what they are from release to release, or jobs would run again', () => {
  expect(definitionOf(jobProperties())).toBe('893e5ace3503e9679cfd51e7cfe25016838274e39172b72faad686183b2a0909');
  expect(jobName(EVENT, jobProperties(), 0)).toBe('Shop-Prepare-2na66n8kde');
  expect(jobName(EVENT, jobProperties(), 1)).toBe('Shop-Prepare-3l8406yb4w');
  expect(definitionOf(jobProperties({ RerunTrigger: '1' }))).toBe('1069d1cd6922a993778ca315467bd7baf3b1d24ca855afe2d4f1f9a92ac327b3');
});

test.each([
  ['stack', { ...EVENT, StackId: 'other' } as Event, jobProperties(), 0],
  ['resource', { ...EVENT, LogicalResourceId: 'other' } as Event, jobProperties(), 0],
  ['definition', EVENT, jobProperties({ RerunTrigger: '2' }), 0],
  ['attempt', EVENT, jobProperties(), 1],
  ['prefix', EVENT, jobProperties({ JobNamePrefix: 'Other' }), 0],
])('a name is of one %s', (_what, event, properties, attempt) => {
  expect(jobName(event, properties, attempt)).not.toBe(jobName(EVENT, jobProperties(), 0));
});

test('tags, removal policy and types of new members are no part of the definition', () => {
  const changed = jobProperties({ Tags: [], RemovalPolicy: 'DELETE', UnmodeledTypes: { New: 'number' }, ContractVersion: '2' });
  expect(definitionOf(changed)).toBe(definitionOf(jobProperties()));
});

test('the order of a list is part of the definition, that of members is not', () => {
  const definition = (Request: Record<string, unknown>) => definitionOf(jobProperties({ Request }));
  expect(definition({ a: '1', b: { c: '2', d: '3' } })).toBe(definition({ b: { d: 3, c: 2 }, a: 1 }));
  expect(definition({ a: ['1', '2'] })).not.toBe(definition({ a: ['2', '1'] }));
});

test('a generated name is at most its prefix, a hyphen and ten characters of digits and lower-case letters', () => {
  for (let attempt = 0; attempt < 100; attempt++) expect(jobName(EVENT, jobProperties(), attempt)).toMatch(/^Shop-Prepare-[0-9a-z]{10}$/);
});
