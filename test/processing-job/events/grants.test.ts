import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnProcessingJob } from 'aws-cdk-lib/aws-sagemaker';
import { ProcessingJob, ProcessingJobGrants } from '../../../src/index';
import { permissionsOf } from '../policies';
import { newJob, newStack, PROCESSING_JOB, resourceOf, resourcesOf } from '../testing';

const JOBS = 'arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:processing-job';

function newRole(stack: Stack): Role {
  return new Role(stack, 'Someone', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

describe('the grants of a job', () => {
  test.each<[string, (job: ProcessingJob, role: Role) => unknown, string[]]>([
    ['describe', (job, role) => job.grants.describe(role), ['sagemaker:DescribeProcessingJob']],
    ['stop', (job, role) => job.grants.stop(role), ['sagemaker:StopProcessingJob']],
    ['actions', (job, role) => job.grants.actions(role, 'sagemaker:ListTags', 'sagemaker:AddTags'), ['sagemaker:AddTags', 'sagemaker:ListTags']],
  ])('%s lets a principal do that, with the runs of the job alone', (_name, grant, actions) => {
    const stack = newStack();
    grant(newJob(stack), newRole(stack));
    const { JobNamePrefix } = resourceOf(stack).Properties;
    expect(permissionsOf(stack, 'Someone')).toEqual(actions.map((action) => `${action} on ${JOBS}/${JobNamePrefix}-*`));
  });

  test('hold for every run: a replacement changes nothing', () => {
    const policies = ['a', 'b'].map((rerunTrigger) => {
      const stack = newStack();
      newJob(stack, { rerunTrigger }).grants.describe(newRole(stack));
      return permissionsOf(stack, 'Someone');
    });
    expect(policies[0]).toEqual(policies[1]);
  });

  test('do not need the job, so that its own role can get them', () => {
    const stack = newStack();
    const job = newJob(stack);
    job.grants.describe(job);
    expect(() => (stack.node.root as App).synth()).not.toThrow();
    expect(permissionsOf(stack, 'JobJobRole')).toContainEqual(expect.stringMatching(/^sagemaker:DescribeProcessingJob on .*-\*$/));
    Template.fromStack(stack);
  });

  test('are for the exact name of a job that is given one', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: 'prepare' }, 'A').grants.describe(newRole(stack));
    newJob(stack, { processingJobName: new CfnParameter(stack, 'Name').valueAsString }, 'B').grants.stop(stack.node.findChild('Someone') as Role);
    expect(permissionsOf(stack, 'Someone')).toEqual([
      `sagemaker:DescribeProcessingJob on ${JOBS}/prepare`,
      `sagemaker:StopProcessingJob on ${JOBS}/<Name>`,
    ]);
  });

  test('return what was granted', () => {
    const stack = newStack();
    const grant = newJob(stack).grants.describe(newRole(stack));
    expect(grant.success).toBe(true);
    expect(grant.principalStatements).toHaveLength(1);
  });
});

describe('the grants of', () => {
  test('an imported job are for its ARN', () => {
    const stack = newStack();
    ProcessingJob.fromProcessingJobArn(stack, 'Job', 'arn:aws:sagemaker:eu-west-1:123456789012:processing-job/prepare').grants.describe(newRole(stack));
    expect(permissionsOf(stack, 'Someone')).toEqual([
      'sagemaker:DescribeProcessingJob on arn:aws:sagemaker:eu-west-1:123456789012:processing-job/prepare',
    ]);
  });

  test('a job that is no construct of this library are for its ARN', () => {
    const stack = newStack();
    ProcessingJobGrants.fromProcessingJob(new CfnProcessingJob(stack, 'Job', {
      appSpecification: { imageUri: 'x' },
      processingResources: { clusterConfig: { instanceCount: 1, instanceType: 'ml.m5.large', volumeSizeInGb: 1 } },
      roleArn: 'arn:aws:iam::123456789012:role/jobs',
    })).stop(newRole(stack));
    expect(permissionsOf(stack, 'Someone')).toEqual(['sagemaker:StopProcessingJob on <Job>']);
  });

  test('a job of this library are the same, however they are made', () => {
    const stack = newStack();
    const job = newJob(stack);
    expect(ProcessingJobGrants.fromProcessingJob(job)).toBe(job.grants);
  });
});

test('a job’s name and ARN are of the run of this deployment', () => {
  const stack = newStack();
  const job = newJob(stack);
  const [id] = Object.keys(resourcesOf(stack, PROCESSING_JOB));
  expect(stack.resolve(job.processingJobName)).toEqual({ Ref: id });
  expect(JSON.stringify(stack.resolve(job.processingJobArn))).toContain(`{"Ref":"${id}"}`);
});
