import { ProcessingInstanceType } from '../../src';
import { LOCAL_STORAGE_GB } from '../../src/service-model/instance-storage';
import { INSTANCE_TYPE_REGIONS } from '../../src/service-model/instance-type-regions';
import { SHAPES } from '../../src/service-model/shapes';

const NAMES = SHAPES.ProcessingInstanceType.enum!;
const constants = Object.entries(ProcessingInstanceType)
  .filter((constant): constant is [string, ProcessingInstanceType] => constant[1] instanceof ProcessingInstanceType);

test('there is a constant for each instance type of the service model, and for no other', () => {
  expect(constants.map(([, { name }]) => name)).toEqual(NAMES);
});

test.each(constants)('%s is named after its instance type', (constant, { name }) => {
  expect(`ml.${constant.toLowerCase().replace('_flex', '-flex').replace('_', '.')}`).toBe(name);
});

test('an instance type is printed as its name', () => {
  expect(`${ProcessingInstanceType.M7I_FLEX_LARGE}`).toBe('ml.m7i-flex.large');
  expect(ProcessingInstanceType.of('ml.z9.xlarge').toString()).toBe('ml.z9.xlarge');
});

test('the tables of storage and Regions have instance types of the service model only, and each once', () => {
  const offered = INSTANCE_TYPE_REGIONS.flatMap(({ types }) => types);
  expect(NAMES).toEqual(expect.arrayContaining([...offered, ...Object.keys(LOCAL_STORAGE_GB)]));
  expect(new Set(offered).size).toBe(offered.length);
});

test.each([
  ['ml.g4dn.xlarge', 125],
  ['ml.g5.48xlarge', 7600],
  ['ml.r5d.24xlarge', 3600],
  ['ml.p5.4xlarge', 3800],
  ['ml.m5.xlarge', undefined],
  ['ml.c7i.48xlarge', undefined],
])('%s has local storage of %s GB', (name, size) => {
  expect(LOCAL_STORAGE_GB[name]).toBe(size);
});

function regionsOf(name: string): readonly string[] | undefined {
  return INSTANCE_TYPE_REGIONS.find(({ types }) => types.includes(name))?.regions;
}

test('instance types are known to be offered in some Regions and not in others', () => {
  expect(regionsOf('ml.m5.xlarge')).toEqual(expect.arrayContaining(['us-east-1', 'eu-central-1', 'ap-south-2']));
  expect(regionsOf('ml.m5.xlarge')).not.toContain('ap-east-2');
  expect(regionsOf('ml.g7.2xlarge')).not.toContain('af-south-1');
});

test('a size that the price list leaves out in a Region is offered where its family is', () => {
  expect(regionsOf('ml.m6i.xlarge')).toEqual(regionsOf('ml.m6i.2xlarge'));
  expect(regionsOf('ml.m6i.xlarge')).toContain('us-east-1');
});

test('a Region that only one of the sources knows is not among those that are known', () => {
  expect(INSTANCE_TYPE_REGIONS.filter(({ regions }) => regions.includes('cn-north-1') || regions.includes('us-gov-west-1'))).toEqual([]);
});

test.each(['ml.p3.2xlarge', 'ml.m8i-flex.large', 'ml.r6i.xlarge'])('of %s, which the price list does not have, or in few of EC2’s Regions, nothing is known', (name) => {
  expect(regionsOf(name)).toBeUndefined();
});
