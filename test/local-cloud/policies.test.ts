/** What the local cloud refuses is what the judge of the tests refuses: the policies of every feature, and the calls that are needed or lie beside. */
import { spawnSync } from 'child_process';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { findPython } from '../../local-cloud/find-python';
import { FEATURES, judgeOf } from '../permissions/all-features';
import { Deployed, Statement } from '../permissions/deployed';
import { accountOf, Call, describeCall, Judge } from '../permissions/judge';
import { neighboursOf } from '../permissions/neighbours';

const EVALUATE = [
  'import json, sys',
  'from ministack_server.policies import allows',
  "print(json.dumps([[allows(case['statements'], call['action'], call['on'], call['context']) for call in case['calls']] for case in json.load(sys.stdin)]))",
].join('\n');

const statementsOf = ({ grants }: Judge) => grants.map(({ action, condition, effect, resource }) =>
  ({ Effect: effect, Action: action, Resource: [resource], Condition: condition ?? {} }));
const contextOf = ({ context, on }: Call) => ({ 'aws:ResourceAccount': accountOf(on), ...context });

const evaluate = async (input: unknown): Promise<boolean[][]> => {
  const { status, stderr, stdout } = spawnSync(await findPython(), ['-c', EVALUATE], {
    cwd: join(__dirname, '..', '..', 'local-cloud'), encoding: 'utf8', input: JSON.stringify(input), maxBuffer: 64 * 1024 * 1024,
  });
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

test('every verdict is that of the judge', async () => {
  const cases = FEATURES.map((feature) => {
    const needed = Object.values(feature.needed).flat();
    return { judge: judgeOf(feature), calls: [...needed, ...feature.beside, ...neighboursOf(needed)] };
  });
  const input = cases.map(({ calls, judge }) => ({
    statements: statementsOf(judge), calls: calls.map((call) => ({ ...call, context: contextOf(call) })),
  }));
  const answers = await evaluate(input);
  const different: string[] = [];
  for (const [index, { calls, judge }] of cases.entries()) {
    // Of the policies of the role alone: the local cloud does not ask those of buckets and keys.
    const verdicts = await judge.verdicts(calls);
    different.push(...verdicts.filter(({ grants }, each) => grants.length > 0 !== answers[index][each])
      .map(({ call }) => `${FEATURES[index].name}: ${describeCall(call)}`));
  }
  expect(different).toEqual([]);
  expect(answers.flat().filter((isAllowed) => isAllowed).length).toBeGreaterThan(1_000);
  expect(answers.flat().filter((isAllowed) => !isAllowed).length).toBeGreaterThan(1_000);
}, 120_000);

test('so are the verdicts on the conditions of the provider, and on what is denied', async () => {
  const arn = (name: string) => `arn:aws:sagemaker:eu-west-1:111111111111:processing-job/${name}`;
  const statement = (Action: string[], name: string, Condition: Statement['Condition'] = {}, Effect = 'Allow') => ({ Action, Condition, Effect, Resource: [arn(name)] });
  const stackIs = (...stacks: string[]) => ({ StringEquals: { 'aws:ResourceTag/stack': stacks } });
  const isTaggedAlone = (value: string) => ({ Null: { 'sagemaker:TaggingAction': value } });
  const policies = [
    [statement(['sagemaker:AddTags'], '*', isTaggedAlone('false'))],
    [statement(['sagemaker:AddTags'], '*', isTaggedAlone('true'))],
    [statement(['sagemaker:StopProcessingJob', 'sagemaker:AddTags'], '*', stackIs('a'))],
    [statement(['sagemaker:AddTags'], 'a-*', { ...stackIs('a', 'b'), ...isTaggedAlone('true') })],
    [statement(['sagemaker:*'], '*'), statement(['sagemaker:Add*'], 'a-1', {}, 'Deny')],
    [statement(['sagemaker:*'], '?-*'), statement(['sagemaker:*'], '*', stackIs('a'), 'Deny')],
  ];
  const tags: Call['context'][] = [{}, { 'aws:ResourceTag/stack': 'a' }, { 'aws:ResourceTag/stack': 'c' }];
  const calls = ['a-1', 'b-1', 'ab'].map(arn).flatMap((on) => tags.flatMap((context) => [
    { action: 'sagemaker:StopProcessingJob', on, context },
    { action: 'sagemaker:AddTags', on, context },
    { action: 'sagemaker:AddTags', on, context: { ...context, 'sagemaker:TaggingAction': 'CreateProcessingJob' } },
  ]));
  const answers = await evaluate(policies.map((statements) => ({ statements, calls })));
  const deployed = new Deployed(new App());
  const verdicts = await Promise.all(policies.map((statements) => new Judge(deployed, 'arn:aws:iam::111111111111:role/own', statements).verdicts(calls)));
  expect(answers).toEqual(verdicts.map((each) => each.map(({ isAllowed }) => isAllowed)));
  expect(new Set(answers.flat())).toEqual(new Set([true, false]));
}, 120_000);
