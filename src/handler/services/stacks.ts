import { CloudFormationClient, DescribeStackResourceCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { isNotFound } from './errors';
import { CLIENT_OPTIONS } from './sagemaker';

/** The state of a stack. */
export interface Stack {
  readonly status: string;
  /** When the stack's latest operation began. */
  readonly changedAt?: Date;
}

export interface Stacks {
  describe(stackId: string): Promise<Stack>;
  /** The present physical id of a resource, if the stack has the resource. */
  physicalId(stackId: string, logicalId: string): Promise<string | undefined>;
}

export function cloudFormationStacks(): Stacks {
  const client = new CloudFormationClient(CLIENT_OPTIONS);
  return {
    async describe(stackId) {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
      return { status: stack?.StackStatus ?? 'UNKNOWN', changedAt: stack?.LastUpdatedTime ?? stack?.CreationTime };
    },
    async physicalId(stackId, logicalId) {
      try {
        const { StackResourceDetail: resource } = await client.send(new DescribeStackResourceCommand({
          StackName: stackId, LogicalResourceId: logicalId,
        }));
        return resource?.ResourceStatus?.startsWith('DELETE') ? undefined : resource?.PhysicalResourceId;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
  };
}
