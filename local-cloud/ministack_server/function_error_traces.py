"""The stack trace in the error of a Lambda function.

Lambda answers with an errorMessage and a trace; ministack leaves the trace out. The provider framework makes the
reason of a failure from both, and puts the stack of its own in the place of a trace that is missing.
"""
import threading

from ministack.core.lambda_runtime import Worker
from ministack.services import lambda_svc

invoke_worker = Worker.invoke
execute_function = lambda_svc._execute_function_warm
last = threading.local()


def invoke_and_remember_trace(self, *args, **options):
    result = invoke_worker(self, *args, **options)
    last.trace = result.get('trace')
    return result


def execute_with_trace(*args):
    last.trace = None
    response = execute_function(*args)
    if response.get('error') and last.trace:
        response['body']['trace'] = last.trace.split('\n')
    return response


def install():
    Worker.invoke = invoke_and_remember_trace
    lambda_svc._execute_function_warm = execute_with_trace
