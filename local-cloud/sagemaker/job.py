"""The base of all kinds of jobs: the request, the state and its times."""
import threading
import time

ENDED = ('Completed', 'Failed', 'Stopped')
MAX_TEXT = 1024


class Job:
    """The states are InProgress, then Completed or Failed, or Stopping and Stopped. A job that has ended does not change."""

    name_member = None

    def __init__(self, arn, request, unknown_members=(), status_changed=lambda job: None):
        self.name = request[self.name_member]
        self.arn = arn
        self.tags = {tag['Key']: tag['Value'] for tag in request.get('Tags') or []}
        self.request = {key: value for key, value in request.items() if key != 'Tags'}
        self.unknown_members = list(unknown_members)
        self._status_changed = status_changed
        self.status = 'InProgress'
        self.created = self.modified = time.time()
        self.ended = self.failure_reason = None
        # Set to stop the job. The thread that runs the job waits for it.
        self.stop_requested = threading.Event()
        self._lock = threading.RLock()

    @property
    def has_ended(self):
        return self.status in ENDED

    def stop(self):
        with self._lock:
            if self.status == 'InProgress':
                self.modified = time.time()
                self._become('Stopping')
        self.stop_requested.set()

    def _end(self, status, failure_reason=None, **members):
        with self._lock:
            # A job that is being stopped ends as Stopped, even if it has just completed.
            status = 'Stopped' if self.status == 'Stopping' else status
            self.ended = self.modified = time.time()
            self.failure_reason = failure_reason[:MAX_TEXT] if failure_reason and status == 'Failed' else None
            for name, value in members.items():
                setattr(self, name, value)
            # Set the state last, since other threads read it without the lock.
            self._become(status)

    def _become(self, status):
        self.status = status
        self._status_changed(self)

    def summary(self):
        raise NotImplementedError

    def record(self):
        """All data of the job, for tests."""
        return {**self.summary(), 'Request': self.request, 'Tags': self.tags, 'UnknownMembers': self.unknown_members}


def present(members):
    return {key: value for key, value in members.items() if value is not None}
