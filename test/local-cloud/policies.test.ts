/** What the local cloud refuses is what the judge of the tests refuses: the policies of every feature, and the calls that are needed or lie beside. */
import { spawnSync } from 'child_process';
import { join } from 'path';
import { findPython } from '../../local-cloud/find-python';
import { FEATURES, judgeOf } from '../permissions/all-features';
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

test('every verdict is that of the judge', async () => {
  const cases = FEATURES.map((feature) => {
    const needed = Object.values(feature.needed).flat();
    return { judge: judgeOf(feature), calls: [...needed, ...feature.beside, ...neighboursOf(needed)] };
  });
  const input = cases.map(({ calls, judge }) => ({
    statements: statementsOf(judge), calls: calls.map((call) => ({ ...call, context: contextOf(call) })),
  }));
  const { status, stderr, stdout } = spawnSync(await findPython(), ['-c', EVALUATE], {
    cwd: join(__dirname, '..', '..', 'local-cloud'), encoding: 'utf8', input: JSON.stringify(input), maxBuffer: 64 * 1024 * 1024,
  });
  expect([status, stderr]).toEqual([0, '']);
  const answers: boolean[][] = JSON.parse(stdout);
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
