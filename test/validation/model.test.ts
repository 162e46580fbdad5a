import { Aws, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { invalidValue, Mutation, mutationsOf, validValue } from './arbitraries';
import { SHAPES } from '../../src/service-model/shapes';
import { requestProblems } from '../../src/validation/model';
import { inWords, memberAt, Path, RequestProblem } from '../../src/validation/problems';

/** What is wrong with a request that has this, and only this, beside what every request needs. */
function problemsOf(request: object) {
  return requestProblems({
    ProcessingJobName: 'name',
    AppSpecification: { ImageUri: 'image' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
    RoleArn: 'arn:aws:iam::123456789012:role/jobs',
    ...request,
  }, 'CreateProcessingJobRequest');
}

function words({ allowed }: RequestProblem): string {
  return typeof allowed === 'string' ? allowed : inWords(allowed);
}

describe('a location that is none in S3', () => {
  test.each([
    ['data/raw', "Use 's3://data/raw', for example."],
    ['/data/raw', "Use 's3://data/raw', for example."],
    ['//data/raw', "Use 's3://data/raw', for example."],
    ['s3:/data/raw', "Use 's3://data/raw', for example."],
    ['s3//data/raw', "Use 's3://data/raw', for example."],
    ['S3://data/raw', "Use 's3://data/raw', for example."],
    ['http://data/raw', "Use 's3://data/raw', for example."],
    ['arn:aws:s3:::data/raw', "Use 's3://data/raw', for example."],
    ['arn:aws-cn:s3:::data/raw', "Use 's3://data/raw', for example."],
    [' s3://data/raw', "Use 's3://data/raw', for example."],
    ['s3://', 'Fill it in so.'],
    ['', 'Fill it in so.'],
  ])('%p: %s', (S3Uri, remedy) => {
    const found = problemsOf({ ProcessingInputs: [{ InputName: 'raw', S3Input: { S3DataType: 'S3Prefix', S3Uri } }] });
    expect(found).toEqual([{
      path: ['ProcessingInputs', 0, 'S3Input', 'S3Uri'],
      value: S3Uri,
      allowed: "must be a location in S3, such as 's3://bucket/prefix/'",
      remedy,
    }]);
  });
});

describe('what is said of a value', () => {
  const uri = (S3Uri: unknown) => ({ ProcessingInputs: [{ InputName: 'raw', S3Input: { S3DataType: 'S3Prefix', S3Uri } }] });
  test.each<[string, object, string, string]>([
    ['a missing member', { RoleArn: undefined }, 'is required', 'Add it.'],
    ['no structure', { NetworkConfig: [] }, 'must be a structure', 'Write { member: value }.'],
    ['no list', { ProcessingInputs: {} }, 'must be a list', 'Put it in [ ].'],
    ['no map', { Environment: [] }, 'must be a map from names to values', 'Write { name: value }.'],
    ['no string', { ProcessingJobName: 5 }, 'must be a string', 'Put it in quotes, or convert it to a string.'],
    ['null', { ProcessingJobName: null }, 'must be a string', 'Put it in quotes, or convert it to a string.'],
    ['no boolean', { NetworkConfig: { EnableNetworkIsolation: 'true' } }, 'must be true or false', 'Write true or false, without quotes.'],
    ['no number', { StoppingCondition: { MaxRuntimeInSeconds: '5' } }, 'must be a whole number', 'Write a whole number.'],
    ['a fraction', { StoppingCondition: { MaxRuntimeInSeconds: 1.5 } }, 'must be a whole number', 'Write a whole number.'],
    ['too small', { StoppingCondition: { MaxRuntimeInSeconds: 0 } }, 'must be at least 1', 'Raise it.'],
    ['too large', { StoppingCondition: { MaxRuntimeInSeconds: 777601 } }, 'must be at most 777600', 'Lower it.'],
    ['empty', { ProcessingJobName: '' }, 'must have at least 1 character', 'Fill it in.'],
    ['too short', { RoleArn: 'arn' }, 'must have at least 20 characters', 'Make it longer.'],
    ['too long', { ProcessingJobName: 'x'.repeat(70) }, 'must have at most 63 characters, and has 70', 'Shorten it by 7.'],
    ['too long in characters that UTF-16 writes as two', uri(`s3://${'🙂'.repeat(1025)}`), 'must have at most 1024 characters, and has 1030', 'Shorten it by 6.'],
    ['an empty list', { AppSpecification: { ImageUri: 'i', ContainerArguments: [] } }, 'must have at least 1 element', 'Add one, or leave the property out.'],
    ['too long a list', { Tags: Array.from({ length: 53 }, () => ({ Key: 'k', Value: 'v' })) }, 'must have at most 50 elements, and has 53', 'Remove 3.'],
    ['too large a map', { Environment: Object.fromEntries(Array.from({ length: 102 }, (_, index) => [`A${index}`, ''])) },
      'must have at most 100 entries, and has 102', 'Remove 2.'],
    ['none of a closed set', { ProcessingInputs: [{ InputName: 'raw', S3Input: { S3DataType: 'Other', S3Uri: 's3://b' } }] },
      "must be one of 'ManifestFile', 'S3Prefix'", 'Choose one of them.'],
  ])('%s', (_name, request, allowed, remedy) => {
    const found = problemsOf(request);
    expect(found.map((problem) => [words(problem), problem.remedy])).toEqual([[allowed, remedy]]);
  });

  test('none of a set that the service extends is said to be open', () => {
    const found = problemsOf({ ProcessingResources: { ClusterConfig: { InstanceType: 'ml.m99.large', VolumeSizeInGB: 1 } } });
    expect(found).toEqual([expect.objectContaining({
      allowed: 'is not known to this version of the library', remedy: 'Check its spelling.', warning: 'cdk-sagemaker-jobs:unknownInstanceType', value: 'ml.m99.large',
    })]);
  });

  test('a member that the model does not know is none', () => {
    expect(problemsOf({ NewMember: { Any: ['thing', 5, null] } })).toEqual([]);
  });

  test('an entry that JavaScript would lose is not a name', () => {
    expect(problemsOf({ Environment: JSON.parse('{ "__proto__": "x" }') })).toEqual([
      expect.objectContaining({ path: ['Environment', '__proto__'], allowed: 'cannot be a name, for JavaScript has another use for it' }),
    ]);
    expect(problemsOf({ Environment: { proto: 'x', __proto: 'y' } })).toEqual([]);
  });

  test('a member that is undefined is absent', () => {
    expect(problemsOf({ Environment: undefined, NetworkConfig: { VpcConfig: undefined } })).toEqual([]);
  });

  test('several things that are wrong are all there', () => {
    const found = problemsOf({ ProcessingJobName: 'a_b', RoleArn: undefined, Environment: { 1: 5 } });
    expect(found.map(({ path }) => memberAt(path)).sort()).toEqual(['Environment.1', 'Environment.1', 'ProcessingJobName', 'RoleArn']);
  });
});

describe('a token', () => {
  const parameter = new CfnParameter(new Stack(), 'Parameter');
  const text = parameter.valueAsString;
  const list = Token.asList(Fn.split(',', text));
  const number = Token.asNumber({ Ref: 'Number' });

  test.each<[string, object]>([
    ['text', { ProcessingJobName: text }],
    ['text with other text', { ProcessingJobName: `a_${text}_b` }],
    ['lazy text', { ProcessingJobName: Lazy.string({ produce: () => 'not a name' }) }],
    ['a pseudo parameter', { RoleArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/x` }],
    ['a number', { StoppingCondition: { MaxRuntimeInSeconds: number } }],
    ['a lazy number', { StoppingCondition: { MaxRuntimeInSeconds: Lazy.number({ produce: () => -1 }) } }],
    ['a list', { NetworkConfig: { VpcConfig: { SecurityGroupIds: list, Subnets: list } } }],
    ['an element of a list', { AppSpecification: { ImageUri: 'i', ContainerArguments: [text, 'a'] } }],
    ['a structure', { NetworkConfig: Lazy.any({ produce: () => 5 }) }],
    ['a value of an enum', { ProcessingInputs: [{ InputName: 'raw', S3Input: { S3DataType: text, S3Uri: text } }] }],
    ['a boolean', { NetworkConfig: { EnableNetworkIsolation: Fn.conditionEquals('a', 'b') } }],
    ['a key of a map, and a value', { Environment: { [`A-${text}`]: text } }],
  ])('that stands for %s is not compared', (_name, request) => {
    expect(problemsOf(request)).toEqual([]);
  });

  test('in a text does not hide that what is known is too long', () => {
    expect(problemsOf({ ProcessingJobName: `${'x'.repeat(40)}${text}${'y'.repeat(24)}` })).toEqual([
      expect.objectContaining({ allowed: { at: 'most', limit: 63, counted: { unit: 'character', count: 64 } }, remedy: 'Shorten it by 1.' }),
    ]);
    expect(problemsOf({ ProcessingJobName: `${'x'.repeat(40)}${text}${'y'.repeat(23)}` })).toEqual([]);
    expect(problemsOf({ Environment: { A: `${text}${'x'.repeat(257)}` } })).toHaveLength(1);
    expect(problemsOf({ Environment: { [`${text}${'x'.repeat(257)}`]: 'a' } })).toHaveLength(1);
  });

  test('in a list does not hide the other elements, nor the number of them', () => {
    expect(problemsOf({ AppSpecification: { ImageUri: 'i', ContainerArguments: [text, 'a\nb'] } })).toEqual([
      expect.objectContaining({ path: ['AppSpecification', 'ContainerArguments', 1] }),
    ]);
    expect(problemsOf({ AppSpecification: { ImageUri: 'i', ContainerArguments: Array.from({ length: 101 }, () => text) } })).toHaveLength(1);
  });
});

/** The path without the places in lists: what the model says of it. */
function memberOf(path: Path): string {
  return memberAt(path).replace(/\[\d+\]/g, '[]');
}

/** Every member that the model has for a shape, to any depth. */
function membersOf(shapeName: string, path: string = ''): string[] {
  const { members, member } = SHAPES[shapeName];
  return [
    ...path === '' ? [] : [path],
    ...Object.entries(members ?? {}).flatMap(([name, inner]) => membersOf(inner, path === '' ? name : `${path}.${name}`)),
    ...member === undefined ? [] : membersOf(member, `${path}[]`),
  ];
}

describe.each(['CreateProcessingJobRequest', 'CreateAutoMLJobRequest'])('a random %s', (shape) => {
  function expectProblem({ path, value, what }: Mutation) {
    const found = requestProblems(value, shape);
    expect([what, ...found.map((problem) => memberAt(problem.path))]).toEqual([what, memberAt(path)]);
    expect(words(found[0])).toMatch(/^(is|must) (?!match)/);
    expect(found[0].remedy).toMatch(/^[A-Z].*\.$/);
  }

  test('that is valid has no problems', () => {
    fc.assert(fc.property(validValue(shape), (request) => {
      expect(requestProblems(request, shape)).toEqual([]);
    }), { numRuns: 1000 });
  });

  test('with one thing wrong has one problem, there, in words', () => {
    fc.assert(fc.property(invalidValue(shape), expectProblem), { numRuns: 1000 });
  });

  test('with every member has one problem for each thing that can be wrong, there, in words', () => {
    const [request] = fc.sample(validValue(shape, true), { numRuns: 1, seed: 1 });
    const mutations = mutationsOf(request, shape);
    mutations.forEach(expectProblem);
    const mutated = new Set(mutations.map(({ path }) => memberOf(path)));
    expect(membersOf(shape).filter((member) => !mutated.has(member))).toEqual([]);
  });
});
