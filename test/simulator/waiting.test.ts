import { goOn, statusesOf, tell, Told, VERSION } from './told';

/** A wait of two and a half hours, which is a chain of three resources. */
const CHAIN = { ...VERSION, wait: 2 };
const MINUTES = 60;

/** The first one makes templates, which takes its time on a busy machine. */
jest.setTimeout(120_000);

const waits = ({ world }: Told) => world.trace.filter((line) => /-> Create of Job\w*Completion/.test(line)).length;

test('a job that takes two hours is awaited by a chain, each of whose resources waits less than an hour', async () => {
  const told = await tell(120 * MINUTES, { version: CHAIN });
  expect(told.story.stack.status).toBe('CREATE_COMPLETE');
  expect(waits(told)).toBe(3);
  expect(told.seconds).toBeGreaterThan(120 * MINUTES);
  expect(told.seconds).toBeLessThan(121 * MINUTES);
});

test('a job that ends early passes through the rest of the chain at once', async () => {
  const told = await tell(10 * MINUTES, { version: CHAIN });
  expect(told.story.stack.status).toBe('CREATE_COMPLETE');
  expect(waits(told)).toBe(3);
  expect(told.seconds).toBeLessThan(11 * MINUTES);
});

test('a job that takes too long fails the deployment when the time is up, and the rollback stops it', async () => {
  const told = await tell(1_000 * MINUTES, { version: CHAIN });
  expect(told.story.stack.status).toBe('ROLLBACK_COMPLETE');
  expect(told.world.trace.join('\n')).toMatch(/FAILED \S+ The processing job \S+ did not end within 150 minutes: its status is InProgress\./);
  expect(statusesOf(told)).toEqual(['Stopped']);
  expect(told.seconds).toBeGreaterThan(145 * MINUTES);
  expect(told.seconds).toBeLessThan(152 * MINUTES);
});

test('an update whose job takes too long goes back to the job before, and nothing runs again', async () => {
  const told = await tell(10 * MINUTES, { version: CHAIN });
  const [first] = told.story.sageMaker.jobs;
  await goOn(told, 1_000 * MINUTES, { version: { ...CHAIN, definition: 1 } });
  expect(told.story.stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(statusesOf(told)).toEqual(['Completed', 'Stopped']);
  expect(told.story.stack.physicalId(told.story.jobId()!)).toBe(first.name);
});

test('a job that reads the output of another starts when that has completed', async () => {
  const told = await tell(10 * MINUTES, { version: { ...VERSION, reader: true } });
  const [job, reader] = told.story.sageMaker.jobs;
  expect((reader.createdAt - job.createdAt) / 1000).toBeGreaterThan(10 * MINUTES);
});

test('a deployment that does not have to wait does not', async () => {
  const told = await tell(1_000 * MINUTES, { version: VERSION });
  expect(told.story.stack.status).toBe('CREATE_COMPLETE');
  expect(told.seconds).toBeLessThan(MINUTES);
});
