"""Runs the script of a job as a local process: downloads inputs, runs the script, uploads outputs, and writes the log."""
import os
import re
import sys

from botocore.exceptions import ClientError

from .child_process import run_child
from .container_paths import ContainerPaths
from .job_log import PROCESSING_JOBS, JobLog
from .s3_data import DataError, S3Data


def is_runnable(request):
    """Whether the job is a Python script on files from S3. All other jobs need their container image."""
    entrypoint = (request['AppSpecification'].get('ContainerEntrypoint') or [''])
    inputs = [item['S3Input'] if 'S3Input' in item else {'S3InputMode': 'Dataset'}
              for item in request.get('ProcessingInputs') or [] if not item.get('AppManaged')]
    return bool(re.fullmatch(r'python(3(\.\d+)?)?', os.path.basename(entrypoint[0]))) \
        and all(source.get('S3InputMode', 'File') == 'File' for source in inputs)


class ScriptRun:
    def __init__(self, job, folder, s3, logs, environment):
        self._job = job
        self._paths = ContainerPaths(folder)
        self._data = S3Data(s3)
        self._logs = logs
        self._environment = environment

    def run(self):
        try:
            self._download_inputs()
            self._job.start()
            code = self._run_script()
            self._finish(code)
        except (DataError, ClientError) as error:
            self._job.fail(f'ClientError: {error}')

    def _inputs(self):
        return [item['S3Input'] for item in self._job.request.get('ProcessingInputs') or [] if not item.get('AppManaged')]

    def _outputs(self):
        outputs = (self._job.request.get('ProcessingOutputConfig') or {}).get('Outputs') or []
        return [item['S3Output'] for item in outputs if not item.get('AppManaged') and item['S3Output'].get('LocalPath')]

    def _download_inputs(self):
        for folder in ('/opt/ml/processing', '/opt/ml/output'):
            self._paths.local(folder).mkdir(parents=True, exist_ok=True)
        for source in self._inputs():
            folder = self._paths.local(source['LocalPath'])
            self._data.download(source, folder)
            self._paths.rewrite_scripts(folder)
        for output in self._outputs():
            self._paths.local(output['LocalPath']).mkdir(parents=True, exist_ok=True)

    def _run_script(self):
        application = self._job.request['AppSpecification']
        arguments = application['ContainerEntrypoint'][1:] + (application.get('ContainerArguments') or [])
        command = [sys.executable, *(self._paths.rewrite(argument) for argument in arguments)]
        own = {name: self._paths.rewrite(value) for name, value in (self._job.request.get('Environment') or {}).items()}
        log = JobLog(self._logs, PROCESSING_JOBS, self._job.name)
        code = run_child(
            command, folder=self._paths.local('/opt/ml/processing'), environment={**self._environment, **own},
            on_line=lambda line: log.add(self._paths.restore(line)),
            stop_requested=self._job.stop_requested, seconds=self._job.max_runtime_seconds, on_timeout=self._job.stop)
        log.close()
        return code

    def _finish(self, code):
        message_file = self._paths.local('/opt/ml/output/message')
        message = self._paths.restore(message_file.read_text(errors='replace')) if message_file.is_file() else None
        if self._job.status == 'Stopping':
            self._upload_outputs('Continuous')
            self._job.stopped(message)
        elif code != 0:
            self._upload_outputs('Continuous')
            self._job.fail(f'AlgorithmError: , exit code: {code}', message)
        else:
            self._upload_outputs('Continuous', 'EndOfJob')
            self._job.complete(message)

    def _upload_outputs(self, *modes):
        for output in self._outputs():
            if output['S3UploadMode'] in modes:
                self._data.upload(self._paths.local(output['LocalPath']), output['S3Uri'])
