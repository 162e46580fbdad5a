/**
 * What docs/benchmarks.md promises and a clock has no part in.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Roles, jobsApp, Way } from '../../benchmarks/stacks';
import { PROCESSING_JOB } from '../../src/provider/contract';
import { COMPLETION, Deployment, jobProperties } from '../handler/deployment';

interface Resource {
  readonly Type: string;
  readonly Properties: any;
}

const outdir = mkdtempSync(join(tmpdir(), 'targets-'));
const templates = new Map<string, { [id: string]: Resource }>();

afterAll(() => rmSync(outdir, { recursive: true }));

/** The resources of a stack with so many jobs. */
function resourcesOf(way: Way, count: number, roles: Roles): { [id: string]: Resource } {
  const key = `${way}-${count}-${roles}`;
  if (!templates.has(key)) {
    const assembly = jobsApp(way, count, { roles, outdir: join(outdir, key) }).synth();
    templates.set(key, JSON.parse(readFileSync(assembly.stacks[0].templateFullPath, 'utf8')).Resources);
  }
  return templates.get(key)!;
}

/** The bytes that a job adds to the template. */
function bytesOfJob(way: Way, roles: Roles): number {
  const [few, more] = [2, 12].map((count) => JSON.stringify(resourcesOf(way, count, roles)).length);
  return (more - few) / 10;
}

describe('a template', () => {
  test.each<Roles>(['shared', 'each'])('has at most 1.3 times the bytes of CfnProcessingJob for a job, with roles: %s', (roles) => {
    expect(bytesOfJob('ProcessingJob', roles) / bytesOfJob('CfnProcessingJob, one asset', roles)).toBeLessThanOrEqual(1.3);
  });

  test('has one resource for a job that is started only', () => {
    const [few, more] = [2, 12].map((count) => Object.values(resourcesOf('ProcessingJob', count, 'shared')));
    expect(more.length - few.length).toBe(10);
    expect(more.filter(({ Type }) => Type === PROCESSING_JOB)).toHaveLength(12);
  });

  test('holds 480 jobs with code and one role, whose permissions and those of the provider are as of one job', () => {
    const [one, most] = [1, 480].map((count) => resourcesOf('ProcessingJob', count, 'shared'));
    expect(Object.keys(most).length).toBeLessThanOrEqual(500);
    const others = (resources: { [id: string]: Resource }) => Object.entries(resources).filter(([, { Type }]) => Type !== PROCESSING_JOB);
    expect(others(most)).toEqual(others(one));
  });

  test('holds as many jobs with a role each as have three resources and leave room for the provider', () => {
    const provider = Object.keys(resourcesOf('ProcessingJob', 1, 'each')).length - 3;
    const most = Math.floor((500 - provider) / 3);
    expect(most).toBe(164);
    expect(Object.keys(resourcesOf('ProcessingJob', most, 'each')).length).toBe(provider + 3 * most);
  });
});

describe('the handler', () => {
  const CREATION = { RequestType: 'Create' as const, ResourceProperties: jobProperties() };

  test('is bundled into at most 400 KB, of which what answers CloudFormation is 10', () => {
    expect(statSync('assets/handler/index.js').size).toBeLessThanOrEqual(10_000);
    expect(statSync('assets/handler/looking.js').size).toBeLessThanOrEqual(390_000);
  });

  test('calls SageMaker once to create a job', async () => {
    const deployment = new Deployment();
    await deployment.deliver(CREATION).look();
    expect(deployment.sageMaker.operations()).toEqual(['CreateProcessingJob']);
    // Before it starts the job, and after.
    expect(deployment.stackLooks).toBe(2);
  });

  test('calls SageMaker once for a look', async () => {
    const deployment = new Deployment();
    const { id } = await deployment.create(jobProperties());
    const properties = { ContractVersion: '1', JobType: PROCESSING_JOB, JobName: id, WaitSeconds: '3540', OnTimeout: 'FAIL', TimeoutSeconds: '3600' };
    const waiting = deployment.deliver({ ...CREATION, ...COMPLETION, ResourceProperties: properties });
    deployment.sageMaker.forgetCalls();
    expect(await waiting.look()).toBeUndefined();
    expect(deployment.sageMaker.operations()).toEqual(['DescribeProcessingJob']);
  });

  test('calls SageMaker for a change of tags to see them and to change them', async () => {
    const deployment = new Deployment();
    const { id } = await deployment.create(jobProperties());
    deployment.sageMaker.forgetCalls();
    await deployment.update(id, jobProperties(), jobProperties({ Tags: [{ Key: 'team', Value: 'platform' }] }));
    expect(deployment.sageMaker.operations()).toEqual(['DescribeProcessingJob', 'ListTags', 'AddTags']);
  });
});
