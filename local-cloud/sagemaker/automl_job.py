"""AutoML jobs, and their candidates."""
import time

from .errors import validation

from .job import Job, present

# Without a limit the service lets a job run for 30 days.
LONGEST_SECONDS = 30 * 24 * 3600
CONFIG_MEMBERS_OF_TABLES = ('CompletionCriteria', 'CandidateGenerationConfig', 'Mode')
MEMBERS_OF_TABLES = ('TargetAttributeName', 'SampleWeightAttributeName')


class AutoMLJob(Job):
    """A job of either Create call. What differs between the requests is read as in those of CreateAutoMLJobV2."""

    name_member = 'AutoMLJobName'
    problem = channels = config = split = None

    def __init__(self, arn, request, unknown_members=()):
        super().__init__(arn, request, unknown_members)
        self.secondary_status = 'Starting'
        self.history = ['Starting']
        self.candidates = []
        self.problem_type = self.metric_name = self.metric_type = None
        self.artifacts = self.endpoint_name = None
        self.is_out_of_time = False

    @property
    def criteria(self):
        return self.config.get('CompletionCriteria') or {}

    @property
    def max_runtime_seconds(self):
        return self.criteria.get('MaxAutoMLJobRuntimeInSeconds') or LONGEST_SECONDS

    @property
    def best_candidate(self):
        ended = [each for each in self.candidates if each['CandidateStatus'] == 'Completed']
        return min(ended, key=self._rank, default=None)

    @property
    def leaderboard(self):
        """All candidates, the best first and those without a metric last."""
        return sorted(self.candidates, key=self._rank)

    def enter(self, secondary_status):
        with self._lock:
            if self.status == 'InProgress':
                self._set_secondary(secondary_status)
                self.modified = time.time()

    def resolve(self, problem_type, metric_name, metric_type):
        with self._lock:
            self.problem_type, self.metric_name, self.metric_type = problem_type, metric_name, metric_type

    def put_candidate(self, candidate):
        with self._lock:
            others = [each for each in self.candidates if each['CandidateName'] != candidate['CandidateName']]
            self.candidates = [*others, candidate]
            self.modified = time.time()

    def deploy(self):
        """Puts the endpoint into the description, if the request asks for one. The stand-in has no endpoints."""
        deployment = self.request.get('ModelDeployConfig')
        if deployment:
            self.enter('DeployingModel')
            self.endpoint_name = deployment.get('EndpointName') or f'automl-{self.name}'

    def run_out_of_time(self):
        self.is_out_of_time = True
        self.stop_requested.set()

    def stop(self):
        super().stop()
        with self._lock:
            if self.status == 'Stopping':
                self._set_secondary('Stopping')

    def complete(self, secondary_status='Completed'):
        self._end_all('Completed', secondary_status)

    def fail(self, reason):
        self._end_all('Failed', 'Failed', reason)

    def stopped(self):
        self._end_all('Stopped', 'Stopped')

    def _end_all(self, status, secondary_status, reason=None):
        with self._lock:
            self._set_secondary('Stopped' if self.status == 'Stopping' else secondary_status)
            now = time.time()
            self.candidates = [
                {**each, 'CandidateStatus': 'Stopped', 'ObjectiveStatus': 'Failed', 'EndTime': now, 'LastModifiedTime': now}
                if each['CandidateStatus'] == 'InProgress' else each for each in self.candidates]
            self._end(status, reason)

    def _set_secondary(self, secondary_status):
        self.secondary_status = secondary_status
        self.history.append(secondary_status)

    def _rank(self, candidate):
        metric = candidate.get('FinalAutoMLJobObjectiveMetric')
        if metric is None:
            return float('inf')
        return metric['Value'] if self.metric_type == 'Minimize' else -metric['Value']

    def summary(self):
        return present({
            'AutoMLJobName': self.name,
            'AutoMLJobArn': self.arn,
            'AutoMLJobStatus': self.status,
            'AutoMLJobSecondaryStatus': self.secondary_status,
            'CreationTime': self.created,
            'EndTime': self.ended,
            'LastModifiedTime': self.modified,
            'FailureReason': self.failure_reason,
        })

    def description(self, known_members):
        """The answer of DescribeAutoMLJob."""
        raise NotImplementedError

    def description_v2(self, known_members):
        """The answer of DescribeAutoMLJobV2: the request, without members that the service does not know, and the state."""
        request = {key: value for key, value in self.request.items() if key in known_members}
        return {
            **request, **self._state(),
            'AutoMLJobInputDataConfig': self.channels,
            'AutoMLProblemTypeConfig': {f'{self.problem}JobConfig': self.config},
            'AutoMLProblemTypeConfigName': self.problem,
            **present({
                'DataSplitConfig': self.split,
                'ResolvedAttributes': self._resolved('AutoMLProblemTypeResolvedAttributes', self._resolved_problem()),
            }),
        }

    def _resolved_problem(self):
        return self.problem_type and {'TabularResolvedAttributes': {'ProblemType': self.problem_type}}

    def _resolved(self, problem_member, problem):
        return self.metric_name and present({
            'AutoMLJobObjective': {'MetricName': self.metric_name}, problem_member: problem, 'CompletionCriteria': self.criteria})

    def _state(self):
        return {**self.summary(), **present({
            'BestCandidate': self.best_candidate,
            'AutoMLJobArtifacts': self.artifacts,
            'ModelDeployResult': self.endpoint_name and {'EndpointName': self.endpoint_name},
        })}

    def record(self):
        return {**super().record(), **present({
            'BestCandidate': self.best_candidate, 'Candidates': self.leaderboard, 'SecondaryStatuses': self.history})}


class AutoMLJobV1(AutoMLJob):
    """A job of CreateAutoMLJob, which is for tables."""

    def __init__(self, arn, request, unknown_members=()):
        super().__init__(arn, request, unknown_members)
        channels, config = request['InputDataConfig'], request.get('AutoMLJobConfig') or {}
        self.problem = 'Tabular'
        self.channels = [{key: value for key, value in channel.items() if key not in MEMBERS_OF_TABLES} for channel in channels]
        self.split = config.get('DataSplitConfig')
        self.config = {
            **{key: value for key, value in config.items() if key in CONFIG_MEMBERS_OF_TABLES},
            **present({member: channels[0].get(member) for member in MEMBERS_OF_TABLES}),
            **present({member: request.get(member) for member in ('GenerateCandidateDefinitionsOnly', 'ProblemType')}),
        }

    def description(self, known_members):
        request = {key: value for key, value in self.request.items() if key in known_members}
        return {**request, **self._state(), **present({'ResolvedAttributes': self._resolved('ProblemType', self.problem_type)})}

    def description_v2(self, known_members):
        security = (self.request.get('AutoMLJobConfig') or {}).get('SecurityConfig')
        return {**super().description_v2(known_members), **present({'SecurityConfig': security})}


class AutoMLJobV2(AutoMLJob):
    """A job of CreateAutoMLJobV2, for one of the problems."""

    def __init__(self, arn, request, unknown_members=()):
        super().__init__(arn, request, unknown_members)
        [(member, self.config)] = present(request['AutoMLProblemTypeConfig']).items()
        self.problem = member.removesuffix('JobConfig')
        self.channels = request['AutoMLJobInputDataConfig']
        self.split = request.get('DataSplitConfig')

    def description(self, known_members):
        raise validation(f'The AutoML job {self.name} was created by CreateAutoMLJobV2. Use DescribeAutoMLJobV2.')
