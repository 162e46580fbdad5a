/** The evaluator of the simulator says what an independent one says, of the policies that lives have in force and of what they ask. */
import * as fc from 'fast-check';
import { isAllowed, Statement } from './iam';
import { life } from './life';
import { play } from './story';
import { Deployed } from '../permissions/deployed';
import { Call, describeCall, Judge } from '../permissions/judge';

const LIVES = 12;
/** So many of the calls are judged, each by all policies: those of other templates and moments allow less, or more. */
const CALLS = 24;
const POLICIES = 6;

/** A call, and two that differ: of what has no tags, and of what somebody else has. */
const variants = (call: Call): Call[] => [call, { ...call, context: undefined }, { ...call, on: call.on.replace(/[^/:]+$/, 'theirs') }];

/** Of different things, some from all parts of a list. */
function some<Each>(all: Iterable<[string, Each]>, count: number): Each[] {
  const different = [...new Map(all).values()];
  return different.filter((_, index) => index % Math.ceil(different.length / count) === 0);
}

test('the simulator allows what the judge allows', async () => {
  const policies: [string, readonly Statement[]][] = [];
  const calls: [string, Call][] = [];
  for (const each of fc.sample(life, { numRuns: LIVES, seed: 3 })) {
    await play(each, false, (statements, asked) => {
      policies.push([JSON.stringify(statements), statements]);
      asked.forEach((call) => calls.push([describeCall(call).replace(/[0-9a-z]{10}(?= |$)/, 'hash'), call]));
    });
  }
  const withoutResourcePolicies = { resourceStatements: () => undefined } as unknown as Deployed;
  const judged: { call: string; isAllowed: boolean }[] = [];
  const evaluated: { call: string; isAllowed: boolean }[] = [];
  for (const statements of some(policies, POLICIES)) {
    const judge = new Judge(withoutResourcePolicies, 'arn:aws:iam::111122223333:role/Shop-Role', statements.map((statement) => ({
      ...statement, Action: [statement.Action].flat(), Resource: [statement.Resource].flat(),
    })) as never);
    for (const call of some(calls, CALLS).flatMap(variants)) {
      judged.push({ call: describeCall(call), isAllowed: (await judge.verdict(call)).isAllowed });
      evaluated.push({ call: describeCall(call), isAllowed: isAllowed(statements, call) });
    }
  }
  expect(evaluated).toEqual(judged);
  const allowed = judged.filter((each) => each.isAllowed).length;
  expect([allowed > 50, judged.length - allowed > 50]).toEqual([true, true]);
}, 120_000);
