/**
 * A job that reads an output of another: it starts when that has completed.
 */
import { App, CfnOutput, CfnParameter, CfnResource, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnFeatureGroup } from 'aws-cdk-lib/aws-sagemaker';
import { ProcessingCode, ProcessingInput, ProcessingJob, ProcessingOutput, S3Location } from '../../../src/index';
import { neededBy, permissionsOf } from '../policies';
import { errorOf, JOB_COMPLETION, newJob, newStack, PROCESSING_JOB, resourcesOf } from '../testing';

const OUT = ProcessingOutput.toS3(S3Location.fromUri('s3://data/out/'));
const RAW = ProcessingInput.fromS3(S3Location.fromUri('s3://data/raw/'));

function newProducer(stack: Stack, props: object = {}, id: string = 'Producer'): ProcessingJob {
  return newJob(stack, { outputs: { out: OUT }, ...props }, id);
}

function newReader(stack: Stack, producer: ProcessingJob, props: object = {}, id: string = 'Reader'): ProcessingJob {
  return newJob(stack, { inputs: { raw: ProcessingInput.fromS3(producer.outputLocation('out')) }, ...props }, id);
}

/** The id of the only resource of a type whose id begins so. */
function idOf(stack: Stack, type: string, prefix: string): string {
  const ids = Object.keys(resourcesOf(stack, type)).filter((id) => id.startsWith(prefix));
  expect(ids).toHaveLength(1);
  return ids[0];
}

function needs(stack: Stack, reader: string = 'Reader'): Set<string> {
  return neededBy(stack, idOf(stack, PROCESSING_JOB, reader));
}

function waitsOf(stack: Stack): string[] {
  return Object.values(resourcesOf(stack, JOB_COMPLETION)).map(({ Properties }) => Properties.TimeoutSeconds);
}

describe('the reader of an output', () => {
  test('starts after the other job has completed', () => {
    const stack = newStack();
    newReader(stack, newProducer(stack));
    const completion = idOf(stack, JOB_COMPLETION, 'Producer');
    expect(resourcesOf(stack, PROCESSING_JOB)[idOf(stack, PROCESSING_JOB, 'Reader')].DependsOn).toContain(completion);
    expect(resourcesOf(stack, JOB_COMPLETION)[completion].DependsOn).toEqual([idOf(stack, PROCESSING_JOB, 'Producer')]);
  });

  test('reads the place that the other writes, and may', () => {
    const stack = newStack();
    newReader(stack, newProducer(stack));
    const { Request } = resourcesOf(stack, PROCESSING_JOB)[idOf(stack, PROCESSING_JOB, 'Reader')].Properties;
    expect(Request.ProcessingInputs[0].S3Input).toMatchObject({ LocalPath: '/opt/ml/processing/input/raw', S3DataType: 'S3Prefix', S3Uri: 's3://data/out/' });
    expect(permissionsOf(stack, 'ReaderJobRole')).toEqual(expect.arrayContaining([
      's3:GetObject on arn:<AWS::Partition>:s3:::data/out/*',
      's3:ListBucket on arn:<AWS::Partition>:s3:::data if {"StringLike":{"s3:prefix":"out/*"}}',
    ]));
  });

  test('is not waited for itself', () => {
    const stack = newStack();
    newReader(stack, newProducer(stack));
    expect(Object.keys(resourcesOf(stack, JOB_COMPLETION))).toEqual([expect.stringMatching(/^Producer/)]);
  });

  test.each<[string, (producer: ProcessingJob) => object]>([
    ['an input', (producer) => ({ inputs: { raw: ProcessingInput.fromS3(producer.outputLocation('out')) } })],
    ['a manifest', (producer) => ({ inputs: { raw: ProcessingInput.fromManifest(producer.outputLocation('out')) } })],
    ['code', (producer) => ({ code: ProcessingCode.fromS3(producer.outputLocation('out'), { entryFile: 'main.py' }) })],
    ['an input that the application gets itself', (producer) => ({
      inputs: { raw: ProcessingInput.fromS3(producer.outputLocation('out'), { appManaged: true }) },
    })],
  ])('may read it as %s', (_name, propsOf) => {
    const stack = newStack();
    newJob(stack, propsOf(newProducer(stack)), 'Reader');
    expect([...needs(stack)]).toContain(idOf(stack, JOB_COMPLETION, 'Producer'));
  });

  test('may be told of it after its construction', () => {
    const stack = newStack();
    const producer = newProducer(stack);
    newJob(stack, {}, 'Reader').addInput('raw', ProcessingInput.fromS3(producer.outputLocation('out')));
    expect([...needs(stack)]).toContain(idOf(stack, JOB_COMPLETION, 'Producer'));
  });

  test('may be told of an output that was added after the construction of its job', () => {
    const stack = newStack();
    const producer = newProducer(stack);
    producer.addOutput('more', ProcessingOutput.toS3(S3Location.fromUri('s3://data/more/')));
    newJob(stack, { inputs: { more: ProcessingInput.fromS3(producer.outputLocation('more')) } }, 'Reader');
    expect([...needs(stack)]).toContain(idOf(stack, JOB_COMPLETION, 'Producer'));
  });

  test('waits for each job that it reads from, once', () => {
    const stack = newStack();
    const producers = ['ProducerA', 'ProducerB'].map((id) => newProducer(stack, {}, id));
    newJob(stack, {
      inputs: Object.fromEntries(producers.flatMap((producer) => ['one', 'two'].map((name) =>
        [`${producer.node.id}${name}`, ProcessingInput.fromS3(producer.outputLocation('out'))]))),
    }, 'Reader');
    expect([...needs(stack)]).toEqual(expect.arrayContaining([idOf(stack, JOB_COMPLETION, 'ProducerA'), idOf(stack, JOB_COMPLETION, 'ProducerB')]));
    expect(Object.keys(resourcesOf(stack, JOB_COMPLETION))).toHaveLength(2);
  });

  test('is one of several that wait for the same end', () => {
    const stack = newStack();
    const producer = newProducer(stack);
    newReader(stack, producer, {}, 'ReaderA');
    newReader(stack, producer, {}, 'ReaderB');
    expect(Object.keys(resourcesOf(stack, JOB_COMPLETION))).toHaveLength(1);
  });

  test('may be the producer for a third', () => {
    const stack = newStack();
    const first = newProducer(stack, {}, 'First');
    const second = newReader(stack, first, { outputs: { out: ProcessingOutput.toS3(S3Location.fromUri('s3://data/second/')) } }, 'Second');
    newReader(stack, second, {}, 'Third');
    expect([...needs(stack, 'Third')]).toEqual(expect.arrayContaining([
      idOf(stack, JOB_COMPLETION, 'Second'), idOf(stack, PROCESSING_JOB, 'Second'), idOf(stack, JOB_COMPLETION, 'First'), idOf(stack, PROCESSING_JOB, 'First'),
    ]));
    expect([...needs(stack, 'Second')]).not.toContain(idOf(stack, JOB_COMPLETION, 'Second'));
  });

  test('of a bucket of the app may decrypt it', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket');
    newReader(stack, newProducer(stack, { outputs: { out: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'out/')) } }));
    expect(permissionsOf(stack, 'ReaderJobRole')).toContain('s3:GetObject on <Bucket.Arn>/out/*');
  });
});

describe('the deployment waits for the producer', () => {
  test.each<[string, object, string]>([
    ['for its completionTimeout', { completionTimeout: Duration.minutes(5), maxRuntime: Duration.minutes(10) }, '300'],
    ['else for its maxRuntime, and half an hour around it', { maxRuntime: Duration.minutes(10) }, '2400'],
    ['else for an hour', {}, '3600'],
  ])('%s', (_name, props, seconds) => {
    const stack = newStack();
    newReader(stack, newProducer(stack, props));
    expect(waitsOf(stack)).toEqual([seconds]);
  });

  test('for an hour when only CloudFormation knows its maxRuntime', () => {
    const stack = newStack();
    const maxRuntime = Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber);
    newReader(stack, newProducer(stack, { maxRuntime }));
    expect(waitsOf(stack)).toEqual(['3600']);
  });

  test('in a chain of resources when that is more than an hour: the reader starts after the last', () => {
    const stack = newStack();
    newReader(stack, newProducer(stack, { maxRuntime: Duration.hours(3) }));
    const last = Object.entries(resourcesOf(stack, JOB_COMPLETION)).filter(([, { Properties }]) => Properties.OnTimeout === 'FAIL').map(([id]) => id);
    expect(resourcesOf(stack, PROCESSING_JOB)[idOf(stack, PROCESSING_JOB, 'Reader')].DependsOn).toEqual(expect.arrayContaining(last));
    expect(waitsOf(stack)).toHaveLength(4);
  });
});

describe('nothing waits', () => {
  test('because of the URI of an output alone', () => {
    const stack = newStack();
    const { uri } = newProducer(stack).outputLocation('out');
    new CfnOutput(stack, 'Uri', { value: uri });
    expect(uri).toBe('s3://data/out/');
    expect(waitsOf(stack)).toEqual([]);
  });

  test('because of a location that nobody reads', () => {
    const stack = newStack();
    const location = newProducer(stack).outputLocation('out');
    ProcessingInput.fromS3(location);
    expect(waitsOf(stack)).toEqual([]);
  });

  test('because of who may read it', () => {
    const stack = newStack();
    newProducer(stack).outputLocation('out').grantRead(newJob(stack, {}, 'Other'));
    expect(waitsOf(stack)).toEqual([]);
  });

  test('for a job that writes to the same place', () => {
    const stack = newStack();
    newJob(stack, { outputs: { out: ProcessingOutput.toS3(newProducer(stack).outputLocation('out')) } }, 'Writer');
    expect(waitsOf(stack)).toEqual([]);
  });

  test('for a job that reads the same place without saying whose output it is', () => {
    const stack = newStack();
    newProducer(stack);
    newJob(stack, { inputs: { raw: ProcessingInput.fromS3(S3Location.fromUri('s3://data/out/')) } }, 'Reader');
    expect([...needs(stack)].filter((id) => id.startsWith('Producer'))).toEqual([]);
  });
});

describe('across stacks', () => {
  const newStacks = () => {
    const app = new App();
    return [new Stack(app, 'First'), new Stack(app, 'Second')];
  };

  test('the stack of the reader is deployed after that of the producer, which waits', () => {
    const [first, second] = newStacks();
    newReader(second, newProducer(first));
    expect(waitsOf(first)).toEqual(['3600']);
    expect(waitsOf(second)).toEqual([]);
    expect(second.dependencies).toEqual([first]);
  });

  test('the place is passed on from a bucket of the other stack', () => {
    const [first, second] = newStacks();
    const bucket = new Bucket(first, 'Bucket');
    newReader(second, newProducer(first, { outputs: { out: ProcessingOutput.toS3(S3Location.fromBucket(bucket, 'out/')) } }));
    const { Request } = resourcesOf(second, PROCESSING_JOB)[idOf(second, PROCESSING_JOB, 'Reader')].Properties;
    expect(Request.ProcessingInputs[0].S3Input.S3Uri).toEqual({
      'Fn::Join': ['', ['s3://', { 'Fn::ImportValue': expect.stringMatching(/^First:ExportsOutputRefBucket/) }, '/out/']],
    });
  });

  test('a nested stack reads what its parent makes, and the other way round', () => {
    const parent = newStack();
    const nested = new NestedStack(parent, 'Nested');
    newReader(nested, newProducer(parent));
    const [nestedId] = Object.keys(resourcesOf(parent, 'AWS::CloudFormation::Stack'));
    expect(Template.fromStack(parent).toJSON().Resources[nestedId].DependsOn).toContain(idOf(parent, JOB_COMPLETION, 'Producer'));

    const otherParent = newStack();
    newReader(otherParent, newProducer(new NestedStack(otherParent, 'Nested')));
    const [otherId] = Object.keys(resourcesOf(otherParent, 'AWS::CloudFormation::Stack'));
    expect(resourcesOf(otherParent, PROCESSING_JOB)[idOf(otherParent, PROCESSING_JOB, 'Reader')].DependsOn).toContain(otherId);
  });

  test('two stacks cannot wait for each other', () => {
    const [first, second] = newStacks();
    const producer = newProducer(first);
    const reader = newReader(second, producer, { outputs: { out: OUT } });
    producer.addInput('back', ProcessingInput.fromS3(reader.outputLocation('out')));
    expect(() => (first.node.root as App).synth()).toThrow(/cyclic/);
  });
});

describe('the reader runs again', () => {
  test('when the producer does, if that is its rerunTrigger', () => {
    const stack = newStack();
    const producer = newProducer(stack);
    newReader(stack, producer, { rerunTrigger: producer.processingJobName });
    expect(resourcesOf(stack, PROCESSING_JOB)[idOf(stack, PROCESSING_JOB, 'Reader')].Properties.RerunTrigger)
      .toEqual({ Ref: idOf(stack, PROCESSING_JOB, 'Producer') });
  });
});

describe('an output that is not there', () => {
  test.each<[string, object, string, string]>([
    ['of a job that has others', { outputs: { train: OUT, test: OUT } }, 'out', "There is 'test', 'train'."],
    ['of a job that has none', {}, 'out', 'Add it to outputs.'],
    ['with the name of what every JavaScript object has', { outputs: { train: OUT } }, 'constructor', "There is 'train'."],
  ])('%s is an error that says which there are', (_name, props, name, hint) => {
    const job = newJob(newStack(), props);
    expect(() => job.outputLocation(name)).toThrow(new Error(`Test/Job.outputLocation: there is no output named '${name}' in S3. ${hint}`));
  });

  test('in S3, but in a feature group, is no location', () => {
    const stack = newStack();
    const featureGroup = new CfnFeatureGroup(stack, 'Features', {
      eventTimeFeatureName: 'time', featureDefinitions: [], featureGroupName: 'customers', recordIdentifierFeatureName: 'id',
    });
    const job = newJob(stack, { outputs: { features: ProcessingOutput.toFeatureGroup(featureGroup), train: OUT } });
    expect(() => job.outputLocation('features')).toThrow("there is no output named 'features' in S3. There is 'train'.");
  });
});

describe('jobs that wait for each other are an error at synth', () => {
  const problemsOf = (stack: Stack) => errorOf(() => (stack.node.root as App).synth()).message.split('\n').slice(1).map((line) => line.trim());

  test('a job that reads its own output', () => {
    const stack = newStack();
    const job = newProducer(stack);
    job.addInput('own', ProcessingInput.fromS3(job.outputLocation('out')));
    expect(problemsOf(stack)).toEqual([expect.stringMatching(
      /^\[Test\] The job 'Test\/Producer' reads what needs it to have completed \(ProducerJobCompletion\w+ -> Producer\w+\)\. To read what an earlier run wrote, give the location without the job: S3Location\.fromBucket\(…\)\.$/)]);
  });

  test('two jobs that read from each other', () => {
    const stack = newStack();
    const one = newProducer(stack, {}, 'One');
    const two = newReader(stack, one, { outputs: { out: OUT } }, 'Two');
    one.addInput('back', ProcessingInput.fromS3(two.outputLocation('out')));
    expect(problemsOf(stack)).toEqual([
      expect.stringMatching(/The job 'Test\/One' .*\(TwoJobCompletion\w+ -> Two\w+ -> OneJobCompletion\w+ -> One\w+\)/),
      expect.stringMatching(/The job 'Test\/Two' .*\(OneJobCompletion\w+ -> One\w+ -> TwoJobCompletion\w+ -> Two\w+\)/),
    ]);
  });
});

describe('the order of maps', () => {
  /** What Java's `Map.of` does: an order of its own, which is another in each process. */
  function* orders(names: string[]): Generator<string[]> {
    if (names.length <= 1) {
      yield names;
    }
    for (const [index, name] of names.entries()) {
      for (const rest of names.length > 1 ? orders(names.filter((_, other) => other !== index)) : []) {
        yield [name, ...rest];
      }
    }
  }

  test('of inputs, outputs and environment variables changes no definition, in any of 24 orders', () => {
    const templates = [...orders(['a', 'b', 'c', 'd'])].map((names) => {
      const stack = newStack();
      const map = <T>(value: T, prefix = '') => Object.fromEntries(names.map((name) => [`${prefix}${name}`, value]));
      const producer = newJob(stack, { environment: map('x'), inputs: map(RAW, 'in-'), outputs: map(OUT) }, 'Producer');
      newJob(stack, { inputs: Object.fromEntries(names.map((name) => [name, ProcessingInput.fromS3(producer.outputLocation(name))])) }, 'Reader');
      return JSON.stringify(resourcesOf(stack, PROCESSING_JOB));
    });
    expect(templates).toHaveLength(24);
    expect(new Set(templates).size).toBe(1);
  });
});

test('a job waits for what it reads, not for what is named so', () => {
  const stack = newStack();
  const job = newProducer(stack);
  const resource = new CfnResource(stack, 'Resource', { type: 'Test::Resource', properties: { Uri: job.outputLocation('out').uri } });
  expect(Template.fromStack(stack).toJSON().Resources[stack.resolve(resource.logicalId)]).not.toHaveProperty('DependsOn');
});
