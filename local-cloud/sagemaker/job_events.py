"""The events of EventBridge that tell of jobs whose status has changed."""
import json
import traceback
from concurrent.futures import ThreadPoolExecutor

from .request_check import known_members


class JobEvents:
    def __init__(self, events):
        self._events = events
        # One thread keeps the events in order, and no job waits for the targets of a rule.
        self._thread = ThreadPoolExecutor(max_workers=1)

    def status_changed(self, job):
        detail = {**job.description(known_members('DescribeProcessingJob')), 'Tags': job.tags}
        self._thread.submit(self._put, {
            'Source': 'aws.sagemaker',
            'DetailType': 'SageMaker Processing Job State Change',
            'Resources': [job.arn],
            # Events have times in milliseconds.
            'Detail': json.dumps({key: round(value * 1000) if key.endswith('Time') else value for key, value in detail.items()}),
        })

    def _put(self, entry):
        try:
            self._events.put_events(Entries=[entry])
        except Exception:
            traceback.print_exc()
