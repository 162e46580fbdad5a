import { tell, Told, VERSION } from './told';

const AT_THE_TOP = { version: VERSION };
const NESTED = { version: { ...VERSION, isInner: true } };
/** Longer than the deployments take, so that the one before still runs. */
const HOUR = 3_600;

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

test('a job with a given name cannot move, for its name is in use, and the update says so', async () => {
  const named = { ...VERSION, name: 1 };
  const told = await tell(HOUR, { version: named }, { version: { ...named, isInner: true } });
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
