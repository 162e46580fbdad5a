import { CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { AutoMLModel } from '../../src';
import * as PROVIDED_KINDS from '../../src/provider/kinds';
import { rolePath, stackPrefix } from '../../src/provider/stack-names';
import { newJob as newAutoMLJob } from '../automl-job/testing';
import { HANDLER_ROLE, permissionsOf } from '../processing-job/policies';
import { newApp, newJob, newStack, resourceOf, ROLE_ARN } from '../processing-job/testing';

const SAGEMAKER = 'arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>';
const LOGS = 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/sagemaker/ProcessingJobs';
const PASSED = ' if {"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}';
const OWN_ROLES = `iam:PassRole on arn:<AWS::Partition>:iam::<AWS::AccountId>:role/cdk-sagemaker-jobs/<AWS::Region>/test-57gouu/*${PASSED}`;

/** Of this stack: also those whose names the template no longer has. */
const OWN = ' if {"StringEquals":{"aws:ResourceTag/cdk-sagemaker-jobs:stack":{"Ref":"AWS::StackId"}}}';
const IN_A_CREATE_CALL = ' if {"Null":{"sagemaker:TaggingAction":"false"}}';

/** What the function that calls SageMaker may do, apart from its own log. */
function permissionsOfHandler(stack: Stack): string[] {
  return permissionsOf(stack, HANDLER_ROLE).filter((line) => !/^logs:.*<SageMakerJobProvider/.test(line));
}

/** What every template allows. */
const ALWAYS = [
  'cloudformation:DescribeStackResource on <AWS::StackId>',
  'cloudformation:DescribeStacks on <AWS::StackId>',
  'ec2:DescribeNetworkInterfaces on *',
  'states:StartExecution on <SageMakerJobProviderStateMachine.Arn>',
  `logs:DescribeLogStreams on ${LOGS}:*`,
  `logs:GetLogEvents on ${LOGS}:log-stream:test-57gouu--*/*`,
  ...Object.entries({
    'automl-job/test-57gouu--*': ['DescribeAutoMLJobV2'],
    'model/test-57gouu--*': ['DescribeModel'],
    'processing-job/test-57gouu--*': ['DescribeProcessingJob'],
  }).flatMap(([names, looks]) => [...looks, 'ListTags'].map((look) => `sagemaker:${look} on ${SAGEMAKER}:${names}`)),
  ...['automl-job', 'model', 'processing-job'].flatMap((resource) => [
    ...['AddTags', 'DeleteTags', 'ListTags'].map((action) => `sagemaker:${action} on ${SAGEMAKER}:${resource}/*${OWN}`),
    `sagemaker:AddTags on ${SAGEMAKER}:${resource}/*${IN_A_CREATE_CALL}`,
  ]),
  ...['Delete', 'Describe', 'Stop'].map((verb) => `sagemaker:${verb}ProcessingJob on ${SAGEMAKER}:processing-job/*${OWN}`),
  ...['DescribeAutoMLJobV2', 'StopAutoMLJob'].map((action) => `sagemaker:${action} on ${SAGEMAKER}:automl-job/*${OWN}`),
  ...['Delete', 'Describe'].map((verb) => `sagemaker:${verb}Model on ${SAGEMAKER}:model/*${OWN}`),
];

/** Those of a statement's lines that mean something: an action has no effect on another kind's ARNs. */
function meaningful(lines: readonly string[]): string[] {
  const kinds = Object.values(PROVIDED_KINDS);
  return lines.filter((line) => {
    const [, operation, resource] = /^sagemaker:(\w+) on .*:([a-z-]+)\//.exec(line) ?? [];
    const kind = kinds.find(({ create, describe, end }) => [...create, describe, ...end].some((call) => call === operation));
    return kind === undefined || kind.arnResource === resource;
  });
}

describe('the function that calls SageMaker may look at jobs and let go of those of its stack', () => {
  test.each<[string, (stack: Stack) => void, string[]]>([
    ['with a processing job', (stack) => newJob(stack), [`sagemaker:CreateProcessingJob on ${SAGEMAKER}:processing-job/test-57gouu--*`]],
    ['with an AutoML job', (stack) => newAutoMLJob(stack), [`sagemaker:CreateAutoMLJob on ${SAGEMAKER}:automl-job/test-57gouu--*`]],
    ['with a model', (stack) => new AutoMLModel(stack, 'Model', { job: newAutoMLJob(stack) }), [
      `sagemaker:CreateAutoMLJob on ${SAGEMAKER}:automl-job/test-57gouu--*`,
      `sagemaker:CreateModel on ${SAGEMAKER}:model/test-57gouu--*`,
    ]],
  ])('of all kinds, %s, and start those that the template has', (_name, add, creates) => {
    const stack = newStack();
    add(stack);
    expect(meaningful(permissionsOfHandler(stack))).toEqual([...ALWAYS, OWN_ROLES, ...creates].sort());
  });

  test('in the same words for 20 jobs and models as for one', () => {
    const [one, twenty] = [1, 20].map((count) => {
      const stack = newStack();
      for (let index = 0; index < count; index++) {
        new AutoMLModel(stack, `Model${index}`, { job: newAutoMLJob(stack, {}, `Job${index}`) });
      }
      return permissionsOfHandler(stack);
    });
    expect(twenty).toEqual(one);
  });

  test.each([true, false])('and describe network interfaces, whether a security group is given: %s', (isGiven) => {
    const stack = newStack();
    newJob(stack, {
      vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
      securityGroups: isGiven ? [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] : undefined,
    });
    expect(permissionsOfHandler(stack).filter((line) => line.startsWith('ec2:'))).toEqual(['ec2:DescribeNetworkInterfaces on *']);
    expect(resourceOf(stack).Properties).not.toHaveProperty('GivenSecurityGroupIds');
    expect(resourceOf(stack).Properties.SecurityGroupId).toEqual(isGiven ? undefined : { 'Fn::GetAtt': [expect.stringMatching(/^JobJobSecurityGroup/), 'GroupId'] });
  });
});

describe('a given name', () => {
  const ofNames = (stack: Stack) => meaningful(permissionsOfHandler(stack)).filter((line) => !ALWAYS.includes(line) && !line.startsWith('iam:'));

  test('may be used, and looked at if somebody else has it, and nothing more', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: 'prepare' });
    newAutoMLJob(stack, { autoMLJobName: new CfnParameter(stack, 'Name').valueAsString });
    expect(ofNames(stack)).toEqual([
      `logs:GetLogEvents on ${LOGS}:log-stream:prepare/*`,
      `sagemaker:CreateAutoMLJob on ${SAGEMAKER}:automl-job/<Name>`,
      `sagemaker:CreateProcessingJob on ${SAGEMAKER}:processing-job/prepare`,
      `sagemaker:DescribeAutoMLJobV2 on ${SAGEMAKER}:automl-job/<Name>`,
      `sagemaker:DescribeProcessingJob on ${SAGEMAKER}:processing-job/prepare`,
      `sagemaker:ListTags on ${SAGEMAKER}:automl-job/<Name>`,
      `sagemaker:ListTags on ${SAGEMAKER}:processing-job/prepare`,
    ]);
  });

  test('with capital letters is allowed in both spellings, for the service may write it in lower case', () => {
    const stack = newStack();
    newJob(stack, { processingJobName: 'Prepare' });
    expect(ofNames(stack).filter((line) => line.includes('Create'))).toEqual(['Prepare', 'prepare'].map((name) =>
      `sagemaker:CreateProcessingJob on ${SAGEMAKER}:processing-job/${name}`));
  });
});

test('the function that calls SageMaker may pass the roles of the jobs alone, and to SageMaker alone', () => {
  const stack = newStack();
  newJob(stack, {}, 'Own');
  newJob(stack, { role: new Role(stack, 'Given', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) }, 'A');
  newJob(stack, { role: Role.fromRoleArn(stack, 'Imported', ROLE_ARN) }, 'B');
  expect(permissionsOfHandler(stack).filter((line) => line.startsWith('iam:'))).toEqual([
    `iam:PassRole on <Given.Arn>${PASSED}`, OWN_ROLES, `iam:PassRole on ${ROLE_ARN}${PASSED}`,
  ]);
});

describe('no stack may touch the jobs of another', () => {
  /** What IAM matches with a pattern. */
  const matches = (pattern: string, text: string) => new RegExp(`^${pattern.split('*').map((part) => part.replace(/[?]/g, '.')).join('.*')}$`).test(text);

  /** A stack's patterns of names, and names that it could give: for each kind, and of the paths of its roles. */
  const kinds = Object.values(PROVIDED_KINDS);
  const app = newApp();
  const inRegion = (stackName: string, region = 'eu-west-1') => new Stack(new Construct(app, `Scope${app.node.children.length}`), 'Id', { stackName, env: { region } });
  const beginnings = (stack: Stack) => [...kinds.map((kind) => stackPrefix(stack, kind)), rolePath(stack)];

  const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
  const endings = fc.stringMatching(/^-?[a-z0-9-]{1,12}$/);
  /** Names that resemble another. What makes texts from patterns is above: fast-check takes milliseconds to build it. */
  const relatives = (name: string) => fc.oneof(
    names,
    endings.map((end) => `${name}${end}`.slice(0, 128)),
    fc.constantFrom(name.toLowerCase(), name.toUpperCase(), name.replace(/-/g, '--'), name.replace(/-+$/, ''), `${name}-`, name.slice(0, 12)),
    fc.constant(name).map((text) => stackPrefix(inRegion(text), kinds[0]).replace(/-+$/, '')),
  ).filter((text) => /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(text));

  test('whatever their names are', () => {
    fc.assert(fc.property(names.chain((name) => fc.tuple(fc.constant(name), relatives(name))), ([one, other]) => {
      fc.pre(one !== other);
      const [ours, theirs] = [one, other].map((stackName) => beginnings(inRegion(stackName)));
      ours.forEach((beginning, index) => {
        expect(matches(`${beginning}*`, `${theirs[index]}job-0a1b2c-0123456789`)).toBe(false);
        expect(matches(`${theirs[index]}*`, `${beginning}job-0a1b2c-0123456789`)).toBe(false);
      });
    }), { numRuns: 500 });
  });

  test.each([
    ['ml-platform-dev', 'ml-platform-prod'],
    ['shop', 'shop-test'],
    ['Shop', 'shop'],
    ['a-b', 'a--b'],
    [`${'x'.repeat(120)}1`, `${'x'.repeat(120)}2`],
  ])('such as %s and %s', (one, other) => {
    const [ours, theirs] = [one, other].map((stackName) => beginnings(inRegion(stackName)));
    ours.forEach((beginning, index) => {
      expect(theirs[index].startsWith(beginning)).toBe(false);
      expect(beginning.startsWith(theirs[index])).toBe(false);
    });
  });

  test('nor a nested stack those of another, or of a stack of that name', () => {
    const [dev, prod] = ['dev', 'prod'].map((stackName) => beginnings(new NestedStack(inRegion(stackName), 'Inner')));
    const alike = beginnings(inRegion('dev-inner'));
    dev.forEach((beginning, index) => {
      expect(new Set([beginning, prod[index], alike[index]]).size).toBe(3);
    });
  });

  test('a name that can be read as it is stays as it is', () => {
    expect(beginnings(inRegion('shop'))).toEqual(['shop--', 'shop--', 'shop--', 'shop--', '/cdk-sagemaker-jobs/eu-west-1/shop/']);
  });

  test('a stack may not pass on the roles of its namesake in another Region, for roles are global', () => {
    expect(rolePath(inRegion('shop', 'eu-west-1'))).not.toBe(rolePath(inRegion('shop', 'us-east-1')));
    const stack = new Stack(newApp(), 'Id', { stackName: 'shop' });
    expect(stack.resolve(rolePath(stack))).toEqual({ 'Fn::Sub': '/cdk-sagemaker-jobs/${AWS::Region}/shop/' });
  });
});
