import { execFile } from 'child_process';
import { promisify } from 'util';

const OLDEST = [3, 10];

/** Finds the first Python on the path that is new enough. */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const found: string[] = [];
  for (const name of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']) {
    const version = await pythonVersion(name, env);
    if (version && isNewEnough(version)) {
      return name;
    } else if (version) {
      found.push(`${name} is ${version}`);
    }
  }
  const seen = found.length > 0 ? found.join(', ') : 'there is no python3 on the PATH';
  throw new Error(`The local cloud needs Python ${OLDEST.join('.')} or newer, but ${seen}. Install it and run this again.`);
}

async function pythonVersion(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(name, ['--version'], { env });
    return /Python (\S+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
