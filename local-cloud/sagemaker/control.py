"""Lets demo and tests inspect and control the stand-in: plain JSON under /_control on the port of the API."""
import time


class Control:
    def __init__(self, operations, runner, faults):
        self._operations = operations
        self._runner = runner
        self._faults = faults
        self.calls = []

    def record_call(self, operation, request, error=None):
        self.calls.append({'Operation': operation, 'Request': request, 'Error': error, 'Time': time.time()})

    def answer(self, method, path, body):
        """Returns the answer to a control request, or None for an unknown path."""
        handler = {
            ('GET', 'health'): lambda: {'Status': 'ready'},
            ('GET', 'jobs'): lambda: _records(self._operations.processing_jobs.jobs),
            ('GET', 'automl-jobs'): lambda: _records(self._operations.automl_jobs.jobs),
            ('GET', 'models'): lambda: _records(self._operations.models.models),
            ('GET', 'model-packages'): lambda: _records(self._operations.model_packages.packages),
            ('GET', 'calls'): lambda: self.calls,
            ('POST', 'jobs'): lambda: self._add_job(**body),
            ('POST', 'faults'): lambda: self._faults.add(**body) or {},
            ('POST', 'simulation'): lambda: self._runner.simulation.set(**body) or {},
            ('POST', 'reset'): self._reset,
        }.get((method, path))
        return handler() if handler else None

    def _add_job(self, name, status='Completed', tags=()):
        return self._operations.processing_jobs.add_ended_job({'ProcessingJobName': name, 'Tags': list(tags)}, status).record()

    def _reset(self):
        jobs = self._operations.jobs
        for job in jobs:
            job.stop()
        while not all(job.has_ended for job in jobs):
            time.sleep(0.05)
        self._operations.forget_everything()
        self._faults.reset()
        self._runner.simulation.reset()
        self.calls.clear()
        return {}


def _records(resources):
    return [each.record() for each in list(resources.values())]
