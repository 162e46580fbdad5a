import { StackEvent } from '@aws-sdk/client-cloudformation';

/**
 * Why an operation on a stack failed: the reason of the first resource that failed by itself. Other resources fail
 * because they are cancelled then, and the stack's own reason only lists names.
 */
export function failureReason(events: readonly StackEvent[], since: Date): string | undefined {
  const failed = events
    .filter((event) => event.Timestamp! >= since && event.ResourceStatus!.endsWith('_FAILED') && event.ResourceStatusReason)
    .sort((a, b) => a.Timestamp!.getTime() - b.Timestamp!.getTime());
  const resource = failed.find((event) => event.PhysicalResourceId !== event.StackId && !/cancelled/i.test(event.ResourceStatusReason!));
  return (resource ?? failed[0])?.ResourceStatusReason;
}
