import { Aspects, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Effect, IRole, ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { HANDLER_ROLE, permissionsOf } from '../processing-job/policies';
import { newJob, newStack } from '../processing-job/testing';

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const LIMITS = { inlinePolicies: 10_240, managedPolicy: 6_144, managedPolicies: 10, resources: 500, templateBytes: 1_000_000 };

/** A value of the template as it is where partition, Region and names are long. */
function deployed(value: any): any {
  if (Array.isArray(value)) {
    return value.map(deployed);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const known: { [name: string]: string } = { 'AWS::Partition': 'aws-us-gov', 'AWS::Region': 'us-gov-west-1', 'AWS::AccountId': '123456789012' };
  const name = (id: string) => known[id] ?? id.padEnd(63, '-');
  const [[key, content] = ['', undefined]] = Object.entries<any>(value);
  switch (key) {
    case 'Ref':
      return name(content);
    case 'Fn::GetAtt':
      return `arn:aws-us-gov:iam::123456789012:role/${content[0].padEnd(64, '-')}`;
    case 'Fn::Join':
      return content[1].map(deployed).join(content[0]);
    case 'Fn::Sub':
      return content.replace(/\$\{([^}]*)\}/g, (_: string, id: string) => name(id));
    default:
      return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, deployed(inner)]));
  }
}

/** What of the limits a stack uses. */
function usedBy(stack: Stack) {
  const template = Template.fromStack(stack).toJSON();
  const resources = Object.values<any>(template.Resources);
  const lengths = (type: string) => resources.filter(({ Type }) => Type === type)
    .filter(({ Properties }) => Properties.Roles?.some(({ Ref }: any) => Ref.startsWith(HANDLER_ROLE)))
    .map(({ Properties }) => JSON.stringify(deployed(Properties.PolicyDocument)).length);
  const managed = lengths('AWS::IAM::ManagedPolicy');
  return {
    inlinePolicies: lengths('AWS::IAM::Policy').reduce((sum, length) => sum + length, 0),
    managedPolicy: Math.max(0, ...managed),
    managedPolicies: managed.length,
    resources: resources.length,
    templateBytes: JSON.stringify(template).length,
  };
}

function expectWithinLimits(stack: Stack): void {
  const used = usedBy(stack);
  const beyond = Object.entries(LIMITS).filter(([limit, most]) => used[limit as keyof typeof used] > most);
  expect({ beyond, used }).toEqual({ beyond: [], used });
}

function newRole(scope: Construct, id: string): Role {
  return new Role(scope, id, { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
}

const imported = (stack: Stack, index = 0) => Role.fromRoleArn(stack, `Role${index}`, `arn:aws:iam::123456789012:role/team/role-of-the-job-${index}`, { mutable: false });
const COMMON = { inputs: undefined, outputs: undefined };

describe('the policies of the provider hold as many jobs as a stack does', () => {
  const names: [string, (index: number) => string][] = [
    ['in lower case', (index) => `prepare-the-training-data-${index}`],
    ['with capitals', (index) => `Prepare-The-Training-Data-${index}`],
    ['as long as names can be', (index) => `${index}`.padStart(63, 'A-Long-Name')],
  ];
  test.each(names)('with given names %s', (_name, nameOf) => {
    const stack = newStack();
    const role = imported(stack);
    const count = 470;
    for (let index = 0; index < count; index++) {
      newJob(stack, { ...COMMON, role, processingJobName: nameOf(index) }, `Job${index}`);
    }
    expectWithinLimits(stack);
    const allowed = permissionsOf(stack, HANDLER_ROLE).filter((line) => line.startsWith('sagemaker:CreateProcessingJob on '));
    const patterns = allowed.map((line) => new RegExp(`^${line.replace(/.*\//, '').replace(/[?]/g, '.').replace(/[*]/g, '.*')}$`));
    for (let index = 0; index < count; index++) {
      const spellings = [nameOf(index), nameOf(index).toLowerCase()];
      expect(spellings.filter((spelling) => !patterns.some((pattern) => pattern.test(spelling)))).toEqual([]);
    }
    expect(patterns.some((pattern) => pattern.test(nameOf(count)))).toBe(false);
  });

  test('with one role that is given', () => {
    const stack = newStack();
    const role = newRole(stack, 'Role');
    for (let index = 0; index < 480; index++) {
      newJob(stack, { ...COMMON, role }, `Job${index}`);
    }
    expectWithinLimits(stack);
    expect(usedBy(stack).managedPolicies).toBe(0);
  });

  test.each<[string, number, (stack: Stack, index: number) => IRole]>([
    ['of this stack', 161, (stack, index) => newRole(stack, `Role${index}`)],
    ['that exist already', 470, imported],
    ['that parameters name', 200, (stack, index) => Role.fromRoleArn(stack, `Role${index}`, new CfnParameter(stack, `RoleArn${index}`).valueAsString, { mutable: false })],
  ])('with a role each %s', (_name, count, roleOf) => {
    const stack = newStack();
    for (let index = 0; index < count; index++) {
      newJob(stack, { ...COMMON, role: roleOf(stack, index) }, `Job${index}`);
    }
    expectWithinLimits(stack);
    expect(permissionsOf(stack, HANDLER_ROLE).filter((line) => line.startsWith('iam:PassRole on ')).length).toBe(count);
  });

  test('with a role of its own each', () => {
    const stack = newStack();
    for (let index = 0; index < 163; index++) {
      newJob(stack, COMMON, `Job${index}`);
    }
    expectWithinLimits(stack);
    expect(usedBy(stack).managedPolicies).toBe(0);
  });
});

test('what the policies of a role cannot hold is an error, not a failed deployment', () => {
  const stack = newStack();
  for (let index = 0; index < 300; index++) {
    const name = `${index}`.padStart(63, 'A-Long-Name');
    const role = Role.fromRoleArn(stack, `Role${index}`, `arn:aws:iam::123456789012:role/${'teams/of/the/company/'.repeat(6)}${name}`, { mutable: false });
    newJob(stack, { ...COMMON, role, processingJobName: name }, `Job${index}`);
  }
  expect(() => Template.fromStack(stack)).toThrow([
    "The stack 'Test' has 300 given names of jobs and 300 given roles. The policies of one role, that of the provider, cannot name all of them. ",
    'Leave names or roles out, for generated ones take no room; let jobs share a role; or spread the jobs over several stacks.',
  ].join(''));
});

describe('where an Aspect attaches managed policies to all roles', () => {
  function stackWith(count: number, attached: number): Stack {
    const stack = newStack();
    const role = imported(stack);
    for (let index = 0; index < count; index++) {
      newJob(stack, { ...COMMON, role, processingJobName: `Prepare-The-Training-Data-${index}` }, `Job${index}`);
    }
    const guardrails = Array.from({ length: attached }, (_, index) => ManagedPolicy.fromManagedPolicyName(stack, `Guardrail${index}`, `guardrail-${index}`));
    Aspects.of(stack).add({ visit: (node) => node instanceof Role && guardrails.forEach((policy) => node.addManagedPolicy(policy)) });
    return stack;
  }

  test('there is room for them', () => {
    // would have ten of its own
    expect(usedBy(stackWith(290, 1)).managedPolicies).toBeLessThanOrEqual(LIMITS.managedPolicies - 1);
  });

  test('and there is no room, that is an error', () => {
    expect(() => Template.fromStack(stackWith(40, 10))).toThrow('cannot name all of them beside the managed policies that it has otherwise (10). Leave names or roles out');
  });
});

describe('a given role that needs a job', () => {
  /** A step of a pipeline: a construct with a role and a job. */
  class Step extends Construct {
    public readonly role = newRole(this, 'Role');
    public readonly job = newJob(this as any, { ...COMMON, role: this.role }, 'Job');
  }

  test.each<[string, (first: Step, second: Step) => void]>([
    ['by a dependency of its construct', (first, second) => second.node.addDependency(first)],
    ['by a reference', (first, second) => (second.role.node.defaultChild as any).addPropertyOverride('Description', first.job.processingJobName)],
    ['through another resource', (first, second) => {
      const statements = [new PolicyStatement({ effect: Effect.DENY, actions: ['s3:*'], resources: [first.job.processingJobArn] })];
      const policy = new Policy(first, 'Policy', { statements, roles: [first.role] });
      second.role.node.addDependency(policy);
    }],
  ])('%s makes no cycle', (_name, relate) => {
    const stack = newStack();
    const [first, second, third] = ['First', 'Second', 'Third'].map((id) => new Step(stack, id));
    relate(first, second);
    const { Resources } = Template.fromStack(stack).toJSON(); // throws when there is a cycle
    const passing = Object.entries<any>(Resources).filter(([, { Properties }]) => JSON.stringify(Properties.PolicyDocument ?? '').includes('iam:PassRole'))
      .map(([, { Properties }]) => [...JSON.stringify(Properties.PolicyDocument).matchAll(/"(First|Second|Third)Role/g)].map(([, step]) => step));
    expect(passing.sort()).toEqual([['First', 'Third'], ['Second']]);
    expect(third.role).toBeDefined();
  });
});
