/**
 * The provider may pass on the roles of jobs as they are deployed, whatever the app has done to them.
 */
import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRole, ManagedPolicy, PermissionsBoundary, Role } from 'aws-cdk-lib/aws-iam';
import { HANDLER_ROLE, neededBy, permissionsOf } from '../processing-job/policies';
import { newJob, resourcesOf } from '../processing-job/testing';

const passed = (stack: Stack) => permissionsOf(stack, HANDLER_ROLE).filter((line) => line.startsWith('iam:PassRole'))
  .map((line) => line.replace(/^iam:PassRole on | if .*$/g, ''));
const OWN = 'arn:<AWS::Partition>:iam::<AWS::AccountId>:role/cdk-sagemaker-jobs/<AWS::Region>/test-57gouu/*';

test.each<[string, (role: CfnRole) => void]>([
  ['a property', (role) => { role.path = '/team/'; }],
  ['an override', (role) => { role.addPropertyOverride('Path', '/team/'); }],
  ['no path', (role) => { role.path = undefined; }],
])('roles whose path an Aspect has changed, by %s, are passed by their ARNs, before their jobs start', (_how, change) => {
  const stack = new Stack(new App(), 'Test');
  for (const id of ['First', 'Second']) {
    newJob(stack, {}, id);
  }
  Aspects.of(stack).add({ visit: (node) => node instanceof CfnRole && change(node) });
  expect(passed(stack).sort()).toEqual(['<FirstJobRole.Arn>', '<SecondJobRole.Arn>', OWN]);
  const [job] = Object.keys(resourcesOf(stack, 'Custom::SageMakerProcessingJob'));
  expect([...neededBy(stack, job)].some((id) => id.includes('PassRoles'))).toBe(true);
});

test('roles with a boundary are passed by their path, as others', () => {
  const stack = new Stack(new App(), 'Test');
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
  newJob(stack);
  expect(passed(stack)).toEqual([OWN]);
});

test('roles that exist already, by Role.customizeRoles, are passed by their names, which the report has', () => {
  const app = new App();
  Role.customizeRoles(app, {
    usePrecreatedRoles: {
      'Test/Job/JobRole': 'the-role-of-jobs', 'Test/Other/JobRole': 'another', 'Test/SageMakerJobProvider/Role': 'provider', 'Test/SageMakerJobProvider/StateMachineRole': 'machine',
    },
  });
  const stack = new Stack(app, 'Test');
  newJob(stack);
  newJob(stack, {}, 'Other');
  const { directory } = app.synth();
  const template = Template.fromStack(stack);
  ['Role', 'Policy', 'ManagedPolicy'].forEach((type) => template.resourceCountIs(`AWS::IAM::${type}`, 0));
  const report = readFileSync(join(directory, 'iam-policy-report.txt'), 'utf8');
  for (const role of ['the-role-of-jobs', 'another']) {
    expect(report.split(`"arn:(PARTITION):iam::(ACCOUNT):role/${role}"`)).toHaveLength(2);
  }
  expect(report).toContain('"Action": "lambda:InvokeFunction"');
  expect(report).not.toContain('${Token[');
});
