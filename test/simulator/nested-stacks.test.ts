import { FOREIGN_AUTOML_JOB } from './app';
import { goOn, statusesOf, tell, Told, VERSION } from './told';

const AT_THE_TOP = { version: VERSION };
const NESTED = { version: { ...VERSION, inner: 1 } };
/** Longer than the deployments take, so that the one before still runs. */
const HOUR = 3_600;
/** So short that a model does not wait in vain. */
const MINUTE = 60;

/** The first one makes templates, which takes its time on a busy machine. */
jest.setTimeout(120_000);

/** The jobs that were started, with what has become of them when nothing is under way any more. */
const runs = ({ story }: Told) => story.sageMaker.jobs.map((job) => `${job.name.startsWith('shop-inner') ? 'nested' : 'top'}: ${story.sageMaker.statusOf(job)}`);

/** The jobs that the stacks have. */
const jobs = ({ story }: Told) => story.stack.all.flatMap((stack) => stack.physicalId(story.jobId()!) ?? []);

const MOVES = [
  { how: 'into a nested stack', from: AT_THE_TOP, to: NESTED, before: 'top', after: 'nested' },
  { how: 'out of a nested stack', from: NESTED, to: AT_THE_TOP, before: 'nested', after: 'top' },
];

test.each(MOVES)('a job that moves $how is run there, and stopped where it was', async ({ after, before, from, to }) => {
  const told = await tell(HOUR, from, to);
  expect(told.story.stack.status).toBe('UPDATE_COMPLETE');
  expect(runs(told)).toEqual([`${before}: Stopped`, `${after}: Completed`]);
  expect(jobs(told)).toEqual([told.story.sageMaker.jobs[1].name]);
  expect(told.story.stack.nested.all).toHaveLength(to === NESTED ? 1 : 0);
});

test.each(MOVES)('a job whose move $how fails goes on where it was, and is stopped where it was to go', async ({ after, before, from, to }) => {
  const told = await tell(HOUR, from, { version: { ...to.version, neighbours: 1 }, fails: 'after' });
  expect(told.story.stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(runs(told)).toEqual([`${before}: Completed`, `${after}: Stopped`]);
  expect(jobs(told)).toEqual([told.story.sageMaker.jobs[0].name]);
  expect(told.story.stack.nested.all).toHaveLength(from === NESTED ? 1 : 0);
});

/** The jobs and models of AutoML, in the order of their stacks. */
const autoMLOf = ({ story }: Told) => story.stack.all.map((stack) => ['Churn', 'Model'].map((id) => {
  const found = [...stack.resources.values()].find(({ definition: { logicalId, type } }) => logicalId.startsWith(id) && type.startsWith('Custom::'));
  return found?.physicalId;
}).filter(Boolean));

test.each([{ how: 'into', from: 1, to: 3 }, { how: 'out of', from: 3, to: 1 }])('an AutoML job and its model move $how a nested stack that stays', async ({ from, to }) => {
  const told = await tell(MINUTE, ...[from, to].map((inner) => ({ version: { ...VERSION, autoML: 1, inner } })));
  expect(told.story.stack.all.map(({ status }) => status)).toEqual(['UPDATE_COMPLETE', 'UPDATE_COMPLETE']);
  expect(autoMLOf(told).map(({ length }) => length)).toEqual(to === 3 ? [0, 2] : [2, 0]);
  // The model of the stack that it has left is gone.
  expect(told.story.sageMaker.jobs.filter(({ arn }) => arn.includes(':model/')).map(({ name }) => name)).toEqual([autoMLOf(told).flat()[1]]);
});

test('a model of a job that is not of the app moves, and the job is left alone', async () => {
  const told = await tell(HOUR);
  told.story.sageMaker.addForeignAutoMLJob(FOREIGN_AUTOML_JOB);
  await goOn(told, HOUR, ...[0, 2].map((inner) => ({ version: { ...VERSION, autoML: 5, inner } })));
  expect(told.story.stack.status).toBe('UPDATE_COMPLETE');
  expect(autoMLOf(told).map(({ length }) => length)).toEqual([0, 1]);
  expect([...told.story.sageMaker.job(FOREIGN_AUTOML_JOB)!.tags]).toEqual([['team', 'others']]);
});

test.each([
  { what: 'a nested stack', without: { ...VERSION, inner: 2 }, having: { ...VERSION, inner: 1 } },
  { what: 'a stack', without: { ...VERSION, isWithoutJobs: true }, having: VERSION },
  { what: 'a stack, and one that is nested in it,', without: { ...VERSION, isWithoutJobs: true, inner: 1 }, having: { ...VERSION, autoML: 1, inner: 1 } },
])('$what that is rolled back to a template without the provider lets go of its jobs first', async ({ having, without }) => {
  const told = await tell(HOUR, { version: without });
  const before = statusesOf(told).length;
  await goOn(told, HOUR, { version: { ...having, neighbours: 1 }, fails: 'after' });
  expect(told.story.stack.all.every(({ status }) => status === 'UPDATE_ROLLBACK_COMPLETE')).toBe(true);
  expect(new Set(statusesOf(told).slice(before))).toEqual(new Set(['Stopped']));
  expect(told.story.stack.all.filter(({ provider }) => provider !== undefined)).toHaveLength(without.isWithoutJobs ? 0 : 1);
});

test('a job with a given name cannot move, for its name is in use, and the update says so', async () => {
  const named = { ...VERSION, name: 1 };
  const told = await tell(HOUR, { version: named }, { version: { ...named, inner: 1 } });
  expect(told.story.stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(told.world.trace.join('\n')).toMatch(/The name nightly is taken by a processing job \(status \w+\) of the resource \w+ of the stack \S+stack\/Shop\/1\. .*choose another name/);
  expect(runs(told)).toEqual(['top: Completed']);
});

test('an update that fails in a nested stack takes both stacks back to the job before', async () => {
  const told = await tell(HOUR, NESTED, { version: { ...NESTED.version, definition: 1, neighbours: 1 }, fails: 'beside' });
  expect(told.story.stack.all.map(({ status }) => status)).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
  expect(jobs(told)).toEqual([told.story.sageMaker.jobs[0].name]);
});

test('an update that fails beside a nested stack takes that back, too, whose own update was complete', async () => {
  const told = await tell(HOUR, NESTED, { version: { ...NESTED.version, definition: 1, neighbours: 1 }, fails: 'after' });
  expect(told.world.trace.join('\n')).toMatch(/UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, nested[\s\S]*UPDATE_ROLLBACK_COMPLETE, nested/);
  expect(runs(told)).toEqual(['nested: Completed', 'nested: Stopped']);
  expect(jobs(told)).toEqual([told.story.sageMaker.jobs[0].name]);
});
