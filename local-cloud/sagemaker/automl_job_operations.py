"""The operations of the API on AutoML jobs. The API cannot delete them."""
from .automl_job import AutoMLJobV1, AutoMLJobV2
from .errors import ServiceError, validation
from .listing import listed, page
from .request_check import known_members
from .rules import check_automl_job, check_automl_job_v2


class AutoMLJobOperations:
    def __init__(self, arn_prefix, start_job):
        # The keys are names in lower case: to the service, names that differ only in case are the same.
        self.jobs = {}
        self._arn_prefix = f'{arn_prefix}:automl-job/'
        self._start_job = start_job
        self.handlers = {
            'CreateAutoMLJob': lambda request, unknown: self._create(AutoMLJobV1, check_automl_job, request, unknown),
            'CreateAutoMLJobV2': lambda request, unknown: self._create(AutoMLJobV2, check_automl_job_v2, request, unknown),
            'DescribeAutoMLJob': lambda request, _: self._job(request).description(known_members('DescribeAutoMLJob')),
            'DescribeAutoMLJobV2': lambda request, _: self._job(request).description_v2(known_members('DescribeAutoMLJobV2')),
            'StopAutoMLJob': self._stop,
            'ListAutoMLJobs': lambda request, _: listed(self.jobs.values(), request, 'AutoMLJobSummaries'),
            'ListCandidatesForAutoMLJob': self._list_candidates,
        }

    def _create(self, job_class, check, request, unknown_members):
        check(request)
        name = request['AutoMLJobName']
        arn = self._arn_prefix + name.lower()
        if name.lower() in self.jobs:
            raise ServiceError('ResourceInUse', 'AutoML Job name must be unique within an AWS account and region, '
                                                f'and a job with this name already exists ({arn})')
        job = self.jobs[name.lower()] = job_class(arn, request, unknown_members)
        self._start_job(job)
        return {'AutoMLJobArn': job.arn}

    def _stop(self, request, _):
        job = self._job(request)
        if job.has_ended:
            raise validation(f'The request was rejected because the AutoML job is in status {job.status}')
        job.stop()

    def _list_candidates(self, request, _):
        job = self._job(request)
        candidates = [each for each in self._sorted(job, request.get('SortBy', 'CreationTime'))
                      if request.get('StatusEquals', each['CandidateStatus']) == each['CandidateStatus']
                      and request.get('CandidateNameEquals', each['CandidateName']) == each['CandidateName']]
        if request.get('SortOrder', 'Ascending') == 'Descending':
            candidates.reverse()
        return page(candidates, request, 'Candidates')

    def _sorted(self, job, by):
        if by == 'FinalObjectiveMetricValue':
            # Ascending by value. The leaderboard begins with the best, which may be the highest or the lowest.
            return job.leaderboard if job.metric_type == 'Minimize' else job.leaderboard[::-1]
        member = {'CreationTime': 'CreationTime', 'Status': 'CandidateStatus'}[by]
        return sorted(job.candidates, key=lambda each: each[member])

    def _job(self, request):
        job = self.jobs.get(request['AutoMLJobName'].lower())
        if job is None:
            raise ServiceError('ResourceNotFound', f"Amazon SageMaker can't find an AutoML job called {request['AutoMLJobName']}.")
        return job
