import { ResourceStatus, StackEvent } from '@aws-sdk/client-cloudformation';
import { failureReason } from '../../local-cloud/failure-reason';

const STACK_ID = 'arn:aws:cloudformation:us-east-1:000000000000:stack/Penguins/1';

function event(second: number, resource: string, status: ResourceStatus, reason?: string): StackEvent {
  return {
    StackId: STACK_ID,
    StackName: 'Penguins',
    EventId: `${second}`,
    LogicalResourceId: resource,
    PhysicalResourceId: resource === 'Penguins' ? STACK_ID : resource,
    Timestamp: new Date(second * 1000),
    ResourceStatus: status,
    ResourceStatusReason: reason,
  };
}

test('is the reason of the resource that failed, not of those that were cancelled, nor of the stack', () => {
  const events = [
    event(4, 'Penguins', 'ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Job]'),
    event(3, 'Bucket', 'CREATE_FAILED', 'Resource creation cancelled'),
    event(2, 'Job', 'CREATE_FAILED', 'KeyError: species'),
    event(1, 'Job', 'CREATE_IN_PROGRESS'),
  ];
  expect(failureReason(events, new Date(0))).toBe('KeyError: species');
});

test('is the first one, since later failures follow from it', () => {
  const events = [event(3, 'Job', 'DELETE_FAILED', 'also broken'), event(2, 'Job', 'UPDATE_FAILED', 'broken')];
  expect(failureReason(events, new Date(0))).toBe('broken');
});

test('does not come from an earlier operation', () => {
  expect(failureReason([event(2, 'Job', 'CREATE_FAILED', 'long ago')], new Date(5000))).toBeUndefined();
});

test('is the reason of the stack when no resource failed', () => {
  expect(failureReason([event(2, 'Penguins', 'CREATE_FAILED', 'No such output')], new Date(0))).toBe('No such output');
});
