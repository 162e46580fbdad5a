"""Schedules of EventBridge Scheduler that call SageMaker, with its universal target, as the role of the schedule.

1. A call that may succeed later is tried again, as the schedule says, and each attempt has an execution id of its own. A call that
   failed for good goes to the queue for dead letters.
2. POST /schedules/NAME/due makes a schedule due, which tests do not wait for.
"""
import contextvars
import itertools
import json
import logging
import threading
from datetime import datetime, timezone

from ministack import app
from ministack.core.responses import new_uuid
from ministack.services import eventbridge, scheduler, sqs, stepfunctions

from .role_permissions import refusal
from .sagemaker_calls import SageMakerError, call

UNIVERSAL_TARGET = 'arn:aws:scheduler:::aws-sdk:sagemaker:'
DUE = '/due'
SECONDS_BETWEEN_SWEEPS = 1
MAX_SECONDS_BETWEEN_ATTEMPTS = 60
RETRIED = ('ThrottlingException', 'ResourceLimitExceeded')

logger = logging.getLogger('ministack')
invoke_target = eventbridge._invoke_target


def _invoke_target(target, event, rule, *args, **options):
    if not target.get('Arn', '').startswith(UNIVERSAL_TARGET):
        return invoke_target(target, event, rule, *args, **options)
    _start(target, rule['Arn'], _scheduled_time(rule, event['Time']))


def _scheduled_time(schedule, now):
    expression = schedule['ScheduleExpression']
    time = datetime.fromtimestamp(scheduler._at_time_epoch(expression) or now, tz=timezone.utc)
    return time.replace(second=0) if expression.startswith('cron') else time


def _start(*args):
    """Calls SageMaker in a thread of its own, since others do not wait for its attempts."""
    # A thread does not inherit the account and the Region.
    threading.Thread(target=contextvars.copy_context().run, args=(_call_until_it_succeeds, *args), daemon=True).start()


def _call_until_it_succeeds(target, schedule_arn, scheduled_time):
    policy = target.get('RetryPolicy') or {}
    retries, max_age = int(policy.get('MaximumRetryAttempts', 185)), int(policy.get('MaximumEventAgeInSeconds', 86400))
    attributes = {'schedule-arn': schedule_arn, 'scheduled-time': scheduled_time.strftime('%Y-%m-%dT%H:%M:%SZ')}
    age = 0
    for retry in itertools.count():
        attributes.update({'attempt-number': str(retry + 1), 'execution-id': new_uuid()})
        request = _with_attributes(target.get('Input') or '{}', attributes)
        try:
            return call(target['Arn'].removeprefix(UNIVERSAL_TARGET), json.loads(request), target['RoleArn'])
        except SageMakerError as error:
            if error.status < 500 and error.code not in RETRIED:
                return _give_up(target, request, attributes, error)
            age += (wait := min(2 ** retry, MAX_SECONDS_BETWEEN_ATTEMPTS))
            if retry == retries or age > max_age:
                return _give_up(target, request, attributes, error, 'MaximumRetryAttempts' if retry == retries else 'MaximumEventAgeInSeconds')
            stepfunctions._scaled_sleep(wait)


def _with_attributes(text, attributes):
    for name, value in attributes.items():
        text = text.replace(f'<aws.scheduler.{name}>', value)
    return text


def _give_up(target, request, attributes, error, exhausted=None):
    logger.warning('The schedule %s could not call SageMaker: %s: %s', attributes['schedule-arn'], error.code, error.message)
    queue = (target.get('DeadLetterConfig') or {}).get('Arn')
    if queue is None or refusal(target['RoleArn'], 'sqs:SendMessage', queue, {}):
        return
    told = {
        'ERROR_CODE': error.code,
        'ERROR_MESSAGE': error.message,
        'EXECUTION_ID': attributes['execution-id'],
        'EXHAUSTED_RETRY_CONDITION': exhausted,
        'IS_PAYLOAD_TRUNCATED': 'false',
        'RETRY_ATTEMPTS': str(int(attributes['attempt-number']) - 1),
        'SCHEDULED_TIME': attributes['scheduled-time'],
        'SCHEDULE_ARN': attributes['schedule-arn'],
        'TARGET_ARN': target['Arn'],
    }
    message_attributes = {name: {'DataType': 'String', 'StringValue': value} for name, value in told.items() if value}
    sqs._act_send_message({'QueueUrl': queue.rpartition(':')[2], 'MessageBody': request, 'MessageAttributes': message_attributes}, '')


def _with_due(handle):
    async def handle_request(method, path, headers, body, query_params):
        if method != 'POST' or not path.endswith(DUE):
            return await handle(method, path, headers, body, query_params)
        name = path.removeprefix('/schedules/').removesuffix(DUE)
        schedule = next((each for each in scheduler._schedules.values() if each['Name'] == name), None)
        if schedule is None:
            return scheduler._error(404, 'ResourceNotFoundException', f'Schedule {name} does not exist.')
        time = datetime.fromtimestamp(scheduler._to_epoch(json.loads(body)['ScheduledTime']), tz=timezone.utc)
        _start(schedule['Target'], schedule['Arn'], time)
        return scheduler._json_resp(200, {})
    return handle_request


def install():
    eventbridge._invoke_target = _invoke_target
    scheduler._SCHEDULE_TICK_INTERVAL = SECONDS_BETWEEN_SWEEPS
    app.SERVICE_HANDLERS['scheduler'] = _with_due(app.SERVICE_HANDLERS['scheduler'])
