import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CLIENT_OPTIONS } from './sagemaker';

export interface StateMachines {
  /** An execution has no name: two that look at one event do no harm, and one that is over is in nobody's way. */
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
