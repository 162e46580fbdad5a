import { ChildProcess, spawn } from 'child_process';
import { closeSync, openSync } from 'fs';
import { join } from 'path';

const SUPERVISE = join(__dirname, 'supervise.py');

export interface SupervisedProcessProps {
  /** The interpreter that runs the supervisor. */
  readonly python: string;
  readonly command: string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** The file that gets what the process prints. */
  readonly logFile: string;
}

/**
 * A process in its own process group. The whole group ends on request, and when this process ends without a request
 * (see supervise.py).
 */
export class SupervisedProcess {
  /** The exit code, once the process has ended. */
  readonly ended: Promise<number>;
  private readonly child: ChildProcess;

  constructor(props: SupervisedProcessProps) {
    const log = openSync(props.logFile, 'a');
    this.child = spawn(props.python, [SUPERVISE, ...props.command], {
      cwd: props.cwd, env: props.env, detached: true, stdio: ['pipe', log, log],
    });
    closeSync(log);
    this.ended = new Promise((done) => {
      // The exit code of a shell that cannot start a command.
      this.child.once('error', () => done(127));
      this.child.once('exit', (code, signal) => done(code ?? (signal === 'SIGKILL' ? 137 : 1)));
    });
  }

  /** Whether the process is still there. */
  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Kills the whole group. Synchronous, so that it works while this process exits. */
  kill(): void {
    if (this.isRunning && this.child.pid !== undefined) {
      try {
        process.kill(-this.child.pid, 'SIGKILL');
      } catch {
        // The process has just ended by itself.
      }
    }
  }
}
