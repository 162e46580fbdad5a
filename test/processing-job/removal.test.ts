import { CfnDeletionPolicy, CfnResource, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { newJob, newStack, problemsOf, RenderedResource, requestOf, resourceOf } from './testing';
import { ProcessingJob, ProcessingJobRemovalPolicy } from '../../src';

test('a job is stopped when its resource goes, by default', () => {
  const stack = newStack();
  newJob(stack);
  expect(resourceOf(stack).Properties.RemovalPolicy).toBe('STOP');
  expect(resourceOf(stack)).not.toHaveProperty('DeletionPolicy');
});

test('the policy is no part of the request, so that its change does not run the job again', () => {
  const [stop, remove] = [ProcessingJobRemovalPolicy.STOP, ProcessingJobRemovalPolicy.DELETE].map((removalPolicy) => {
    const stack = newStack();
    newJob(stack, { removalPolicy });
    return requestOf(stack);
  });
  expect(stop).toEqual(remove);
});

test.each([
  [RemovalPolicy.RETAIN, 'Retain', 'Retain'],
  [RemovalPolicy.DESTROY, 'Delete', 'Delete'],
  [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate', 'Retain'],
])('the inherited applyRemovalPolicy(%s) is CloudFormation’s', (policy, deletion, replacement) => {
  const stack = newStack();
  newJob(stack).applyRemovalPolicy(policy);
  expect(resourceOf(stack)).toMatchObject({ DeletionPolicy: deletion, UpdateReplacePolicy: replacement });
  expect(resourceOf(stack).Properties.RemovalPolicy).toBe('STOP');
});

test.each<[string, (stack: Stack) => void]>([
  ['of its construct', (stack) => newJob(stack).applyRemovalPolicy(RemovalPolicy.SNAPSHOT)],
  ['of all constructs', (stack) => {
    newJob(stack);
    RemovalPolicies.of(stack.node.findChild('Job')).snapshot();
  }],
  ['of its resource, when it is replaced', (stack) => {
    (newJob(stack).node.defaultChild as CfnResource).cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
  }],
])('a snapshot is refused as the policy %s', (_, apply) => {
  const stack = newStack();
  apply(stack);
  expect(() => Template.fromStack(stack)).toThrow(
    'the policy of its resource is RemovalPolicy.SNAPSHOT: must be another, for this resource has no snapshots. Use RemovalPolicy.RETAIN or RemovalPolicy.DESTROY.');
});

test('the removal policy of the CDK is not that of a job', () => {
  expect(problemsOf({ removalPolicy: RemovalPolicy.RETAIN })).toEqual([
    "removalPolicy is 'retain': must be one of ProcessingJobRemovalPolicy.STOP, ProcessingJobRemovalPolicy.DELETE, ProcessingJobRemovalPolicy.RETAIN. Choose one of them.",
  ]);
});

describe('what a job needs that is retained', () => {
  const RETAIN = ProcessingJobRemovalPolicy.RETAIN;
  const WARNING = Match.stringLikeRegexp('The job is retained, and may still run when what it needs is deleted: .*retainedJobLosesWhatItNeeds');

  /** The ids of what of the job CloudFormation deletes with it. */
  function goingOf(stack: Stack): string[] {
    const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, RenderedResource> };
    return Object.entries(Resources)
      .filter(([id, { Type }]) => id.startsWith('Job') && /^AWS::(IAM|EC2)::/.test(Type))
      .filter(([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy !== 'Retain' || UpdateReplacePolicy !== 'Retain')
      .map(([id]) => id);
  }

  function newVpc(stack: Stack): Vpc {
    return new Vpc(stack, 'Vpc', { natGateways: 1 });
  }

  test('is retained: its role, all policies of that, its security group and the rules of that', () => {
    const stack = newStack();
    const job = newJob(stack, { removalPolicy: RETAIN, vpc: newVpc(stack), instanceCount: 2 });
    // so much that the role gets managed policies
    for (let index = 0; index < 200; index++) {
      job.role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'b'.repeat(60)}-${index}/*`], sid: `S${index}` }));
    }
    expect(goingOf(stack)).toEqual([]);
    Template.fromStack(stack).hasResource('AWS::IAM::ManagedPolicy', { DeletionPolicy: 'Retain' });
    expect(resourceOf(stack).Properties).not.toHaveProperty('SecurityGroupId');
    Annotations.fromStack(stack).hasNoWarning('*', WARNING);
  });

  test('goes with one that is not', () => {
    const stack = newStack();
    newJob(stack, { vpc: newVpc(stack) });
    expect(goingOf(stack).length).toBeGreaterThanOrEqual(3);
    expect(resourceOf(stack).Properties).toHaveProperty('SecurityGroupId');
  });

  test.each([
    ['of its construct', (stack: Stack) => (newJob(stack, { vpc: newVpc(stack) })).applyRemovalPolicy(RemovalPolicy.RETAIN)],
    ['of a scope', (stack: Stack) => {
      newJob(stack, { vpc: newVpc(stack) });
      RemovalPolicies.of(stack).retain();
    }],
  ])('is retained by the policy %s, too', (_what, apply) => {
    const stack = newStack();
    apply(stack);
    expect(goingOf(stack)).toEqual([]);
    expect(resourceOf(stack).DeletionPolicy).toBe('Retain');
  });

  test('is warned of where it was given', () => {
    const stack = newStack();
    const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    const vpc = newVpc(stack);
    newJob(stack, { removalPolicy: RETAIN, role, vpc, securityGroups: [new SecurityGroup(stack, 'Group', { vpc })] });
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('needs is deleted: Test/Own, Test/Group\\. Retain that, too'));
  });

  test.each<[string, (stack: Stack, job: ProcessingJob) => void]>([
    ['the resource of the job alone', (_, job) => (job.node.defaultChild as CfnResource).applyRemovalPolicy(RemovalPolicy.RETAIN)],
    ['all resources of its type', (stack) => RemovalPolicies.of(stack).retain({ applyToResourceTypes: ['Custom::SageMakerProcessingJob'] })],
  ])('is warned of where a policy retains %s', (_what, apply) => {
    const stack = newStack();
    apply(stack, newJob(stack));
    expect(goingOf(stack)).not.toEqual([]);
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('needs is deleted: Test/Job/[^,]*Role\\. Retain that, too'));
  });

  test.each<[string, (stack: Stack) => IRole]>([
    ['is retained alone', (stack) => {
      const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
      role.applyRemovalPolicy(RemovalPolicy.RETAIN);
      return role;
    }],
    ['is imported', (stack) => Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::123456789012:role/jobs')],
  ])('is warned of where the policies go of a role that %s', (_what, roleOf) => {
    const stack = newStack();
    (newJob(stack, { role: roleOf(stack) }).node.defaultChild as CfnResource).applyRemovalPolicy(RemovalPolicy.RETAIN);
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('needs is deleted: Test/(Own|SageMakerJobRole\\w+)\\. Retain that, too'));
  });

  test('is warned of where it was given, and a policy of the job does not reach it', () => {
    const stack = newStack();
    RemovalPolicies.of(newJob(stack, { role: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) })).retain();
    Annotations.fromStack(stack).hasWarning('/Test/Job', Match.stringLikeRegexp('needs is deleted: Test/Own\\. Retain that, too'));
  });

  test.each([
    ['is retained', (stack: Stack) => {
      const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
      RemovalPolicies.of(role).retain();
      return role;
    }],
    ['is imported', (stack: Stack) => Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::123456789012:role/jobs')],
  ])('is not warned of where what was given %s', (_what, roleOf) => {
    const stack = newStack();
    newJob(stack, { removalPolicy: RETAIN, role: roleOf(stack) });
    Annotations.fromStack(stack).hasNoWarning('*', WARNING);
  });
});
