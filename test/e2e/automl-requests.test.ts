/**
 * What the constructs render for each problem of AutoML, judged by botocore and by the rules of the local cloud, which share no code with the library.
 */
import { spawnSync } from 'child_process';
import { join } from 'path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { pythonEnvironment } from '../../local-cloud/python-environment';
import { jobFor } from '../automl-job-v2/generated-props';
import { CONFIGS, PROBLEMS, requestFor } from '../automl-job-v2/generated-request';

const RUNS = 500;
const stack = new Stack(new App(), 'Test');
let python: string;

beforeAll(async () => {
  python = await pythonEnvironment(() => {});
}, 300_000);

/** What botocore and the local cloud have against each of these requests. Empty for none. */
function complaintsAbout(requests: readonly object[]): string[] {
  const { status, stderr, stdout } = spawnSync(python, [join(__dirname, 'check_requests.py')], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: join(__dirname, '..', '..', 'local-cloud') },
    input: requests.map((request) => JSON.stringify(request)).join('\n'),
    maxBuffer: 2 ** 26,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}

test.each(PROBLEMS)(`botocore and the local cloud have nothing against ${RUNS} rendered requests for %s`, (problem) => {
  const requests = fc.sample(requestFor(problem), RUNS).map((request, index) => {
    const job = jobFor(problem, new Construct(stack, `${problem}${index}`), request);
    const resource = job.node.findChild('Resource') as CfnResource;
    const { Request } = stack.resolve((resource as any)._toCloudFormation()).Resources[stack.getLogicalId(resource)].Properties;
    return { ...Request, AutoMLJobName: `job-${index}` };
  });
  const complaints = complaintsAbout(requests);
  expect(complaints).toHaveLength(RUNS);
  expect(complaints.filter((complaint) => complaint !== '')).toEqual([]);
});

test('they have something against a request with a member that is missing, of another type, too long, and unknown, and against one that breaks a rule', () => {
  const [request] = fc.sample(requestFor('texts'), 1);
  const named = { ...request, AutoMLJobName: 'job' };
  const config = (change: object) => ({ ...named, AutoMLProblemTypeConfig: { [CONFIGS.texts]: { ContentColumn: 'a', TargetLabelColumn: 'b', ...change } } });
  expect(complaintsAbout([request, config({ ContentColumn: 1 }), config({ ContentColumn: 'x'.repeat(257) }), { ...named, Mode: 'AUTO' }, config({ ContentColumn: 'b' }), config({})])).toEqual([
    expect.stringContaining('Missing required parameter in input: "AutoMLJobName"'),
    expect.stringContaining('Invalid type for parameter AutoMLProblemTypeConfig.TextClassificationJobConfig.ContentColumn'),
    expect.stringContaining('less than or equal to 256'),
    expect.stringMatching(/Unknown parameter in input: "Mode"|unknown: \['Mode'\]/),
    'ContentColumn and TargetLabelColumn must be different columns',
    '',
  ]);
});
