import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { minimalProps, newStack, resourcesOf } from './testing';
import { ProcessingInput, ProcessingJob, ProcessingJobDefinition, ProcessingJobDefinitionProps, ProcessingJobProps, S3Location } from '../../src';
import { PROCESSING_JOB } from '../../src/provider/contract';

function newDefinition(stack: Stack, props: Partial<ProcessingJobDefinitionProps> = {}): ProcessingJobDefinition {
  return new ProcessingJobDefinition(stack, 'Prepare', { ...minimalProps(), ...props } as ProcessingJobDefinitionProps);
}

const jobsOf = (stack: Stack) => Object.values(resourcesOf(stack, PROCESSING_JOB)).map(({ Properties }) => Properties);

describe('a definition', () => {
  test('starts nothing', () => {
    const stack = newStack();
    newDefinition(stack);
    Template.fromStack(stack).resourceCountIs(PROCESSING_JOB, 0);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('is run by a job as one with the same properties, but for names', () => {
    const [shared, own] = [newStack(), newStack()];
    const key = (stack: Stack) => Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1');
    new ProcessingJob(shared, 'Job', { definition: newDefinition(shared, { volumeEncryptionKey: key(shared), environment: { A: 'b' } }), rerunTrigger: 'x' });
    new ProcessingJob(own, 'Job', { ...minimalProps(), volumeEncryptionKey: key(own), environment: { A: 'b' }, rerunTrigger: 'x' });
    const [{ Request: request, ...rest }] = jobsOf(shared);
    const [{ Request: expected, ...others }] = jobsOf(own);
    expect({ ...request, RoleArn: '' }).toEqual({ ...expected, RoleArn: '' });
    expect(rest).toEqual(others);
  });

  test('is granted once, however many jobs run it', () => {
    const stack = newStack();
    const definition = newDefinition(stack);
    const bucket = Bucket.fromBucketName(stack, 'Data', 'data');
    definition.addInput('raw', ProcessingInput.fromS3(S3Location.fromBucket(bucket, 'raw/')));
    for (const id of ['First', 'Second']) {
      new ProcessingJob(stack, id, { definition });
    }
    const roles = Object.keys(resourcesOf(stack, 'AWS::IAM::Role')).filter((id) => id.includes('JobRole'));
    expect(roles).toHaveLength(1);
    const [first, second] = jobsOf(stack);
    expect(first.Request).toEqual(second.Request);
    expect(first.JobNamePrefix).not.toBe(second.JobNamePrefix);
  });

  test('is checked, although nothing runs it', () => {
    expect(() => newDefinition(newStack(), { instanceCount: 0, image: undefined })).toThrow(/ProcessingJobDefinition 'Test\/Prepare'[^]*image[^]*instanceCount/);
    const stack = newStack();
    const definition = newDefinition(stack);
    definition.addEnvironment('NAME', 'x'.repeat(257));
    Tags.of(definition).add('aws:x', 'y');
    expect(() => Template.fromStack(stack)).toThrow(/environment.NAME[^]*tags.aws:x/);
  });

  test('has the tags of its scopes, and so have the jobs that run it', () => {
    const stack = newStack();
    const definition = newDefinition(stack);
    Tags.of(definition).add('of', 'definition');
    Tags.of(definition).add('both', 'definition');
    const job = new ProcessingJob(stack, 'Job', { definition });
    Tags.of(job).add('both', 'job');
    expect(jobsOf(stack)[0].Tags).toEqual([{ Key: 'both', Value: 'job' }, { Key: 'of', Value: 'definition' }]);
  });

  test('has a prefix for names that leaves room for a UUID, whatever the names of stack and construct are', () => {
    const stack = new Stack(new App(), 'A-Stack-With-A-Name-As-Long-As-They-Get');
    expect(newDefinition(stack).namePrefix).toMatch(/^[a-z0-9][a-z0-9-]{0,24}[a-z0-9]$/);
    expect(`${newDefinition(new Stack(new App(), 'S')).namePrefix}-${'0'.repeat(36)}`.length).toBeLessThanOrEqual(63);
  });

  test('sees events of all its runs, wherever they were started, also of jobs that come later', () => {
    const stack = newStack();
    const definition = newDefinition(stack);
    const [before, after] = ['Before', 'After'];
    new ProcessingJob(stack, before, { definition, processingJobName: 'given' });
    definition.onFailed('Failed');
    new ProcessingJob(stack, after, { definition });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.sagemaker'],
        'detail-type': ['SageMaker Processing Job State Change'],
        'detail': {
          ProcessingJobName: [{ prefix: `${definition.namePrefix}-` }, 'given', { prefix: Match.stringLikeRegexp('^test-57gouu--after-.*-$') }],
          ProcessingJobStatus: ['Failed'],
        },
      },
    });
    const [rule] = Object.keys(template.findResources('AWS::Events::Rule'));
    Object.values(resourcesOf(stack, PROCESSING_JOB)).forEach(({ DependsOn }) => expect(DependsOn).toContain(rule));
  });

  test('has metrics of all its runs', () => {
    const stack = newStack();
    const definition = newDefinition(stack);
    new ProcessingJob(stack, 'Job', { definition, processingJobName: 'given' });
    const { expression } = definition.metric('CPUUtilization');
    // A quoted term equals, an unquoted one is contained. Names of namespaces with a slash need quotes.
    expect(expression).toBe(`SEARCH('{"/aws/sagemaker/ProcessingJobs",Host} MetricName="CPUUtilization" (Host=${definition.namePrefix} OR Host=given)', 'Average')`);
  });

  test('of another stack of the app is run as well, and its role is passed', () => {
    const app = new App();
    const definition = newDefinition(new Stack(app, 'Definitions'));
    const stack = new Stack(app, 'Jobs');
    new ProcessingJob(stack, 'Job', { definition });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).toMatch(/iam:PassRole.*Fn::ImportValue":"Definitions:/);
    expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['Definitions']);
  });

  test('in a VPC has connections, and without one says what to do', () => {
    const stack = newStack();
    expect(newDefinition(stack, { vpc: new Vpc(stack, 'Vpc') }).connections.securityGroups).toHaveLength(1);
    expect(() => newDefinition(newStack()).connections).toThrow("ProcessingJobDefinition 'Test/Prepare' has no connections, for it is not in a VPC: give it a vpc.");
  });
});

test('a definition warns of properties of the job that runs it', () => {
  const stack = newStack();
  newDefinition(stack, { completionTimeout: Duration.hours(1), processingJobName: 'mine' } as any);
  for (const property of ['completionTimeout', 'processingJobName']) {
    Annotations.fromStack(stack).hasWarning('/Test/Prepare', Match.stringLikeRegexp(`${property} is no property of a definition, and has no effect`));
  }
});

describe('a job that runs a definition', () => {
  const problemsOf = (props: Partial<ProcessingJobProps>) => {
    const stack = newStack();
    return () => new ProcessingJob(stack, 'Job', { definition: newDefinition(stack), ...props });
  };

  test.each<[Partial<ProcessingJobProps>, string]>([
    [{ image: minimalProps().image }, 'image cannot be given together with definition. Give it to the definition.'],
    [{ environment: {} }, 'environment cannot be given together with definition. Give it to the definition.'],
    [{ processingJobName: 'two words' }, "processingJobName is 'two words': must be letters, digits and hyphens"],
    [{ definition: 'prepare' as any }, "definition is 'prepare': must be a ProcessingJobDefinition. Use new ProcessingJobDefinition(this, 'Definition', …)."],
    [{ definition: new ProcessingJobDefinition(new Stack(new App(), 'Other'), 'D', minimalProps() as any) },
      'definition is in another app or stage, and is deployed without this job. Define it in the same one.'],
  ])('%j is an error', (props, message) => {
    expect(problemsOf(props)).toThrow(message);
  });

  test('is of the same environment', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other', { env: { region: 'eu-west-1', account: '1'.repeat(12) } });
    expect(() => new ProcessingJob(stack, 'Job', { definition: newDefinition(other) }))
      .toThrow('definition is for aws://111111111111/eu-west-1, and the job for aws://unknown-account/unknown-region. Define it in a stack of that environment.');
  });

  test('says once that something else is no definition', () => {
    expect(problemsOf({ definition: 'prepare' as any })).toThrow(/has a problem:/);
  });

  test('cannot change it', () => {
    const job = problemsOf({})();
    expect(() => job.addEnvironment('A', 'b'))
      .toThrow("Test/Job.addEnvironment: the job runs the definition 'Test/Prepare', which others can run. Add it there.");
  });

  test('may write its logs under a given name', () => {
    const stack = newStack();
    new ProcessingJob(stack, 'Job', { definition: newDefinition(stack), processingJobName: 'given' });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).toContain(':log-stream:given/*');
  });
});
