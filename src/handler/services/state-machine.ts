import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CLIENT_OPTIONS } from './sagemaker';

export interface StateMachines {
  /** Starts an execution without a name, since two executions for one event do no harm. */
  start(stateMachineArn: string, input: string): Promise<void>;
}

export function stepFunctions(): StateMachines {
  const client = new SFNClient(CLIENT_OPTIONS);
  return {
    async start(stateMachineArn, input) {
      await client.send(new StartExecutionCommand({ stateMachineArn, input }));
    },
  };
}
