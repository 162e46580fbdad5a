import { spawnSync } from 'child_process';
import { join } from 'path';
import { LocalCloud } from '../../local-cloud/local-cloud';
import { CACHE } from '../../local-cloud/paths';

/** What a candidate answers to each request: its model archives predict one after the other, as its containers would. */
export function predict(
  cloud: LocalCloud,
  containers: readonly { readonly ModelDataUrl?: string; readonly Environment?: Record<string, string> }[],
  contentType: string,
  requests: readonly (string | Buffer)[],
): string[] {
  const { status, stderr, stdout } = spawnSync(
    join(CACHE, 'venv', 'bin', 'python'),
    [join(__dirname, 'predict.py'), contentType, JSON.stringify(containers)],
    { env: cloud.environment, encoding: 'utf8', input: JSON.stringify(requests.map((each) => Buffer.from(each).toString('base64'))), timeout: 30_000 },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}
