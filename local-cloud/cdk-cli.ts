import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { ROOT } from './paths';
import { Stacks } from './stacks';
import { SupervisedProcess } from './supervised-process';

/** The time limit of one run of the CLI, so that a deployment that hangs does not hang its test. */
const MAX_SECONDS = 240;

export interface DeployOptions {
  /** Whether to roll back a deployment that fails. @default true */
  readonly rollback?: boolean;
}

export interface OperationResult {
  readonly ok: boolean;
  readonly seconds: number;
  /** Whether the stack has changed. */
  readonly changed: boolean;
  /** Why the operation failed: the reason of the resource that failed, or the output of the CLI. */
  readonly reason?: string;
}

export interface CdkCliProps {
  readonly environment: NodeJS.ProcessEnv;
  readonly stacks: Stacks;
  readonly folder: string;
  readonly start: (command: string[], env: NodeJS.ProcessEnv, logFile: string) => SupervisedProcess;
}

/** Runs the CDK CLI against the local cloud. */
export class CdkCli {
  private runs = 0;

  constructor(private readonly props: CdkCliProps) {}

  async bootstrap(account: string, region: string): Promise<void> {
    const { code, output } = await this.run('bootstrap', `aws://${account}/${region}`, '--toolkit-stack-name', 'CDKToolkit');
    if (code !== 0) {
      throw new Error(`cdk bootstrap failed:\n${output}`);
    }
  }

  async deploy(app: App | string, stackName: string, options: DeployOptions = {}): Promise<OperationResult> {
    return this.operate(stackName, [
      'deploy', stackName, '--app', assembly(app), '--require-approval', 'never', '--progress', 'events',
      ...(options.rollback === false ? ['--no-rollback'] : []),
    ]);
  }

  async destroy(app: App | string, stackName: string): Promise<OperationResult> {
    return this.operate(stackName, ['destroy', stackName, '--app', assembly(app), '--force']);
  }

  private async operate(stackName: string, command: string[]): Promise<OperationResult> {
    const since = new Date();
    const idBefore = await this.props.stacks.id(stackName);
    const { code, output } = await this.run(...command);
    const seconds = (Date.now() - since.getTime()) / 1000;
    const changed = !output.includes('(no changes)');
    if (code === 0) {
      return { ok: true, seconds, changed };
    }
    const id = idBefore ?? stackName;
    return { ok: false, seconds, changed, reason: await this.props.stacks.failureReason(id, since) ?? lastError(output) };
  }

  private async run(...command: string[]): Promise<{ code: number; output: string }> {
    this.runs += 1;
    const logFile = join(this.props.folder, `cdk-${this.runs}-${command[0]}.log`);
    const cli = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const child = this.props.start(
      [process.execPath, cli, ...command, '--no-notices', '--no-version-reporting', '--no-color', '--ci',
        '--output', join(this.props.folder, 'cdk.out')],
      this.props.environment,
      logFile,
    );
    const timeout = setTimeout(() => child.kill(), MAX_SECONDS * 1000);
    const code = await child.ended;
    clearTimeout(timeout);
    return { code, output: readFileSync(logFile, 'utf8') };
  }
}

function assembly(app: App | string): string {
  return typeof app === 'string' ? app : app.synth({ force: true }).directory;
}

function lastError(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim());
  return lines.slice(-3).join('\n');
}
