"""Starts the stand-in: python -m sagemaker --port PORT --aws ENDPOINT --folder FOLDER, in the folder above."""
import argparse
import functools
import os

import boto3

from .control import Control
from .faults import Faults
from .job_events import JobEvents
from .jobs_runner import JobsRunner
from .operations import Operations
from .s3_data import S3Data
from .server import Server

REGION = 'us-east-1'
ACCOUNT = '000000000000'


def job_environment(endpoint):
    """The environment of scripts: their AWS clients reach the local cloud, and get none of the user's settings."""
    inherited = {name: os.environ[name] for name in ('PATH', 'LANG', 'TMPDIR', 'SYSTEMROOT') if name in os.environ}
    return {**inherited, 'AWS_ENDPOINT_URL': endpoint, 'AWS_REGION': REGION, 'AWS_DEFAULT_REGION': REGION,
            'AWS_ACCESS_KEY_ID': 'local', 'AWS_SECRET_ACCESS_KEY': 'local'}


@functools.lru_cache(maxsize=None)
def s3_as(endpoint, role_arn):
    """The client of S3 of a role, whose policies the local cloud asks. Jobs share it, for it takes long to make."""
    return boto3.Session('local', 'local', role_arn, region_name=REGION).client('s3', endpoint_url=endpoint)


def main():
    parser = argparse.ArgumentParser(prog='sagemaker')
    parser.add_argument('--port', type=int, required=True)
    parser.add_argument('--aws', required=True, help='the endpoint of all other services')
    parser.add_argument('--folder', required=True, help='where the data of jobs goes')
    options = parser.parse_args()

    session = boto3.Session('local', 'local', region_name=REGION)
    s3 = session.client('s3', endpoint_url=options.aws)
    iam = session.client('iam', endpoint_url=options.aws)
    logs = session.client('logs', endpoint_url=options.aws)
    events = JobEvents(session.client('events', endpoint_url=options.aws))
    runner = JobsRunner(options.folder, functools.partial(s3_as, options.aws), logs, job_environment(options.aws))
    operations = Operations(REGION, ACCOUNT, runner.start, events.status_changed, S3Data(s3).exists, iam)
    faults = Faults()
    control = Control(operations, runner, faults)
    print(f'SageMaker stand-in on http://127.0.0.1:{options.port}', flush=True)
    Server(('127.0.0.1', options.port), operations, faults, control).serve_forever()


if __name__ == '__main__':
    main()
