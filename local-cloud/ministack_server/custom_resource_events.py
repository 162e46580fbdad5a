"""The events of custom resources that CloudFormation sends and ministack leaves out.

1. A custom resource whose Create fails is sent a Delete, by the rollback or, without one, by the deletion of the stack.
2. A custom resource that was replaced by an update that then fails is sent an Update back to its earlier properties,
   with the new physical id, before the Delete of the new one.

Without them no one would see here what a handler does when they come, or that it leaves nothing behind.
"""
from ministack.core.responses import now_iso
from ministack.services.cloudformation import _stacks, custom_resource, handlers, stacks

# The physical ids of responses that reported a failure, by stack id and logical id.
failed_physical_ids = {}
deliver_response = custom_resource.deliver_response
invoke_custom_resource = custom_resource.invoke_custom_resource
roll_back_operation = stacks._roll_back_operation


def remember_failed_physical_id(token, response):
    if response.get('Status') == 'FAILED':
        failed_physical_ids[response.get('StackId'), response.get('LogicalResourceId')] = response.get('PhysicalResourceId')
    return deliver_response(token, response)


def keep_failed_create(request_type, logical_id, props, stack_name, stack_id, resource_type, **ids):
    try:
        return invoke_custom_resource(request_type, logical_id, props, stack_name, stack_id, resource_type, **ids)
    except RuntimeError:
        if request_type == 'Create':
            _stacks[stack_name]['_resources'][logical_id] = {
                'PhysicalResourceId': failed_physical_ids.pop((stack_id, logical_id)), 'ResourceType': resource_type,
                'ResourceStatus': 'CREATE_FAILED', 'LogicalResourceId': logical_id, 'Properties': props,
                'Attributes': {}, 'Timestamp': now_iso(),
            }
        raise


async def roll_back_custom_resources(stack_name, stack_id, stack, operation, *args):
    failed = operation['failed_logical_id']
    if stack['_resources'].get(failed, {}).get('ResourceStatus') == 'CREATE_FAILED':
        operation['created'].append(failed)

    previous = (operation['previous_stack'] or {}).get('_resources', {})
    replaced = [each for each in operation['replaced_ids'] if stack['_resources'][each]['ResourceType'].startswith('Custom::')]
    newer = {each: dict(stack['_resources'][each]) for each in replaced}
    operation['replaced_ids'] = [each for each in operation['replaced_ids'] if each not in replaced]
    for each in replaced:
        # With the same physical id on both sides, ministack updates the resource in place and sends the Update.
        previous[each]['PhysicalResourceId'] = newer[each]['PhysicalResourceId']

    await roll_back_operation(stack_name, stack_id, stack, operation, *args)

    status = stack['StackStatus']
    if status == 'UPDATE_ROLLBACK_COMPLETE':
        stack['StackStatus'] = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
        for each in reversed(replaced):
            if previous[each]['PhysicalResourceId'] != newer[each]['PhysicalResourceId']:
                await delete_newer(stack_name, stack_id, each, newer[each])
        stack['StackStatus'] = status


async def delete_newer(stack_name, stack_id, logical_id, record):
    kind, physical_id = record['ResourceType'], record['PhysicalResourceId']
    stacks._add_event(stack_id, stack_name, logical_id, kind, 'DELETE_IN_PROGRESS', physical_id=physical_id)
    try:
        await stacks.run_reentrant(stacks._delete_resource, kind, physical_id, record['Properties'], stack_name, logical_id)
        stacks._add_event(stack_id, stack_name, logical_id, kind, 'DELETE_COMPLETE', physical_id=physical_id)
    except Exception as error:
        # As in CloudFormation, a clean-up that fails does not fail the rollback.
        stacks._add_event(stack_id, stack_name, logical_id, kind, 'DELETE_FAILED', str(error), physical_id)


def install():
    custom_resource.deliver_response = remember_failed_physical_id
    custom_resource.invoke_custom_resource = keep_failed_create
    stacks._roll_back_operation = handlers._roll_back_operation = roll_back_custom_resources
