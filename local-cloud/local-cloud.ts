import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { App } from 'aws-cdk-lib';
import { CdkCli, DeployOptions, OperationResult } from './cdk-cli';
import { freePorts } from './free-ports';
import { JobLogs } from './job-logs';
import { onProcessEnd } from './process-end';
import { pythonEnvironment } from './python-environment';
import { S3Files } from './s3-files';
import { SageMakerControl } from './sagemaker-control';
import { Schedules } from './schedules';
import { Stacks } from './stacks';
import { StateMachines } from './state-machines';
import { SupervisedProcess } from './supervised-process';

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

const SECONDS_TO_START = 60;

export interface LocalCloudProps {
  /** Called with a line for each step of the start. @default - silent */
  readonly log?: (line: string) => void;
}

/**
 * A cloud of its own on this machine, for demo and tests: ministack, the SageMaker stand-in and the CDK CLI.
 * Nothing of it outlives this process.
 */
export class LocalCloud {
  /** Starts a cloud and bootstraps it for the CDK. */
  static async start(props: LocalCloudProps = {}): Promise<LocalCloud> {
    const log = props.log ?? (() => {});
    const python = await pythonEnvironment(log);
    const [aws, sagemaker] = await freePorts(2);
    const cloud = new LocalCloud(python, `http://127.0.0.1:${aws}`, `http://127.0.0.1:${sagemaker}`, log);
    try {
      await cloud.boot();
    } catch (error) {
      cloud.end();
      throw error;
    }
    return cloud;
  }

  readonly sagemaker: SageMakerControl;
  readonly s3: S3Files;
  readonly stacks: Stacks;
  readonly stateMachines: StateMachines;
  readonly schedules: Schedules;
  readonly jobLogs: JobLogs;
  /** The environment that makes an AWS client or the CDK CLI use this cloud. */
  readonly environment: NodeJS.ProcessEnv;
  /** Holds all files of this cloud, logs included. Removed when the cloud stops. */
  readonly folder: string;

  private readonly cli: CdkCli;
  private readonly processes = new Set<SupervisedProcess>();
  private readonly clients: { destroy(): void }[];
  private readonly forgetProcessEnd: () => void;

  private constructor(
    private readonly python: string,
    private readonly aws: string,
    sagemaker: string,
    private readonly log: (line: string) => void,
  ) {
    this.folder = mkdtempSync(join(tmpdir(), 'local-cloud-'));
    this.environment = localEnvironment(aws, sagemaker, this.folder);
    this.sagemaker = new SageMakerControl(sagemaker);
    this.s3 = new S3Files(aws);

    // Keep the SDK's warning of old Node.js versions out of the output of demo and tests.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    const client = { endpoint: aws, region: REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
    const cloudFormation = new CloudFormationClient(client);
    const logs = new CloudWatchLogsClient(client);
    const stateMachines = new SFNClient(client);
    this.clients = [cloudFormation, logs, stateMachines];
    this.stacks = new Stacks(cloudFormation);
    this.stateMachines = new StateMachines(stateMachines);
    this.schedules = new Schedules(aws);
    this.jobLogs = new JobLogs(logs);

    const start = (command: string[], env: NodeJS.ProcessEnv, logFile: string) => this.startProcess(command, env, logFile);
    this.cli = new CdkCli({ environment: this.environment, stacks: this.stacks, folder: this.folder, start });

    this.forgetProcessEnd = onProcessEnd(() => this.end(), log);
  }

  /** Deploys a stack of an app, or of a folder with a synthesised app. Returns a failure and does not throw it. */
  async deploy(app: App | string, stackName: string, options?: DeployOptions): Promise<OperationResult> {
    return this.cli.deploy(app, stackName, options);
  }

  async destroy(app: App | string, stackName: string): Promise<OperationResult> {
    return this.cli.destroy(app, stackName);
  }

  /** Ends all processes and removes the folder. */
  async stop(): Promise<void> {
    const ended = [...this.processes].map((each) => each.ended);
    this.end();
    await Promise.all(ended);
  }

  private async boot(): Promise<void> {
    const start = Date.now();
    const { port } = new URL(this.aws);
    const sagemakerPort = new URL(this.sagemaker.endpoint).port;
    const jobs = join(this.folder, 'jobs');
    const state = join(this.folder, 'state');
    [jobs, state].forEach((folder) => mkdirSync(folder));

    const ministack = this.startProcess([this.python, '-m', 'ministack_server'], {
      ...this.environment,
      GATEWAY_PORT: port,
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      LOG_LEVEL: 'WARNING',
      // Divide the waits of state machines by ten, since jobs take seconds here.
      SFN_WAIT_SCALE: '0.1',
    }, join(this.folder, 'ministack.log'));
    const standIn = this.startProcess(
      [this.python, '-m', 'sagemaker', '--port', sagemakerPort, '--aws', this.aws, '--folder', jobs],
      this.environment,
      join(this.folder, 'sagemaker.log'),
    );
    await Promise.all([
      this.ready(ministack, `${this.aws}/_ministack/health`, 'ministack.log'),
      this.ready(standIn, `${this.sagemaker.endpoint}/_control/health`, 'sagemaker.log'),
    ]);
    await this.cli.bootstrap(ACCOUNT, REGION);
    this.log(`✓ Local cloud, bootstrapped for the CDK (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  }

  private startProcess(command: string[], env: NodeJS.ProcessEnv, logFile: string): SupervisedProcess {
    const child = new SupervisedProcess({ python: this.python, command, env, cwd: __dirname, logFile });
    this.processes.add(child);
    void child.ended.finally(() => this.processes.delete(child));
    return child;
  }

  private async ready(server: SupervisedProcess, url: string, logFile: string): Promise<void> {
    const deadline = Date.now() + SECONDS_TO_START * 1000;
    while (Date.now() < deadline && server.isRunning) {
      try {
        if ((await fetch(url)).ok) {
          return;
        }
      } catch {
        // The server does not listen yet.
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`The local cloud did not start:\n${readFileSync(join(this.folder, logFile), 'utf8')}`);
  }

  private end(): void {
    this.processes.forEach((each) => each.kill());
    this.clients.forEach((client) => client.destroy());
    this.forgetProcessEnd();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Replaces all AWS settings of the user. */
function localEnvironment(aws: string, sagemaker: string, folder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|CDK_|NODE_OPTIONS$|JEST_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    AWS_ENDPOINT_URL: aws,
    AWS_ENDPOINT_URL_SAGEMAKER: sagemaker,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_CONFIG_FILE: join(folder, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_HOME: join(folder, 'cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // ministack keeps its pid file and the code of Lambda functions there.
    TMPDIR: folder,
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
