"""Runs every job in its own thread: AutoML jobs and scripts really run, other jobs are simulated."""
import threading
import traceback
from pathlib import Path

from .automl_job import AutoMLJob
from .automl_run import AutoMLRun
from .script_run import ScriptRun, is_runnable
from .simulated_run import Simulation, run_simulated, run_simulated_automl


class JobsRunner:
    def __init__(self, folder, s3_as, logs, environment):
        self.simulation = Simulation()
        self._folder = Path(folder)
        self._s3_as = s3_as
        self._logs = logs
        self._environment = environment
        self._started = 0

    def start(self, job):
        # The number keeps folders apart: a name can be used again after its record was deleted.
        self._started += 1
        folder = self._folder / f'{self._started}-{job.name}'
        threading.Thread(target=self._run, args=(job, folder), daemon=True).start()

    def _run(self, job, folder):
        role_arn = job.request['RoleArn']
        environment = {**self._environment, 'AWS_SESSION_TOKEN': role_arn}
        try:
            if isinstance(job, AutoMLJob) and job.problem == 'TextGeneration':
                run_simulated_automl(job, self.simulation)
            elif isinstance(job, AutoMLJob):
                AutoMLRun(job, folder, self._s3_as(role_arn), self._logs, environment, self.simulation).run()
            elif is_runnable(job.request):
                ScriptRun(job, folder, self._s3_as(role_arn), self._logs, environment).run()
            else:
                run_simulated(job, self.simulation)
        except Exception as error:
            # A bug of the stand-in must not leave the job in progress for ever.
            traceback.print_exc()
            job.fail(f'InternalServerError: {error}')
