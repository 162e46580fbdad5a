"""Runs an AutoML job: reads data from S3, trains candidates in a process of their own, writes models and metrics to S3."""
import json
import sys
import time
from pathlib import Path

from botocore.exceptions import ClientError

from .automl_settings import settings_of
from .child_process import run_child
from .job_log import TRAINING_JOBS, JobLog
from .s3_data import DataError, S3Data

CHILD = Path(__file__).parent / 'automl_child'
EVENT = 'EVENT '
# On a busy machine, threads that wait for each other turn a second of boosting into a minute.
CHILD_ENVIRONMENT = {'OMP_NUM_THREADS': '1', 'OPENBLAS_NUM_THREADS': '1', 'PYTHONWARNINGS': 'ignore'}
# The image that serves the archives: the service's scikit-learn container in us-east-1. It has none for GPU, so that of PyTorch stands for it.
IMAGE = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3'
GPU_IMAGE = '763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312'
# Their candidates have containers for each of the processing units, in a member of their own.
BY_UNIT = ('TextClassification', 'ImageClassification')
CONTAINER_ENVIRONMENT = {'SAGEMAKER_PROGRAM': 'inference.py', 'SAGEMAKER_SUBMIT_DIRECTORY': '/opt/ml/model/code'}


class AutoMLRun:
    def __init__(self, job, folder, s3, logs, environment, simulation):
        self._job = job
        self._folder = Path(folder)
        self._data = S3Data(s3)
        self._logs = logs
        self._log = None
        self._environment = environment
        self._simulation = simulation
        self._failure = None

    def run(self):
        try:
            self._job.enter('AnalyzingData')
            self._folder.mkdir(parents=True)
            job_file = self._folder / 'job.json'
            job_file.write_text(json.dumps({
                **settings_of(self._job, self._data, self._folder), 'candidateSeconds': self._simulation.candidate_seconds}))
            code = run_child(
                [sys.executable, str(CHILD), str(job_file), str(self._folder / 'candidates')],
                folder=self._folder, environment={**self._environment, **CHILD_ENVIRONMENT}, on_line=self._line,
                stop_requested=self._job.stop_requested, seconds=self._job.max_runtime_seconds, on_timeout=self._job.run_out_of_time)
            self._finish(code)
        except (DataError, ClientError) as error:
            self._job.fail(f'ClientError: {error}')
        finally:
            self._close_log()

    def _line(self, line):
        try:
            self._take(line)
        except ClientError as error:
            # An error of S3: for example, the output location may not exist.
            self._failure = str(error)
            self._job.stop_requested.set()

    def _take(self, line):
        if line.startswith(EVENT):
            event = json.loads(line.removeprefix(EVENT))
            getattr(self, f"_on_{event.pop('event')}")(**event)
        elif self._log is not None:
            self._log.add(line)
        else:
            print(f'{self._job.name}: {line}', flush=True)

    def _on_resolved(self, problemType, metric, metricType, candidates):
        self._job.resolve(problemType, metric, metricType)
        if self._job.problem == 'Tabular':
            self._upload_notebooks(candidates)

    def _on_phase(self, status):
        self._job.enter(status)

    def _on_failure(self, reason):
        self._failure = reason

    def _on_started(self, name, number):
        self._close_log()
        candidate = self._candidate_name(name, number)
        self._log = JobLog(self._logs, TRAINING_JOBS, candidate)
        self._put(name, number, CandidateStatus='InProgress', ObjectiveStatus='Pending')

    def _on_failed(self, name, number, reason):
        self._put(name, number, CandidateStatus='Failed', ObjectiveStatus='Failed', FailureReason=reason[:1024], EndTime=time.time())

    def _on_trained(self, name, number, metrics, parts):
        uploaded = [(self._upload(name, number, Path(part['archive'])), part['environment']) for part in parts]
        objective = self._job.metric_name
        self._put(
            name, number, CandidateStatus='Completed', ObjectiveStatus='Succeeded', EndTime=time.time(),
            FinalAutoMLJobObjectiveMetric={
                'Type': self._job.metric_type, 'MetricName': objective, 'Value': metrics[objective], 'StandardMetricName': objective},
            **self._containers(uploaded),
            CandidateProperties={'CandidateMetrics': [
                {'MetricName': metric, 'StandardMetricName': metric, 'Value': value, 'Set': 'Validation'}
                for metric, value in metrics.items()]})

    def _containers(self, parts):
        def containers(image):
            return [{'Image': image, 'ModelDataUrl': uri, 'Environment': {**CONTAINER_ENVIRONMENT, **environment}} for uri, environment in parts]
        if self._job.problem in BY_UNIT:
            return {'InferenceContainerDefinitions': {'CPU': containers(IMAGE), 'GPU': containers(GPU_IMAGE)}}
        return {'InferenceContainers': containers(IMAGE)}

    def _put(self, name, number, **members):
        candidate_name = self._candidate_name(name, number)
        before = next((each for each in self._job.candidates if each['CandidateName'] == candidate_name), {'CreationTime': time.time()})
        arn = self._job.arn.split(':automl-job/')[0]
        self._job.put_candidate({
            **before, 'CandidateName': candidate_name, 'LastModifiedTime': time.time(),
            'CandidateSteps': [{'CandidateStepType': 'AWS::SageMaker::TrainingJob', 'CandidateStepName': candidate_name,
                                'CandidateStepArn': f'{arn}:training-job/{candidate_name.lower()}'}],
            **members})

    def _candidate_name(self, name, number):
        return f'{self._job.name}-{number:03d}-{name}'

    def _upload(self, name, number, archive):
        uri = f'{self._output}/tuning/{self._candidate_name(name, number)}/{archive.parent.name}/output'
        self._data.upload_file(archive, f'{uri}/{archive.name}')
        return f'{uri}/{archive.name}'

    def _upload_notebooks(self, candidates):
        """Writes the notebooks that the service writes, with one sentence each."""
        texts = {
            'CandidateDefinitionNotebookLocation': ('SageMakerAutopilotCandidateDefinitionNotebook', f"Candidates: {', '.join(candidates)}"),
            'DataExplorationNotebookLocation': ('SageMakerAutopilotDataExplorationNotebook', f'Type of problem: {self._job.problem_type}'),
        }
        artifacts = {}
        for member, (name, text) in texts.items():
            file = self._folder / f'{name}.ipynb'
            cell = {'cell_type': 'markdown', 'metadata': {}, 'source': [text]}
            file.write_text(json.dumps({'cells': [cell], 'metadata': {}, 'nbformat': 4, 'nbformat_minor': 4}))
            artifacts[member] = f'{self._output}/sagemaker-automl-candidates/notebooks/{file.name}'
            self._data.upload_file(file, artifacts[member])
        self._job.artifacts = artifacts

    @property
    def _output(self):
        return f"{self._job.request['OutputDataConfig']['S3OutputPath'].rstrip('/')}/{self._job.name}"

    def _close_log(self):
        if self._log is not None:
            self._log.close()
            self._log = None

    def _finish(self, code):
        self._close_log()
        job = self._job
        if job.status == 'Stopping':
            job.stopped()
        elif job.is_out_of_time:
            job.complete('MaxAutoMLJobRuntimeReached')
        elif self._failure is not None:
            job.fail(f'ClientError: {self._failure}')
        elif code != 0:
            job.fail(f'InternalServerError: the training ended with exit code {code}')
        elif job.config.get('GenerateCandidateDefinitionsOnly'):
            job.complete('CandidateDefinitionsGenerated')
        elif job.best_candidate is None:
            reasons = '; '.join(each.get('FailureReason', '') for each in job.candidates)
            job.fail(f'AlgorithmError: no candidate could be trained: {reasons}')
        else:
            job.deploy()
            job.complete('MaxCandidatesReached' if job.criteria.get('MaxCandidates') else 'Completed')
