"""A processing job."""
import time

from .job import MAX_TEXT, Job, present


class ProcessingJob(Job):
    name_member = 'ProcessingJobName'

    def __init__(self, arn, request, unknown_members=(), status_changed=lambda job: None):
        super().__init__(arn, request, unknown_members, status_changed)
        self.started = self.exit_message = None

    @property
    def max_runtime_seconds(self):
        # Without a stopping condition the service lets a job run for a day.
        return (self.request.get('StoppingCondition') or {}).get('MaxRuntimeInSeconds') or 24 * 3600

    def start(self):
        with self._lock:
            self.started = self.modified = time.time()

    def complete(self, exit_message=None):
        self._end_with_message('Completed', exit_message)

    def fail(self, reason, exit_message=None):
        self._end_with_message('Failed', exit_message, reason)

    def stopped(self, exit_message=None):
        self._end_with_message('Stopped', exit_message)

    def _end_with_message(self, status, exit_message, failure_reason=None):
        self._end(status, failure_reason, exit_message=exit_message[:MAX_TEXT] if exit_message else None)

    def summary(self):
        return present({
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
        """The answer of Describe: the request, without members that the service does not know, and the state."""
        request = {key: value for key, value in self.request.items() if key in known_members}
        return {**request, **self.summary(), **present({'ProcessingStartTime': self.started})}
