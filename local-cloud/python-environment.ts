import { execFile } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { promisify } from 'util';
import { findPython } from './find-python';
import { CACHE } from './paths';

const run = promisify(execFile);
const REQUIREMENTS = join(__dirname, 'requirements.txt');

/**
 * The Python of the local cloud, in a virtual environment that is made on first use and again when the requirements change.
 * Returns the path of its interpreter.
 */
export async function pythonEnvironment(log: (line: string) => void, folder = join(CACHE, 'venv')): Promise<string> {
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return python;
  }
  const base = await findPython();
  log(`Making a Python environment in ${folder}, once (about half a minute) …`);
  const start = Date.now();
  rmSync(folder, { recursive: true, force: true });
  await explained(`Python could not make the virtual environment ${folder}`, run(base, ['-m', 'venv', folder]));
  await explained(
    'pip could not install the Python packages of the local cloud',
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS]),
  );
  // The stamp comes last: an environment that was interrupted half way is made anew.
  writeFileSync(stamp, wanted);
  log(`✓ Python environment (${Math.round((Date.now() - start) / 1000)} s)`);
  return python;
}

/** The error of a command without its command line, and with what it printed. */
async function explained(what: string, command: Promise<unknown>): Promise<void> {
  try {
    await command;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${what}: ${(stderr || stdout || String(error)).trim()}`);
  }
}
