import * as fc from 'fast-check';
import { Deployment, jobProperties } from './deployment';
import { serviceError } from './fake-sagemaker';
import { withoutSecrets } from '../../src/handler/life/secrets';

/** What the deployment of a job with this environment says when the service says this. */
async function reasonFor(environment: Record<string, string>, message: string, request: Record<string, unknown> = {}): Promise<string> {
  const deployment = new Deployment();
  deployment.sageMaker.fail('CreateProcessingJob', serviceError('ValidationException', message));
  const reason = await deployment.create(jobProperties({}, { Environment: environment, ...request })).then(() => '', (error: Error) => error.message);
  expect(deployment.lines.join()).toContain(JSON.stringify(reason.split('\n')[0]).slice(1, -1));
  return reason;
}

const INPUT = { ProcessingInputs: [{ InputName: 'raw', S3Input: { S3Uri: 's3://my-data-bucket/raw/' } }] };

describe('the environment in a message of the service', () => {
  test('is told where it also stands elsewhere in the request', async () => {
    expect(await reasonFor({ BUCKET: 'my-data-bucket', REGION: 'eu-west-1' }, 'The S3 URI "s3://my-data-bucket/raw/" does not exist in "eu-west-1".', INPUT))
      .toContain('The S3 URI "s3://my-data-bucket/raw/" does not exist in "eu-west-1".');
  });

  test.each([
    ['the Region of the stack', 'eu-west-1'],
    ['the account', '111122223333'],
    ['the name of the stack', 'Shop'],
    ['the name of another variable', 'OTHER'],
    ['a tag', 'data'],
    ['a number of the request', '3600'],
  ])('is told where it is %s', async (_what, value) => {
    expect(await reasonFor({ X: value, OTHER: 'a' }, `It says "${value}".`)).toContain(`It says "${value}".`);
  });

  test('does not mask what the library says itself, nor the name of the error', async () => {
    const environment = { A: 'processing', B: 'could', C: 'started', D: 'ValidationException', E: 'Service Quotas', F: 'console' };
    expect(await reasonFor(environment, 'hunter2')).toMatch(/^The processing job Shop-Prepare-\w+ could not be started\. ValidationException: hunter2$/);
  });

  test.each([
    ["The account-level service limit 'ml.m5.large for processing job usage' is 0 Instances.", { TASK: 'processing', WHAT: 'Instances' }],
    ['Cannot find the requested image.', { MODE: 'image' }],
    ['The role has no access.', { MODE: 'role' }],
  ])('does not mask the words of the request in "%s"', async (message, environment: Record<string, string>) => {
    expect(await reasonFor(environment, message)).toContain(`ValidationException: ${message}`);
  });

  test('is masked where only a part of a name elsewhere is the same', async () => {
    expect(await reasonFor({ TOKEN: 'my-data' }, "Value 'my-data' of 's3://my-data-bucket/raw/'", INPUT)).toContain("Value '***' of ");
  });

  test('is masked in errors of any name', async () => {
    const deployment = new Deployment();
    deployment.sageMaker.fail('CreateProcessingJob', serviceError('SerializationException', 'hunter2-hunter2 is no map'));
    await expect(deployment.create(jobProperties())).rejects.toThrow('SerializationException: *** is no map');
  });
});

describe('a secret', () => {
  test.each([
    ['that another one contains', ['secret-1', 'secret-1-more'], 'a secret-1-more b', 'a *** b'],
    ['that overlaps another one', ['abcdefgh', 'efghijkl'], 'x abcdefghijkl x', 'x *** x'],
    ['that overlaps itself', ['abababab'], 'x ababababab x', 'x *** x'],
    ['that contains what is known', ['https://me:word@known-host'], 'to https://me:word@known-host failed', 'to *** failed'],
    ['that stands in JSON', ['pass"word\\1'], String.raw`got {"A":"pass\"word\\1"}`, 'got {"A":"***"}'],
    ['that stands in JSON in JSON', ['pass"word'], String.raw`got "{\"A\":\"pass\\\"word\"}"`, String.raw`got "{\"A\":\"***\"}"`],
    ['that stands in a URL', ['pass word&1'], 'GET /?a=pass%20word%261 failed', 'GET /?a=*** failed'],
    ['of several lines', ['line one\nline two\n'], 'got line one\nline two.', 'got ***.'],
    ['of several lines, told in one', ['line one\nline two\n'], 'got line one line two.', 'got ***.'],
    ['with characters that mean something to expressions', ['$&(a+b)*[c]^'], 'got $&(a+b)*[c]^.', 'got ***.'],
    ['that is short', ['s3cr'], "Value 's3cr' is {A=s3cr}", "Value '***' is {A=***}"],
    ['that is very short', ['42'], "Value '42' at 'A', {A=42, B=42}", "Value '***' at 'A', {A=***, B=***}"],
    ['in characters of many bytes', ['日本語です'], 'got 日本語です', 'got ***'],
  ])('%s is masked', (_what, secrets, text, masked) => {
    expect(withoutSecrets(text, secrets, ['known-host'])).toBe(masked);
  });

  test.each([
    ['a short value within a word', ['data'], 'the metadata is at least 4'],
    ['a number that is not quoted', ['0'], 'is 0 Instances, with current utilization of 0 Instances'],
    ['an empty value', ['', ' '], 'all of it'],
  ])('%s is none', (_what, secrets, text) => {
    expect(withoutSecrets(text, secrets, [])).toBe(text);
  });

  test('is never left in a text, whatever stands around it and whatever else is secret', () => {
    const secret = fc.string({ minLength: 8, maxLength: 20, unit: 'grapheme' }).filter((value) => value.trim().length >= 8);
    const secrets = fc.array(secret, { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(secrets, fc.array(fc.string(), { maxLength: 5 }), fc.nat(), (values, parts, seed) => {
      const text = parts.map((part, index) => part + values[(seed + index) % values.length]).join('');
      const masked = withoutSecrets(text, values, []);
      // The masks may have made a value that was not there.
      for (const value of values) expect(masked.split('***').some((part) => part.includes(value))).toBe(false);
    }));
  });
});
