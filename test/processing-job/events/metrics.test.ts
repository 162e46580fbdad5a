import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IProcessingJob, ProcessingJob } from '../../../src/index';
import { permissionsOf } from '../policies';
import { newJob, newStack, PROCESSING_JOB, resourceOf, resourcesOf } from '../testing';

/** A metric as an alarm has it. */
function renderedMetric(stack: Stack, metric: Metric): any {
  new Alarm(stack, 'Alarm', { evaluationPeriods: 1, metric, threshold: 1 });
  return resourceOf(stack, 'AWS::CloudWatch::Alarm').Properties;
}

describe('a metric', () => {
  test.each<[string, (job: ProcessingJob) => Metric]>([
    ['CPUUtilization', (job) => job.metricCpuUtilization()],
    ['DiskUtilization', (job) => job.metricDiskUtilization()],
    ['GPUMemoryUtilization', (job) => job.metricGpuMemoryUtilization()],
    ['GPUUtilization', (job) => job.metricGpuUtilization()],
    ['MemoryUtilization', (job) => job.metricMemoryUtilization()],
    ['Another', (job) => job.metric('Another')],
  ])('%s is that of the first instance of the run of this deployment', (name, metricOf) => {
    const stack = newStack();
    const job = newJob(stack);
    const properties = renderedMetric(stack, metricOf(job));
    const [id] = Object.keys(resourcesOf(stack, PROCESSING_JOB));
    expect(properties).toMatchObject({
      Dimensions: [{ Name: 'Host', Value: { 'Fn::Join': ['', [{ Ref: id }, '/algo-1']] } }],
      MetricName: name,
      Namespace: '/aws/sagemaker/ProcessingJobs',
      Period: 300,
      Statistic: 'Average',
    });
  });

  test('can be that of another instance', () => {
    const stack = newStack();
    const metric = ProcessingJob.fromProcessingJobName(stack, 'Job', 'prepare').metricCpuUtilization({ instance: 3 });
    expect(metric.dimensions).toEqual({ Host: 'prepare/algo-3' });
  });

  test('takes the options of every metric', () => {
    const stack = newStack();
    const metric = newJob(stack).metricMemoryUtilization({ label: 'Memory', period: Duration.minutes(1), statistic: Stats.MAXIMUM });
    expect(renderedMetric(stack, metric)).toMatchObject({
      Metrics: [expect.objectContaining({ Label: 'Memory', MetricStat: expect.objectContaining({ Period: 60, Stat: 'Maximum' }) })],
    });
  });
});

describe('the log group', () => {
  test('is that of all processing jobs', () => {
    const stack = newStack();
    expect(newJob(stack).logGroup.logGroupName).toBe('/aws/sagemaker/ProcessingJobs');
  });

  test('is one, however often it is asked for', () => {
    const job = newJob(newStack());
    expect(job.logGroup).toBe(job.logGroup);
  });

  test('is nothing that the stack makes or needs', () => {
    const [without, withIt] = [false, true].map((asked) => {
      const stack = newStack();
      const job = newJob(stack);
      return [stack, asked && job.logGroup] as const;
    });
    expect(resourcesOf(withIt[0], 'AWS::Logs::LogGroup')).toEqual(resourcesOf(without[0], 'AWS::Logs::LogGroup'));
  });

  test('can be read by others', () => {
    const stack = newStack();
    newJob(stack).logGroup.grantRead(new Role(stack, 'Someone', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    const lines = permissionsOf(stack, 'Someone');
    expect(lines).toContain('logs:GetLogEvents on arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/sagemaker/ProcessingJobs:*');
  });
});

describe('an imported job', () => {
  const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/prepare';

  test.each<[string, (stack: Stack) => IProcessingJob, string, unknown]>([
    ['by its ARN', (stack) => ProcessingJob.fromProcessingJobArn(stack, 'Job', ARN), 'prepare', ARN],
    ['by its name', (stack) => ProcessingJob.fromProcessingJobName(stack, 'Job', 'prepare'), 'prepare', {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':processing-job/prepare']],
    }],
  ])('%s has name and ARN', (_name, importJob, name, arn) => {
    const stack = newStack();
    const job = importJob(stack);
    expect(job.processingJobName).toBe(name);
    expect(stack.resolve(job.processingJobArn)).toEqual(arn);
    expect(stack.resolve(job.processingJobRef)).toEqual({ processingJobArn: arn });
  });

  test('by an ARN that only CloudFormation knows has a name taken from that', () => {
    const stack = newStack();
    const other = newJob(stack);
    const job = ProcessingJob.fromProcessingJobArn(stack, 'Imported', other.processingJobArn);
    expect(stack.resolve(job.processingJobName)).toEqual({
      'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', stack.resolve(other.processingJobArn)] }] }] }],
    });
  });

  test('has metrics by its name', () => {
    const metric = ProcessingJob.fromProcessingJobArn(newStack(), 'Job', ARN).metricGpuUtilization();
    expect(metric.dimensions).toEqual({ Host: 'prepare/algo-1' });
  });

  test('has the log group of its own account and Region', () => {
    const stack = newStack('Test', { env: { account: '999999999999', region: 'us-east-1' } });
    const { logGroup } = ProcessingJob.fromProcessingJobArn(stack, 'Job', ARN);
    expect(stack.resolve(logGroup.logGroupArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:123456789012:log-group:/aws/sagemaker/ProcessingJobs:*']],
    });
    expect(logGroup.env).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
  });

  test('adds nothing to the stack', () => {
    const stack = newStack();
    ProcessingJob.fromProcessingJobArn(stack, 'Job', ARN).metricCpuUtilization();
    expect(stack.resolve((stack as any)._toCloudFormation())).not.toHaveProperty('Resources');
  });

  test.each(['', undefined, 5])('is not made from %p as its ARN', (arn) => {
    expect(() => ProcessingJob.fromProcessingJobArn(newStack(), 'Job', arn as string)).toThrow();
  });

  test.each([[undefined, 'is missing, and'], [5, 'is 5:']])('is not made from %p as its name', (name, words) => {
    expect(() => ProcessingJob.fromProcessingJobName(newStack(), 'Job', name as unknown as string)).toThrow(
      `ProcessingJob.fromProcessingJobName: processingJobName ${words} must be a string.`);
  });
});
