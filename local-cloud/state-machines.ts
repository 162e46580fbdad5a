import { DescribeExecutionCommand, DescribeExecutionCommandOutput, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';

/** Runs the state machines of the local cloud. */
export class StateMachines {
  constructor(private readonly client: SFNClient) {}

  /** Starts an execution, and returns its ARN. */
  async start(stateMachineArn: string, input: object): Promise<string> {
    return (await this.client.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }))).executionArn!;
  }

  async stop(executionArn: string): Promise<void> {
    await this.client.send(new StopExecutionCommand({ executionArn }));
  }

  /** Starts an execution, and returns its description when it has ended. */
  async run(stateMachineArn: string, input: object): Promise<DescribeExecutionCommandOutput> {
    const executionArn = await this.start(stateMachineArn, input);
    for (;;) {
      const execution = await this.client.send(new DescribeExecutionCommand({ executionArn }));
      if (execution.status !== 'RUNNING') {
        return execution;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
