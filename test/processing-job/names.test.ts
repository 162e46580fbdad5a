import { App, Aws, CfnParameter, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { permissionsOf } from './policies';
import { newJob, newStack, problemsOf, PROCESSING_JOB, resourceOf, resourcesOf } from './testing';
import { ProcessingJob, ProcessingJobGrants } from '../../src';

/** The service's pattern of names, less the hash that each run adds. */
const PREFIX = /^[a-z0-9](-*[a-z0-9]){0,51}$/;

function prefixOf(stack: Stack): string {
  return resourceOf(stack).Properties.JobNamePrefix;
}

/** The properties of a resource, without the synthesis of its app. */
function propertiesOf(resource: CfnResource): any {
  return Object.values<any>(Stack.of(resource).resolve(resource._toCloudFormation()).Resources)[0].Properties;
}

/** The ARN patterns of jobs that the stack's provider may start. */
function namesOfProvider(stack: Stack): string {
  const policies = Object.values(resourcesOf(stack, 'AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const statement = policies.find(({ Action }) => Action.includes('sagemaker:CreateProcessingJob'));
  return JSON.stringify(statement.Resource);
}

describe('a generated name', () => {
  test('begins with the stack, then the construct path, then a hash', () => {
    const stack = newStack('MyStack');
    newJob(new Construct(stack, 'Data'), {}, 'Prepare');
    expect(prefixOf(stack)).toMatch(/^mystack-\w{6}--data-prepare-\w{6}$/);
  });

  test('begins with the stack’s name, not its construct id', () => {
    const stack = newStack('Id', { stackName: 'production-data' });
    newJob(stack);
    expect(prefixOf(stack)).toMatch(/^production-data--job-\w{6}$/);
  });

  test('of a job in a stage begins with the stage’s name, as the stack’s does', () => {
    const stage = new Stage(new App(), 'Prod');
    const stack = new Stack(stage, 'Data');
    newJob(stack);
    expect(prefixOf(stack)).toMatch(/^prod-data-\w{6}--job-\w{6}$/);
  });

  test('of a job in a nested stack begins with the path, because CloudFormation makes up the stack’s name', () => {
    const nested = new NestedStack(newStack('Outer'), 'Inner');
    newJob(nested);
    expect(prefixOf(nested)).toMatch(/^outer-inner-\w{6}--job-\w{6}$/);
  });

  test('stays the same from synth to synth', () => {
    const prefixes = [1, 2].map(() => {
      const stack = newStack();
      newJob(stack);
      return prefixOf(stack);
    });
    expect(prefixes[0]).toBe(prefixes[1]);
  });

  test('is 52 characters at most, with the hash in full', () => {
    const stack = newStack('S'.repeat(100));
    newJob(stack, {}, 'J'.repeat(100));
    expect(prefixOf(stack)).toMatch(/^s{21}-\w{6}--j{15}-\w{6}$/);
    expect(prefixOf(stack)).toHaveLength(52);
  });

  test.each([
    ['Ünï_1', /^test-57gouu--n-1-\w{6}$/],
    ['日本', /^test-57gouu--\w{6}$/],
    ['---', /^test-57gouu--\w{6}$/],
    ['_a__b_', /^test-57gouu--a-b-\w{6}$/],
    ['1', /^test-57gouu--1-\w{6}$/],
    ['UPPER.case', /^test-57gouu--upper-case-\w{6}$/],
  ])('of a construct id such as %p keeps what a name may have', (id, expected) => {
    const stack = newStack();
    newJob(stack, {}, id);
    expect(prefixOf(stack)).toMatch(expected);
  });

  test('is valid and covered by the provider’s permissions, whatever the ids are', () => {
    // The construct tree itself has no place for the names of Object.prototype.
    const anyId = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).filter((id) => !/[/\0]/.test(id) && !(id in {}));
    const stackId = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,120}$/);
    fc.assert(fc.property(stackId, anyId, anyId, (stackName, parent, id) => {
      const stack = new Stack(new App(), stackName);
      const job = newJob(new Construct(stack, parent), {}, id);
      const { JobNamePrefix } = propertiesOf(job.node.defaultChild as CfnResource);
      expect(JobNamePrefix).toMatch(PREFIX);
      // The policy of the provider is made when all jobs are known.
      Template.fromStack(stack);
      const policy = stack.node.findChild('SageMakerJobProvider').node.findAll()
        .filter((node) => node instanceof CfnPolicy)
        .map((node) => JSON.stringify(propertiesOf(node)))
        .find((text) => text.includes('sagemaker:CreateProcessingJob'))!;
      const [pattern] = /processing-job\/[^"]*/.exec(policy)!;
      expect(pattern.endsWith('--*')).toBe(true);
      expect(`processing-job/${JobNamePrefix}-0123456789`.startsWith(pattern.slice(0, -1))).toBe(true);
    }), { numRuns: 60 });
  });

  test('is that of no other job: same id in another scope, another case, the same readable part', () => {
    const stack = newStack();
    newJob(stack, {}, 'Job');
    newJob(stack, {}, 'job');
    newJob(stack, {}, 'J_ob');
    newJob(stack, {}, 'J-ob');
    newJob(new Construct(stack, 'A'), {}, 'B-C');
    newJob(new Construct(stack, 'A-B'), {}, 'C');
    newJob(stack, {}, `${'x'.repeat(80)}1`);
    newJob(stack, {}, `${'x'.repeat(80)}2`);
    const prefixes = Object.values(resourcesOf(stack, PROCESSING_JOB)).map(({ Properties }) => Properties.JobNamePrefix);
    expect(new Set(prefixes).size).toBe(8);
  });

  test('is that of no job of another stack of the same app', () => {
    const app = new App();
    const prefixes = ['One', 'Two'].map((id) => {
      const stack = new Stack(app, id, { stackName: 'same' });
      newJob(stack);
      return stack;
    }).map((stack) => prefixOf(stack));
    expect(prefixes[0]).not.toBe(prefixes[1]);
  });

  test('is known to the app as what CloudFormation returns', () => {
    const stack = newStack();
    const job = newJob(stack);
    expect(stack.resolve(job.processingJobName)).toEqual({ Ref: stack.getLogicalId(job.node.defaultChild as any) });
    expect(stack.resolve(job.processingJobArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':processing-job/',
        { Ref: stack.getLogicalId(job.node.defaultChild as any) }]],
    });
    expect(job.processingJobRef.processingJobArn).toBe(job.processingJobArn);
  });
});

describe('a given name', () => {
  test('is passed on as it is, in place of a prefix', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: 'Prepare-2026' });
    expect(resourceOf(stack).Properties.JobName).toBe('Prepare-2026');
    expect(resourceOf(stack).Properties).not.toHaveProperty('JobNamePrefix');
  });

  test('is all that the provider gets permissions for', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: 'Prepare-2026' });
    expect(namesOfProvider(stack)).toContain(':processing-job/Prepare-2026"');
    expect(namesOfProvider(stack)).not.toContain('*');
  });

  test('may be a parameter', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: new CfnParameter(stack, 'Name').valueAsString });
    expect(resourceOf(stack).Properties.JobName).toEqual({ Ref: 'Name' });
    expect(namesOfProvider(stack)).toContain(':processing-job/",{"Ref":"Name"}');
  });

  test('may contain a token', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: `prepare-${Aws.REGION}` });
    expect(resourceOf(stack).Properties.JobName).toEqual({ 'Fn::Join': ['', ['prepare-', { Ref: 'AWS::Region' }]] });
  });

  test('is known to stacks of other environments', () => {
    const app = new App();
    const stack = new Stack(app, 'Test', { env: { account: '111111111111', region: 'eu-west-1' } });
    const other = new Stack(app, 'Other', { env: { account: '222222222222', region: 'us-east-1' } });
    const job = newJob(stack, { processingJobName: 'prepare' });
    other.exportValue(job.processingJobArn, { name: 'Arn' });
    expect(Object.values(Template.fromStack(other).findOutputs('*'))[0].Value)
      .toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111111111111:processing-job/prepare']] });
  });
});

describe('a name with capitals, which the service writes in lower case in ARNs', () => {
  const granted = (grantOn: (stack: Stack) => ProcessingJobGrants) => {
    const stack = newStack();
    grantOn(stack).describe(new Role(stack, 'User', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    return permissionsOf(stack, 'User').map((line) => line.split('processing-job/')[1]);
  };

  test.each<[string, (stack: Stack) => ProcessingJobGrants, string[]]>([
    ['of a job', (stack) => newJob(stack, { processingJobName: 'Prepare-2026' }).grants, ['Prepare-2026', 'prepare-2026']],
    ['of a job with a token', (stack) => newJob(stack, { processingJobName: `Prepare-${Aws.REGION}` }).grants, ['Prepare-<AWS::Region>', 'prepare-<AWS::Region>']],
    ['that is imported', (stack) => ProcessingJob.fromProcessingJobName(stack, 'I', 'Prepare').grants, ['Prepare', 'prepare']],
    ['of an imported ARN', (stack) => ProcessingJob.fromProcessingJobArn(stack, 'I', 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/Prepare').grants,
      ['Prepare', 'prepare']],
    ['of a job of the CDK', (stack) => ProcessingJobGrants.fromProcessingJob({
      processingJobRef: { processingJobArn: `arn:aws:sagemaker:${stack.region}:123456789012:processing-job/Prepare` },
    } as any), ['Prepare', 'prepare']],
    ['not there', (stack) => ProcessingJob.fromProcessingJobName(stack, 'I', 'prepare').grants, ['prepare']],
  ])('%s is granted in both spellings', (_name, grantOn, names) => {
    expect(granted(grantOn)).toEqual(names);
  });

  test('the provider may do so, too', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: `Prepare-${Aws.REGION}` });
    expect(namesOfProvider(stack)).toContain(':processing-job/prepare-",{"Ref":"AWS::Region"}');
  });
});

test('a given name cannot be made of that of another job of the stack, which would make a cycle', () => {
  const stack = newStack();
  const first = newJob(stack, {}, 'First');
  for (const processingJobName of [first.processingJobName, `${first.processingJobName}-2`, first.exitMessage]) {
    expect(problemsOf({ processingJobName }, new Construct(stack, `Scope${stack.node.children.length}`))).toEqual([
      "processingJobName cannot be made of the name or the results of 'Test/First', which would have to exist before the permission to use the name, and after it. "
      + 'Leave it out, or write a name. (ProcessingJobName)',
    ]);
  }
  newJob(new Stack(stack.node.root, 'Other'), { processingJobName: first.processingJobName });
});

describe('an imported job', () => {
  test('has the ARN that its name has in the stack’s account and Region', () => {
    const stack = newStack();
    const job = ProcessingJob.fromProcessingJobName(stack, 'Imported', 'prepare');
    expect(job.processingJobName).toBe('prepare');
    expect(stack.resolve(job.processingJobArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':processing-job/prepare']],
    });
    expect(job.processingJobRef.processingJobArn).toBe(job.processingJobArn);
  });

  test('has the name, the account and the Region of its ARN', () => {
    const arn = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/prepare';
    const job = ProcessingJob.fromProcessingJobArn(newStack(), 'Imported', arn);
    expect(job.processingJobName).toBe('prepare');
    expect(job.processingJobArn).toBe(arn);
    expect(job.processingJobRef).toEqual({ processingJobArn: arn });
    expect(job.env).toEqual({ account: '123456789012', region: 'eu-west-1' });
  });

  test('of another partition keeps it', () => {
    const arn = 'arn:aws-cn:sagemaker:cn-north-1:123456789012:processing-job/prepare';
    expect(ProcessingJob.fromProcessingJobArn(newStack(), 'Imported', arn).processingJobArn).toBe(arn);
  });

  test('may have a name or an ARN that only CloudFormation knows', () => {
    const stack = newStack();
    const value = new CfnParameter(stack, 'Value').valueAsString;
    const byName = ProcessingJob.fromProcessingJobName(stack, 'ByName', value);
    expect(stack.resolve(byName.processingJobName)).toEqual({ Ref: 'Value' });
    expect(JSON.stringify(stack.resolve(byName.processingJobArn))).toContain(':processing-job/",{"Ref":"Value"}');
    const byArn = ProcessingJob.fromProcessingJobArn(stack, 'ByArn', value);
    expect(stack.resolve(byArn.processingJobArn)).toEqual({ Ref: 'Value' });
    expect(JSON.stringify(stack.resolve(byArn.processingJobName))).toMatch(/"Fn::Select":\[1,\{"Fn::Split":\["\/",/);
  });

  test('adds nothing to the template', () => {
    const stack = newStack();
    ProcessingJob.fromProcessingJobName(stack, 'Imported', 'prepare');
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });
});
