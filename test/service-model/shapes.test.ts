import { SHAPES } from '../../src/service-model/shapes';

const shapes = Object.entries(SHAPES);

/** The names of the shapes that a shape is made of. */
function parts(name: string): string[] {
  const { members = {}, member, key, value } = SHAPES[name];
  return [...Object.values(members), member, key, value].filter((part) => part !== undefined);
}

test('every pattern compiles with the u flag, matched in full', () => {
  const patterns = shapes.flatMap(([, { pattern }]) => pattern ?? []);
  expect(patterns.length).toBeGreaterThan(20);
  for (const pattern of patterns) {
    expect(() => new RegExp(`^(?:${pattern})$`, 'u')).not.toThrow();
  }
});

test('every shape that a shape is made of is there', () => {
  expect(shapes.flatMap(([name]) => parts(name)).filter((part) => !(part in SHAPES))).toEqual([]);
});

test('nothing is there that no request is made of', () => {
  const used = new Set(shapes.flatMap(([name]) => parts(name)));
  const roots = shapes.map(([name]) => name).filter((name) => !used.has(name));
  expect(roots).toEqual(expect.arrayContaining(['CreateAutoMLJobRequest', 'CreateProcessingJobRequest']));
  expect(roots.filter((name) => !name.startsWith('Create'))).toEqual([]);
});

test('what a shape requires is one of its members', () => {
  expect(shapes.flatMap(([, { members = {}, required = [] }]) => required.filter((name) => !(name in members)))).toEqual([]);
});

test.each(shapes.filter(([, { type }]) => type === 'list' || type === 'map' || type === 'structure'))('%s is complete for its type', (_, shape) => {
  const expected = { structure: ['members'], list: ['member'], map: ['key', 'value'] }[shape.type as 'structure' | 'list' | 'map'];
  expect(Object.keys(shape)).toEqual(expect.arrayContaining(expected));
});

test.each([
  ['ProcessingJobName', { min: 1, max: 63 }],
  ['AutoMLJobName', { min: 1, max: 32 }],
  ['ProcessingInputs', { min: 0, max: 10 }],
  ['ProcessingInstanceCount', { min: 1, max: 100 }],
  ['ProcessingInstancePreferenceList', { min: 1, max: 5 }],
  ['ProcessingMaxRuntimeInSeconds', { min: 1, max: 777_600 }],
  ['ProcessingVolumeSizeInGB', { min: 1, max: 16_384 }],
  ['TagList', { min: 0, max: 50 }],
])('%s has the limits of the API reference', (name, limits) => {
  expect(SHAPES[name]).toMatchObject(limits);
});

test('there are 207 instance types', () => {
  expect(SHAPES.ProcessingInstanceType.enum).toHaveLength(207);
});

test('what the service only answers with cannot be said in a request', () => {
  expect(Object.keys(SHAPES.ProcessingClusterConfig.members!)).toEqual(
    ['InstanceCount', 'InstanceType', 'VolumeSizeInGB', 'VolumeKmsKeyId', 'InstancePreferences']);
});

test('a size is required of a cluster, its instances are not: they can be preferences', () => {
  expect(SHAPES.ProcessingClusterConfig.required).toEqual(['VolumeSizeInGB']);
});
