"""A processing job: what was asked for, its state and its times."""
import threading
import time

ENDED = ('Completed', 'Failed', 'Stopped')


class Job:
    """The states are InProgress, then Completed or Failed, or Stopping and Stopped. What has ended stays as it is."""

    def __init__(self, arn, request, unknown_members=()):
        self.name = request['ProcessingJobName']
        self.arn = arn
        self.tags = {tag['Key']: tag['Value'] for tag in request.get('Tags') or []}
        self.request = {key: value for key, value in request.items() if key != 'Tags'}
        self.unknown_members = list(unknown_members)
        self.status = 'InProgress'
        self.created = self.modified = time.time()
        self.started = self.ended = self.exit_message = self.failure_reason = None
        # Set when the job shall end before its time. Whoever runs it waits for that.
        self.stop_requested = threading.Event()
        self._lock = threading.Lock()

    @property
    def has_ended(self):
        return self.status in ENDED

    @property
    def max_runtime_seconds(self):
        # Without a stopping condition the service lets a job run for a day.
        return (self.request.get('StoppingCondition') or {}).get('MaxRuntimeInSeconds') or 24 * 3600

    def start(self):
        with self._lock:
            self.started = self.modified = time.time()

    def stop(self):
        with self._lock:
            if self.status == 'InProgress':
                self.status = 'Stopping'
                self.modified = time.time()
        self.stop_requested.set()

    def complete(self, exit_message=None):
        self._end('Completed', exit_message)

    def fail(self, reason, exit_message=None):
        self._end('Failed', exit_message, reason)

    def stopped(self, exit_message=None):
        self._end('Stopped', exit_message)

    def _end(self, status, exit_message=None, failure_reason=None):
        with self._lock:
            # A job that is being stopped ends as stopped, also when it was done in that moment.
            self.status = 'Stopped' if self.status == 'Stopping' else status
            self.ended = self.modified = time.time()
            # Both are at most 1 KB.
            self.exit_message = exit_message[:1024] if exit_message else None
            self.failure_reason = failure_reason[:1024] if failure_reason and self.status == 'Failed' else None

    def summary(self):
        return _present({
            'ProcessingJobName': self.name,
            'ProcessingJobArn': self.arn,
            'ProcessingJobStatus': self.status,
            'CreationTime': self.created,
            'LastModifiedTime': self.modified,
            'ProcessingEndTime': self.ended,
            'ExitMessage': self.exit_message,
            'FailureReason': self.failure_reason,
        })

    def description(self, known_members):
        """What Describe answers: the request, as far as the service knows it, and the state."""
        request = {key: value for key, value in self.request.items() if key in known_members}
        return {**request, **self.summary(), **_present({'ProcessingStartTime': self.started})}

    def record(self):
        """Everything about the job, for tests."""
        return {**self.summary(), 'Request': self.request, 'Tags': self.tags, 'UnknownMembers': self.unknown_members}


def _present(members):
    return {key: value for key, value in members.items() if value is not None}
