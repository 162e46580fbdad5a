"""State machines that run jobs of SageMaker, as the role of the state machine; and what else ministack lacks of the language.

1. The integrations with SageMaker: createProcessingJob, with .sync and without, and those of the SDK. A state with .sync waits for the
   end of its job, and stops it when the execution is stopped or the state has taken too long.
2. A role may invoke only the functions, and make only the calls, that its policies allow.
3. Comparisons with a path, such as TimestampGreaterThanEqualsPath; TimeoutSecondsPath, and TimeoutSeconds as an expression of JSONata.
"""
import contextvars
import json
import re
import time
from datetime import datetime, timezone

from ministack.core.responses import get_account_id, get_region
from ministack.services import stepfunctions
from ministack.services.cloudformation import provisioners

from .role_permissions import refusal
from .sagemaker_calls import SageMakerError, call

SYNC = re.compile(r':states:::sagemaker:create\w+\.sync\b')
RULE = 'StepFunctionsGetEventsForSageMakerProcessingJobsRule'
SECONDS_BETWEEN_LOOKS = 0.2
# The errors that the service model describes, and those of the client. All others have the name of the client.
NAMED = {'ConflictException': 'ConflictException', 'ResourceInUse': 'ResourceInUseException',
         'ResourceLimitExceeded': 'ResourceLimitExceededException', 'ResourceNotFound': 'ResourceNotFoundException',
         'SdkClientException': 'SdkClientException'}

execute_task = stepfunctions._execute_task
evaluate_rule = stepfunctions._evaluate_rule
invoke_resource = stepfunctions._invoke_resource
invoke_resource_with_timeout = stepfunctions._invoke_resource_with_timeout

# Of the state that runs: its execution, and when it has taken too long.
execution_of_state = contextvars.ContextVar('execution_of_state')
deadline_of_state = contextvars.ContextVar('deadline_of_state', default=None)


def _execute_task(state, raw_input, execution, ctx):
    if 'TimeoutSecondsPath' in state:
        state = {**state, 'TimeoutSeconds': stepfunctions._resolve_path_or_ctx(state['TimeoutSecondsPath'], raw_input, ctx)}
    elif isinstance(state.get('TimeoutSeconds'), str):
        state = {**state, 'TimeoutSeconds': stepfunctions._jsonata_state_field(state, 'TimeoutSeconds', 'number', raw_input, ctx)}
    token = execution_of_state.set(execution)
    try:
        return execute_task(state, raw_input, execution, ctx)
    finally:
        execution_of_state.reset(token)


def _invoke_resource_with_timeout(resource, parameters, timeout):
    token = deadline_of_state.set(time.monotonic() + timeout)
    try:
        return invoke_resource_with_timeout(resource, parameters, timeout)
    finally:
        deadline_of_state.reset(token)


def _invoke_resource(resource, parameters):
    if ':states:::lambda:invoke' in resource:
        function = parameters['FunctionName']
        arn = function if function.startswith('arn:') else f'arn:aws:lambda:{get_region()}:{get_account_id()}:function:{function}'
        refused = refusal(_role_arn(), 'lambda:InvokeFunction', arn, {})
        if refused:
            raise stepfunctions._ExecutionError('Lambda.AWSLambdaException', f'{refused} (Service: Lambda, Status Code: 403)')
    return invoke_resource(resource, parameters)


def _call_sagemaker(resource, parameters):
    """An optimised integration."""
    operation, _, pattern = resource.rpartition(':')[2].partition('.')
    if operation != 'createProcessingJob' or pattern not in ('', 'sync'):
        raise stepfunctions._ExecutionError('States.Runtime', f'The local cloud does not have {resource}')
    if pattern == '':
        return _call(operation, parameters, 'AmazonSageMaker')
    execution = execution_of_state.get()
    tags = {'MANAGED_BY_AWS': 'STARTED_BY_STEP_FUNCTIONS', 'AWS_STEP_FUNCTIONS_EXECUTION_ARN': execution['executionArn']}
    _call(operation, {**parameters, 'Tags': [*parameters.get('Tags', []), *({'Key': key, 'Value': value} for key, value in tags.items())]},
          'AmazonSageMaker')
    return _ended(parameters['ProcessingJobName'], execution)


def _call_sdk(resource, parameters):
    answer = _call(resource.rpartition(':')[2], parameters, 'SageMaker')
    return _with_times(answer, lambda seconds: datetime.fromtimestamp(seconds, timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%fZ'))


def _ended(name, execution):
    """The description of a job when it has ended, with its tags, and with times in milliseconds."""
    deadline = deadline_of_state.get()
    while True:
        job = _call('describeProcessingJob', {'ProcessingJobName': name}, 'AmazonSageMaker')
        if job['ProcessingJobStatus'] not in ('InProgress', 'Stopping'):
            break
        is_late = deadline is not None and time.monotonic() >= deadline
        if is_late or execution['status'] != 'RUNNING':
            _call('stopProcessingJob', {'ProcessingJobName': name}, 'AmazonSageMaker')
            raise stepfunctions._ExecutionError('States.Timeout' if is_late else 'States.TaskFailed', f'The job {name} is stopped')
        time.sleep(SECONDS_BETWEEN_LOOKS)
    tags = _call('listTags', {'ResourceArn': job['ProcessingJobArn']}, 'AmazonSageMaker')['Tags']
    job = _with_times({**job, 'Tags': {tag['Key']: tag['Value'] for tag in tags}}, lambda seconds: round(seconds * 1000))
    if job['ProcessingJobStatus'] != 'Completed':
        raise stepfunctions._ExecutionError('States.TaskFailed', json.dumps(job))
    return job


def _with_times(answer, written):
    def members(each):
        return {key: written(value) if key.endswith('Time') and not isinstance(value, str) else value for key, value in each.items()}
    return json.loads(json.dumps(answer), object_hook=members)


def _call(operation, parameters, client):
    try:
        return call(operation, parameters, _role_arn())
    except SageMakerError as error:
        name = NAMED.get(error.code, f'{client}Exception')
        cause = f'{error.message} (Service: {client}; Status Code: {error.status}; Error Code: {error.code})'
        raise stepfunctions._ExecutionError(f'SageMaker.{name}', cause) from None


def _role_arn():
    return stepfunctions._state_machines[execution_of_state.get()['stateMachineArn']]['roleArn']


def _evaluate_rule(rule, data, ctx=None):
    """Compares with what a path selects, as with a value in the definition."""
    compared = {key.removesuffix('Path'): stepfunctions._resolve_path_or_ctx(value, data, ctx) if key.endswith('Path') else value
                for key, value in rule.items()}
    return evaluate_rule(compared, data, ctx)


def _checked(change):
    """A change of a state machine by CloudFormation, which fails if the role may not make the rule that .sync waits with."""
    def change_if_allowed(*args, **options):
        properties = [each for each in args if isinstance(each, dict)][-1]
        if SYNC.search(provisioners._sfn_definition(properties)):
            rule = f'arn:aws:events:{get_region()}:{get_account_id()}:rule/{RULE}'
            if any(refusal(properties['RoleArn'], f'events:{action}', rule, {}) for action in ('PutTargets', 'PutRule', 'DescribeRule')):
                raise ValueError(f"'{properties['RoleArn']}' is not authorized to create managed-rule.")
        return change(*args, **options)
    return change_if_allowed


def install():
    stepfunctions._execute_task = _execute_task
    stepfunctions._evaluate_rule = _evaluate_rule
    stepfunctions._invoke_resource = _invoke_resource
    stepfunctions._invoke_resource_with_timeout = _invoke_resource_with_timeout
    stepfunctions._SERVICE_DISPATCH['arn:aws:states:::sagemaker:'] = _call_sagemaker
    stepfunctions._SERVICE_DISPATCH['arn:aws:states:::aws-sdk:sagemaker:'] = _call_sdk
    handlers = provisioners._RESOURCE_HANDLERS['AWS::StepFunctions::StateMachine']
    for change in ('create', 'update'):
        handlers[change] = _checked(handlers[change])
