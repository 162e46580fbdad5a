import { App, Aspects, Aws, Stack, Tag, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newJob, newStack, requestOf, resourceOf, synthProblemsOf } from './testing';

function tagsOf(stack: Stack): { [key: string]: unknown } | undefined {
  const tags: { Key: string; Value: unknown }[] | undefined = resourceOf(stack).Properties.Tags;
  return tags && Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

function tagged(key: string, value: string = 'value'): Stack {
  const stack = newStack();
  Tags.of(newJob(stack)).add(key, value);
  return stack;
}

describe('tags', () => {
  test('are absent when there are none', () => {
    const stack = newStack();
    newJob(stack);
    expect(tagsOf(stack)).toBeUndefined();
  });

  test('of the job, of its stack and of its app are all the job’s, the nearest wins', () => {
    const app = new App();
    const stack = new Stack(app, 'Test');
    const job = newJob(stack);
    Tags.of(app).add('level', 'app');
    Tags.of(app).add('app', 'yes');
    Tags.of(stack).add('level', 'stack');
    Tags.of(stack).add('stack', 'yes');
    Tags.of(job).add('level', 'job');
    expect(tagsOf(stack)).toEqual({ app: 'yes', level: 'job', stack: 'yes' });
  });

  test('are sorted by key', () => {
    const stack = newStack();
    const job = newJob(stack);
    for (const key of ['b', 'C', 'a', 'B']) {
      Tags.of(job).add(key, 'value');
    }
    expect(resourceOf(stack).Properties.Tags.map(({ Key }: any) => Key)).toEqual(['B', 'C', 'a', 'b']);
  });

  test('stand beside the request: a change of tags is none of the definition', () => {
    const [without, withTags] = [newStack(), newStack()];
    newJob(without);
    Tags.of(newJob(withTags)).add('team', 'data');
    expect(requestOf(withTags)).toEqual(requestOf(without));
  });

  test('can be removed from the job', () => {
    const stack = newStack();
    const job = newJob(stack);
    Tags.of(stack).add('team', 'data');
    Tags.of(stack).add('stage', 'prod');
    Tags.of(job).remove('team');
    expect(tagsOf(stack)).toEqual({ stage: 'prod' });
  });

  test('can be meant for processing jobs alone, or for all but them', () => {
    const stack = newStack();
    newJob(stack);
    Tags.of(stack).add('only', 'jobs', { includeResourceTypes: ['Custom::SageMakerProcessingJob'] });
    Tags.of(stack).add('not', 'jobs', { excludeResourceTypes: ['Custom::SageMakerProcessingJob'] });
    expect(tagsOf(stack)).toEqual({ only: 'jobs' });
    expect(resourceOfRole(stack).Tags).toEqual([{ Key: 'not', Value: 'jobs' }]);
  });

  test('may be tokens, and are then not checked', () => {
    expect(tagsOf(tagged('stack', Aws.STACK_NAME))).toEqual({ stack: { Ref: 'AWS::StackName' } });
  });

  test('may be empty, and have letters of every script', () => {
    expect(tagsOf(tagged('Größe 大小', ''))).toEqual({ 'Größe 大小': '' });
  });
});

describe('tags that the service does not accept are an error at synth that names the key', () => {
  test.each<[string, string, string, string]>([
    ['a key with an invalid character', 'cost#center', 'x',
      "[Test/Job] tags.cost#center is 'cost#center': must be letters, digits, spaces and _ . : / = + - @. Use 'cost-center', for example. (Tags[0].Key)"],
    ['a key that is too long', 'k'.repeat(129), 'x',
      `[Test/Job] tags.${'k'.repeat(129)} is '${'k'.repeat(78)}… (129 characters): must have at most 128 characters, and has 129. Shorten it by 1. (Tags[0].Key)`],
    ['a value with an invalid character', 'team', 'a&b',
      "[Test/Job] tags.team is 'a&b': must be letters, digits, spaces and _ . : / = + - @. Use 'a-b', for example. (Tags[0].Value)"],
    ['a value that is too long', 'team', 'v'.repeat(257),
      `[Test/Job] tags.team is '${'v'.repeat(78)}… (257 characters): must have at most 256 characters, and has 257. Shorten it by 1. (Tags[0].Value)`],
    ['a prefix that AWS reserves', 'aws:team', 'x',
      "[Test/Job] tags.aws:team is 'aws:team': must not begin with 'aws:', which is reserved. Choose another key. (Tags[0].Key)"],
    ['a prefix that AWS reserves, in capitals', 'AWS:team', 'x',
      "[Test/Job] tags.AWS:team is 'AWS:team': must not begin with 'aws:', which is reserved. Choose another key. (Tags[0].Key)"],
    ['the prefix of the tags that say whose a job is', 'cdk-sagemaker-jobs:stack', 'x',
      "[Test/Job] tags.cdk-sagemaker-jobs:stack is 'cdk-sagemaker-jobs:stack': must not begin with 'cdk-sagemaker-jobs:', which is reserved. Choose another key. (Tags[0].Key)"],
  ])('%s', (_name, key, value, line) => {
    expect(synthProblemsOf(tagged(key, value))).toEqual([line]);
  });

  test.each([
    ['the longest key', 'k'.repeat(128), 'x'],
    ['the longest value', 'team', 'v'.repeat(256)],
    ['the longest value in characters that UTF-16 writes as two', 'team', '𝒳'.repeat(256)],
    ['a key that begins like a reserved one', 'awsome', 'x'],
    ['every sign that is allowed', 'a_b.c:d/e=f+g-h@i j', 'a_b.c:d/e=f+g-h@i j'],
  ])('but not %s', (_name, key, value) => {
    expect(tagsOf(tagged(key, value))).toEqual({ [key]: value });
  });

  test('all of them at once', () => {
    const stack = newStack();
    const job = newJob(stack);
    Tags.of(job).add('a#', 'x');
    Tags.of(job).add('b', '#');
    expect(synthProblemsOf(stack)).toHaveLength(2);
  });
});

describe('the number of tags', () => {
  const stackWith = (count: number) => {
    const stack = newStack();
    const job = newJob(stack);
    for (let index = 0; index < count; index++) {
      Tags.of(job).add(`key${index}`, 'value');
    }
    return stack;
  };

  test('can be 46, for the job carries four of its own', () => {
    expect(Object.keys(tagsOf(stackWith(46))!)).toHaveLength(46);
  });

  test.each([47, 50])('cannot be %d', (count) => {
    expect(synthProblemsOf(stackWith(count))).toEqual([
      `[Test/Job] tags is '${count} tags': must be at most 46, for the job carries four that say whose it is. Remove ${count - 46}, or keep some from this job: Tags.of(job).remove(key). (Tags)`,
    ]);
  });

  test.each([51, 60])('cannot be %d, and the limit is 46, not that of the model', (count) => {
    expect(synthProblemsOf(stackWith(count))[0]).toContain(`must be at most 46, for the job carries four that say whose it is. Remove ${count - 46}`);
  });

  test('can be brought down by removing those of the stack from the job', () => {
    const stack = newStack();
    const job = newJob(stack);
    for (let index = 0; index < 47; index++) {
      Tags.of(stack).add(`key${index}`, 'value');
    }
    Tags.of(job).remove('key0');
    expect(Object.keys(tagsOf(stack)!)).toHaveLength(46);
  });
});

test('tags that an aspect adds are there as well', () => {
  const stack = newStack();
  newJob(stack);
  Aspects.of(stack).add(new Tag('by', 'aspect'));
  expect(tagsOf(stack)).toEqual({ by: 'aspect' });
});

function resourceOfRole(stack: Stack): any {
  const roles = Template.fromStack(stack).findResources('AWS::IAM::Role');
  return roles[Object.keys(roles).find((id) => id.startsWith('JobJobRole'))!].Properties;
}
