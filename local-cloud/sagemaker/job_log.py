"""The log stream of a job in CloudWatch Logs."""
import threading
import time

PROCESSING_JOBS = '/aws/sagemaker/ProcessingJobs'
TRAINING_JOBS = '/aws/sagemaker/TrainingJobs'
SECONDS_BETWEEN_BATCHES = 0.5


class JobLog:
    """Collects lines and writes them in batches. `close` writes the last one."""

    def __init__(self, client, group, job_name):
        self._client = client
        self._group = group
        self._stream = f'{job_name}/algo-1-{int(time.time() * 1000)}'
        self._lines = []
        self._lock = threading.Lock()
        self._closed = threading.Event()
        try:
            client.create_log_group(logGroupName=group)
        except client.exceptions.ResourceAlreadyExistsException:
            pass
        client.create_log_stream(logGroupName=group, logStreamName=self._stream)
        self._writer = threading.Thread(target=self._write_batches, daemon=True)
        self._writer.start()

    def add(self, line):
        # CloudWatch Logs refuses events without text.
        if line.strip():
            with self._lock:
                self._lines.append({'timestamp': int(time.time() * 1000), 'message': line})

    def close(self):
        self._closed.set()
        self._writer.join()

    def _write_batches(self):
        while not self._closed.wait(SECONDS_BETWEEN_BATCHES):
            self._write()
        self._write()

    def _write(self):
        with self._lock:
            lines, self._lines = self._lines, []
        if lines:
            self._client.put_log_events(logGroupName=self._group, logStreamName=self._stream, logEvents=lines)
