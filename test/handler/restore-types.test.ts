import { jobProperties } from './deployment';
import { restoreTypes } from '../../src/handler/life/restore-types';

function restore(Request: Record<string, unknown>, UnmodeledTypes?: Record<string, 'number' | 'boolean'>): object {
  return restoreTypes('CreateProcessingJobRequest', jobProperties({ Request, UnmodeledTypes }));
}

test('numbers and booleans are what they were before CloudFormation, in structures and lists', () => {
  expect(restore({
    ProcessingInputs: [{ InputName: 'raw', AppManaged: 'false' }],
    ProcessingResources: { ClusterConfig: { InstanceCount: '2', VolumeSizeInGB: '30', InstanceType: 'ml.m5.large' } },
    NetworkConfig: { EnableNetworkIsolation: 'true' },
  })).toEqual({
    ProcessingInputs: [{ InputName: 'raw', AppManaged: false }],
    ProcessingResources: { ClusterConfig: { InstanceCount: 2, VolumeSizeInGB: 30, InstanceType: 'ml.m5.large' } },
    NetworkConfig: { EnableNetworkIsolation: true },
  });
});

test('strings stay strings, whatever they look like', () => {
  const request = { Environment: { PORT: '8080', DEBUG: 'true' }, AppSpecification: { ContainerArguments: ['5', 'false'] } };
  expect(restore(request)).toEqual(request);
});

test('what the model knows wins over a type that was written down', () => {
  const request = { Environment: { PORT: '8080' } };
  expect(restore(request, { 'Environment.PORT': 'number' })).toEqual(request);
});

test('values that have their types already keep them', () => {
  const request = { StoppingCondition: { MaxRuntimeInSeconds: 60 }, NetworkConfig: { EnableNetworkIsolation: true } };
  expect(restore(request)).toEqual(request);
});

test.each(['', 'many', '1x', '0x10', '1.5', '99999999999999999999', ' 1'])('a string that is no integer (%p) stays, for the service to say so', (text) => {
  const request = { StoppingCondition: { MaxRuntimeInSeconds: text } };
  expect(restore(request)).toEqual(request);
});

test.each([['3.0', 3], ['1E+3', 1000], ['-1', -1]])('an integer may be written as %s', (text, number) => {
  expect(restore({ StoppingCondition: { MaxRuntimeInSeconds: text } })).toEqual({ StoppingCondition: { MaxRuntimeInSeconds: number } });
});

test('a string that is no boolean stays', () => {
  const request = { NetworkConfig: { EnableNetworkIsolation: 'yes' } };
  expect(restore(request)).toEqual(request);
});

test('members that the model does not know get the types that the construct wrote down, at any depth', () => {
  expect(restore(
    { Brand: { New: '5', Other: '5' }, AppSpecification: { Fast: 'true' }, ProcessingInputs: [{ Weight: '0.5' }, { Weight: '0.5' }], Price: '1e-3' },
    { 'Brand.New': 'number', 'AppSpecification.Fast': 'boolean', 'ProcessingInputs.1.Weight': 'number', 'Price': 'number' },
  )).toEqual(
    { Brand: { New: 5, Other: '5' }, AppSpecification: { Fast: true }, ProcessingInputs: [{ Weight: '0.5' }, { Weight: 0.5 }], Price: 0.001 },
  );
});

test('a period in a name is no step of a path', () => {
  expect(restore({ 'D': { 'x.y': '5', 'x': { y: '5' } }, 'a\\b': 'true' }, { 'D.x\\.y': 'number', 'a\\\\b': 'boolean' }))
    .toEqual({ 'D': { 'x.y': 5, 'x': { y: '5' } }, 'a\\b': true });
});
