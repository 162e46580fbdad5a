"""Runs an AutoML job: reads data from S3, trains candidates in a process of their own, writes models and metrics to S3."""
import json
import sys
import time
from pathlib import Path

from botocore.exceptions import ClientError

from .child_process import run_child
from .job_log import TRAINING_JOBS, JobLog
from .rules import CSV
from .s3_data import DataError, S3Data

CHILD = Path(__file__).parent / 'automl_child'
EVENT = 'EVENT '
# On a busy machine, threads that wait for each other turn a second of boosting into a minute.
CHILD_ENVIRONMENT = {'OMP_NUM_THREADS': '1', 'OPENBLAS_NUM_THREADS': '1', 'PYTHONWARNINGS': 'ignore'}
TUNING = 'HYPERPARAMETER_TUNING'
TUNING_ALGORITHMS = ('linear-learner', 'mlp', 'xgboost')
# The image that serves the archives: the service's scikit-learn container in us-east-1.
IMAGE = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3'
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
            job_file.write_text(json.dumps(self._settings()))
            code = run_child(
                [sys.executable, str(CHILD), str(job_file), str(self._folder / 'candidates')],
                folder=self._folder, environment={**self._environment, **CHILD_ENVIRONMENT}, on_line=self._line,
                stop_requested=self._job.stop_requested, seconds=self._job.max_runtime_seconds, on_timeout=self._job.run_out_of_time)
            self._finish(code)
        except (DataError, ClientError) as error:
            self._job.fail(f'ClientError: {error}')
        finally:
            self._close_log()

    def _settings(self):
        request, config = self._job.request, self._job.config
        channels = {channel.get('ChannelType') or 'training': channel for channel in request['InputDataConfig']}
        training = channels['training']
        if (training.get('ContentType') or CSV) != CSV:
            raise DataError(f"The local cloud reads {CSV} only, not {training['ContentType']}")
        generation = config.get('CandidateGenerationConfig') or {}
        algorithms = [each for entry in generation.get('AlgorithmsConfig') or [] for each in entry['AutoMLAlgorithms']]
        return {
            'training': self._download('training', training),
            'validation': self._download('validation', channels['validation']) if 'validation' in channels else None,
            'compression': 'gzip' if training.get('CompressionType') == 'Gzip' else None,
            'target': training['TargetAttributeName'],
            'weight': training.get('SampleWeightAttributeName'),
            'features': self._features(generation.get('FeatureSpecificationS3Uri')),
            'fraction': (config.get('DataSplitConfig') or {}).get('ValidationFraction') or 0.2,
            'problemType': request.get('ProblemType'),
            'metric': (request.get('AutoMLJobObjective') or {}).get('MetricName'),
            'algorithms': algorithms or (TUNING_ALGORITHMS if config.get('Mode') == TUNING else None),
            'maxCandidates': self._job.criteria.get('MaxCandidates'),
            'inParts': config.get('Mode') == TUNING,
            'definitionsOnly': bool(request.get('GenerateCandidateDefinitionsOnly')),
            'candidateSeconds': self._simulation.candidate_seconds,
        }

    def _download(self, name, channel):
        folder = self._folder / name
        self._data.download(channel['DataSource']['S3DataSource'], folder)
        return sorted(str(file) for file in folder.rglob('*') if file.is_file())

    def _features(self, uri):
        if uri is None:
            return None
        file = self._folder / 'features.json'
        self._data.download_object(uri, file)
        return json.loads(file.read_text()).get('FeatureAttributeNames')

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

    def _on_trained(self, name, number, metrics, archives):
        containers = [{'Image': IMAGE, 'ModelDataUrl': self._upload(name, number, Path(archive)), 'Environment': CONTAINER_ENVIRONMENT}
                      for archive in archives]
        objective = self._job.metric_name
        self._put(
            name, number, CandidateStatus='Completed', ObjectiveStatus='Succeeded', EndTime=time.time(),
            FinalAutoMLJobObjectiveMetric={
                'Type': self._job.metric_type, 'MetricName': objective, 'Value': metrics[objective], 'StandardMetricName': objective},
            InferenceContainers=containers, InferenceContainerDefinitions={'CPU': containers},
            CandidateProperties={'CandidateMetrics': [
                {'MetricName': metric, 'StandardMetricName': metric, 'Value': value, 'Set': 'Validation'}
                for metric, value in metrics.items()]})

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
        elif job.request.get('GenerateCandidateDefinitionsOnly'):
            job.complete('CandidateDefinitionsGenerated')
        elif job.best_candidate is None:
            reasons = '; '.join(each.get('FailureReason', '') for each in job.candidates)
            job.fail(f'AlgorithmError: no candidate could be trained: {reasons}')
        else:
            self._deploy()
            job.complete('MaxCandidatesReached' if job.criteria.get('MaxCandidates') else 'Completed')

    def _deploy(self):
        """Puts the endpoint into the description of the job. The stand-in has no endpoints."""
        deployment = self._job.request.get('ModelDeployConfig')
        if deployment:
            self._job.enter('DeployingModel')
            self._job.endpoint_name = deployment.get('EndpointName') or f'automl-{self._job.name}'
