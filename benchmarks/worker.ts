import { execFile } from 'child_process';
import { mkdirSync, rmSync, symlinkSync } from 'fs';
import { join } from 'path';
import { build } from 'esbuild';

const ROOT = process.cwd();
const OUTPUT = join(ROOT, '.bench', 'js');

/** Compiles the library and the workers to JavaScript, so that no compiler runs while they are measured. */
export async function buildWorkers(): Promise<void> {
  rmSync(OUTPUT, { recursive: true, force: true });
  await build({
    entryPoints: ['src/**/*.ts', 'benchmarks/*.ts'],
    outdir: OUTPUT,
    outbase: ROOT,
    absWorkingDir: ROOT,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    logLevel: 'error',
  });
  mkdirSync(OUTPUT, { recursive: true });
  // The library looks for its handler there.
  symlinkSync(join(ROOT, 'assets'), join(OUTPUT, 'assets'));
}

/** Runs a worker in a new process and returns what it prints. */
export async function runWorker<Result>(name: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Result> {
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, [join(OUTPUT, 'benchmarks', `${name}.js`), ...args], {
      cwd: ROOT,
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...environment },
      maxBuffer: 16 * 1024 * 1024,
      timeout: 120_000,
    }, (error, stdout, stderr) => error ? reject(new Error(`${name} ${args.join(' ')}: ${stderr.slice(-2000)}`)) : resolve(stdout));
  });
  return JSON.parse(output.trim().split('\n').pop()!) as Result;
}
