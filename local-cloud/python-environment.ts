import { createHash } from 'crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { findPython } from './find-python';
import { CACHE, ROOT } from './paths';
import { SupervisedProcess } from './supervised-process';

const REQUIREMENTS = join(__dirname, 'requirements.txt');

/**
 * Makes the virtual environment of the local cloud's Python on first use, and again when its requirements change.
 * Returns the path of the interpreter.
 */
export async function pythonEnvironment(log: (line: string) => void, folder = join(CACHE, 'venv')): Promise<string> {
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return python;
  }
  const base = await findPython();
  log(`Making a Python environment in ${relative(ROOT, folder)}, once (about half a minute) …`);
  const start = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const run = async (what: string, ...command: string[]) => {
    const logFile = `${folder}.log`;
    rmSync(logFile, { force: true });
    if (await new SupervisedProcess({ python: base, command, env: process.env, cwd: __dirname, logFile }).ended !== 0) {
      throw new Error(`${what}:\n${readFileSync(logFile, 'utf8').trim()}`);
    }
  };
  await run(`Python could not make the virtual environment ${folder}`, base, '-m', 'venv', folder);
  await run(
    'pip could not install the Python packages of the local cloud',
    python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS,
  );
  // Write the stamp last, so that an environment whose installation was interrupted is made again.
  writeFileSync(stamp, wanted);
  log(`✓ Python environment (${Math.round((Date.now() - start) / 1000)} s)`);
  return python;
}
