/**
 * What the library relies on although the CDK does not promise it: each test says what, and fails when the CDK changes it. The
 * last ones take it away, and nothing fails.
 */
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Grant, ManagedPolicy, Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Dependable } from 'constructs';
import { defaultPolicyOf, isImported, isMutable, isPartOfRole, looksUpLater, partsOf, resourcesOf } from '../../src/cdk/cdk-internals';
import { newJob } from '../processing-job/testing';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/jobs';
const ACTION = { actions: ['s3:GetObject'], resourceArns: ['*'] };

let stack: Stack;
let role: Role;
beforeEach(() => {
  stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-west-1' } });
  role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
});

describe('the template of a stack', () => {
  test('can be rendered before it is written, with the references between its resources', () => {
    const other = new CfnResource(stack, 'Other', { type: 'Test::Other', properties: { Role: role.roleArn } });
    const resources = resourcesOf(stack);
    expect(Object.keys(resources)).toContain(stack.resolve(other.logicalId));
    expect(resources[stack.resolve(other.logicalId)]).toEqual({
      Type: 'Test::Other', Properties: { Role: { 'Fn::GetAtt': [stack.resolve((role.node.defaultChild as CfnResource).logicalId), 'Arn'] } },
    });
  });
});

describe('a look-up', () => {
  test('of any stack of an app is noted until the CLI has made it', () => {
    expect(looksUpLater(stack)).toBe(false);
    StringParameter.valueFromLookup(new Stack(stack.node.root as App, 'Other', { env: { account: stack.account, region: stack.region } }), '/name');
    expect(looksUpLater(stack)).toBe(true);
  });
});

describe('a grant', () => {
  test('has as its parts the policy of an imported role, a construct in it', () => {
    const imported = Role.fromRoleArn(stack, 'Imported', ROLE_ARN);
    const parts = partsOf(Grant.addToPrincipal({ grantee: imported, ...ACTION }));
    expect(parts).toHaveLength(1);
    expect(isPartOfRole(parts[0], imported)).toBe(true);
    expect(isPartOfRole(parts[0], role)).toBe(false);
  });

  test('has as its parts what becomes the policy of a role of the app', () => {
    const parts = partsOf(Grant.addToPrincipal({ grantee: role, ...ACTION }));
    expect(parts).toHaveLength(1);
    Template.fromStack(stack);
    expect(Dependable.of(parts[0]).dependencyRoots.map(({ node }) => node.path)).toContain('Test/Role/DefaultPolicy');
  });

  test.each([
    ['key', () => new Key(stack, 'Key').grantDecrypt(role)],
    ['repository', () => new Repository(stack, 'Repository').grantPull(role)],
  ])('of a %s has parts that something can depend on', (_what, grant) => {
    const parts = partsOf(grant());
    expect(parts.length).toBeGreaterThan(0);
    Template.fromStack(stack);
    expect(parts.flatMap((part) => Dependable.of(part).dependencyRoots).map(({ node }) => node.path)).toContain('Test/Role/DefaultPolicy');
  });

  test('that is not added has no part in the role', () => {
    const imported = Role.fromRoleArn(stack, 'Imported', ROLE_ARN, { mutable: false });
    expect(partsOf(Grant.addToPrincipal({ grantee: imported, ...ACTION })).filter((part) => isPartOfRole(part, imported))).toEqual([]);
  });
});

describe('a role', () => {
  test.each<[string, () => ReturnType<typeof Role.fromRoleArn>, boolean, boolean]>([
    ['of the app', () => role, true, false],
    ['that is imported', () => Role.fromRoleArn(stack, 'Imported', ROLE_ARN), true, true],
    ['that is imported by its name', () => Role.fromRoleName(stack, 'Imported', 'jobs'), true, true],
    ['that is imported with a name for its policy', () => Role.fromRoleArn(stack, 'Imported', ROLE_ARN, { defaultPolicyName: 'Jobs' }), true, false],
    ['that is imported as it is', () => Role.fromRoleArn(stack, 'Imported', ROLE_ARN, { mutable: false }), false, false],
    ['of another account', () => Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::999999999999:role/jobs'), false, false],
    ['whose policies are the author\'s', () => role.withoutPolicyUpdates() as ReturnType<typeof Role.fromRoleArn>, false, false],
  ])('%s can be told', (_what, make, mutable, imported) => {
    expect(isMutable(make())).toBe(mutable);
    expect(mutable && isImported(make.length === 0 ? againOf(make) : make())).toBe(imported);
  });

  // Each construct id is used once.
  function againOf(make: () => ReturnType<typeof Role.fromRoleArn>) {
    stack.node.tryRemoveChild('Imported');
    return make();
  }

  test('has its statements in a policy that can be found', () => {
    expect(defaultPolicyOf(role)).toBeUndefined();
    role.addToPrincipalPolicy(Grant.addToPrincipal({ grantee: role, ...ACTION }).principalStatements[0]);
    expect(defaultPolicyOf(role)?.cfnResourceType).toBe('AWS::IAM::Policy');
  });

  test('with policies of other kinds has no such policy', () => {
    role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
    new Policy(stack, 'Policy', { roles: [role] });
    expect(defaultPolicyOf(role)).toBeUndefined();
  });
});

describe('a CDK without', () => {
  test.each<[string, () => void]>([
    ['a template that can be rendered before', () => Object.defineProperty(stack, '_toCloudFormation', { get: () => renderedOnce(stack) })],
  ])('%s makes a stack with a job all the same', (_what, change) => {
    change();
    newJob(stack, { role });
    expect(Object.values(Template.fromStack(stack).findResources('Custom::SageMakerProcessingJob'))).toHaveLength(1);
  });

  test('the parts of a grant has the grant itself, or nothing, in their place', () => {
    const grant = Object.defineProperty(Grant.addToPrincipal({ grantee: role, ...ACTION }), 'dependables', { value: undefined });
    expect(partsOf(grant).every((part) => part === grant)).toBe(true);
  });

  /** The CDK itself renders the template when it is written: what asks before gets nothing. */
  function renderedOnce(owner: Stack): (() => object) | undefined {
    const isWritten = new Error().stack?.includes('_synthesizeTemplate') === true || new Error().stack?.includes('findTokens') === true;
    return isWritten ? (Object.getPrototypeOf(owner) as { _toCloudFormation(): object })._toCloudFormation.bind(owner) : undefined;
  }
});
