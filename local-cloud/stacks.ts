import {
  CloudFormationClient, DescribeStacksCommand, paginateDescribeStackEvents, Stack, StackEvent,
} from '@aws-sdk/client-cloudformation';
import { failureReason } from './failure-reason';

/** Reads the stacks of the local cloud. */
export class Stacks {
  constructor(private readonly client: CloudFormationClient) {}

  /** The outputs of a stack by name. */
  async outputs(stackName: string): Promise<Record<string, string>> {
    const stack = await this.describe(stackName);
    return Object.fromEntries((stack?.Outputs ?? []).map((output) => [output.OutputKey!, output.OutputValue!]));
  }

  /** The status of a stack, or undefined when there is no such stack. */
  async status(stackName: string): Promise<string | undefined> {
    return (await this.describe(stackName))?.StackStatus;
  }

  /** The id of a stack. With it the events can still be read after the stack was deleted. */
  async id(stackName: string): Promise<string | undefined> {
    return (await this.describe(stackName))?.StackId;
  }

  /** The events of a stack, newest first. */
  async events(stackNameOrId: string): Promise<StackEvent[]> {
    const events: StackEvent[] = [];
    try {
      for await (const page of paginateDescribeStackEvents({ client: this.client }, { StackName: stackNameOrId })) {
        events.push(...page.StackEvents ?? []);
      }
    } catch (error) {
      throwUnlessMissing(error);
    }
    return events;
  }

  /** Why an operation on a stack that began at `since` failed, according to the events. */
  async failureReason(stackNameOrId: string, since: Date): Promise<string | undefined> {
    return failureReason(await this.events(stackNameOrId), since);
  }

  private async describe(stackName: string): Promise<Stack | undefined> {
    try {
      return (await this.client.send(new DescribeStacksCommand({ StackName: stackName }))).Stacks?.[0];
    } catch (error) {
      throwUnlessMissing(error);
      return undefined;
    }
  }
}

function throwUnlessMissing(error: unknown): void {
  if (!(error instanceof Error) || !error.message.includes('does not exist')) {
    throw error;
  }
}
