"""An AutoML job, and its candidates."""
import time

from .job import Job, present

# Without a limit the service lets a job run for 30 days.
LONGEST_SECONDS = 30 * 24 * 3600
CONFIG_MEMBERS_OF_V2 = ('CompletionCriteria', 'CandidateGenerationConfig', 'Mode')


class AutoMLJob(Job):
    name_member = 'AutoMLJobName'

    def __init__(self, arn, request, unknown_members=()):
        super().__init__(arn, request, unknown_members)
        self.secondary_status = 'Starting'
        self.history = ['Starting']
        self.candidates = []
        self.problem_type = self.metric_name = self.metric_type = None
        self.artifacts = self.endpoint_name = None
        self.is_out_of_time = False

    @property
    def config(self):
        return self.request.get('AutoMLJobConfig') or {}

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
        """The answer of DescribeAutoMLJob: the request, without members that the service does not know, and the state."""
        request = {key: value for key, value in self.request.items() if key in known_members}
        resolved = self._resolved('ProblemType', self.problem_type)
        return {**request, **self._state(), **present({'ResolvedAttributes': resolved})}

    def description_v2(self, known_members):
        """The answer of DescribeAutoMLJobV2 for a job of CreateAutoMLJob."""
        request = {key: value for key, value in self.request.items() if key in known_members}
        channels = self.request['InputDataConfig']
        tabular = {
            **{key: value for key, value in self.config.items() if key in CONFIG_MEMBERS_OF_V2},
            **present({
                'GenerateCandidateDefinitionsOnly': self.request.get('GenerateCandidateDefinitionsOnly'),
                'ProblemType': self.request.get('ProblemType'),
                'TargetAttributeName': channels[0]['TargetAttributeName'],
                'SampleWeightAttributeName': channels[0].get('SampleWeightAttributeName'),
            }),
        }
        not_of_channels = ('TargetAttributeName', 'SampleWeightAttributeName')
        resolved = self._resolved('AutoMLProblemTypeResolvedAttributes',
                                  self.problem_type and {'TabularResolvedAttributes': {'ProblemType': self.problem_type}})
        return {
            **request, **self._state(),
            'AutoMLJobInputDataConfig': [
                {key: value for key, value in channel.items() if key not in not_of_channels} for channel in channels],
            'AutoMLProblemTypeConfig': {'TabularJobConfig': tabular},
            'AutoMLProblemTypeConfigName': 'Tabular',
            **present({
                'DataSplitConfig': self.config.get('DataSplitConfig'),
                'SecurityConfig': self.config.get('SecurityConfig'),
                'ResolvedAttributes': resolved,
            }),
        }

    def _resolved(self, problem_member, problem):
        return problem and {
            'AutoMLJobObjective': {'MetricName': self.metric_name}, problem_member: problem, 'CompletionCriteria': self.criteria}

    def _state(self):
        return {**self.summary(), **present({
            'BestCandidate': self.best_candidate,
            'AutoMLJobArtifacts': self.artifacts,
            'ModelDeployResult': self.endpoint_name and {'EndpointName': self.endpoint_name},
        })}

    def record(self):
        return {**super().record(), **present({
            'BestCandidate': self.best_candidate, 'Candidates': self.leaderboard, 'SecondaryStatuses': self.history})}
