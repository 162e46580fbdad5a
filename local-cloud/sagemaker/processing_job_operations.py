"""The operations of the API on processing jobs."""
from .errors import ServiceError, validation
from .listing import listed
from .processing_job import ProcessingJob
from .request_check import known_members
from .rules import check_processing_job


class ProcessingJobOperations:
    def __init__(self, arn_prefix, start_job, status_changed):
        self.jobs = {}
        self._arn_prefix = f'{arn_prefix}:processing-job/'
        self._start_job = start_job
        self._status_changed = status_changed
        self.handlers = {
            'CreateProcessingJob': self._create,
            'DescribeProcessingJob': self._describe,
            'StopProcessingJob': self._stop,
            'DeleteProcessingJob': self._delete,
            'ListProcessingJobs': self._list,
        }

    def add_ended_job(self, request, status):
        """Adds the record of a job that somebody else has run, for tests."""
        job = ProcessingJob(self._arn(request['ProcessingJobName']), request)
        job.status = status
        self.jobs[job.name] = job
        return job

    def _create(self, request, unknown_members):
        check_processing_job(request)
        name = request['ProcessingJobName']
        if name in self.jobs:
            raise ServiceError('ResourceInUse', 'Job name must be unique within an AWS account and region, '
                                                f'and a job with this name already exists ({self._arn(name)})')
        job = self.jobs[name] = ProcessingJob(self._arn(name), request, unknown_members, self._status_changed)
        self._status_changed(job)
        self._start_job(job)
        return {'ProcessingJobArn': job.arn}

    def _describe(self, request, _):
        return self._job(request).description(known_members('DescribeProcessingJob'))

    def _stop(self, request, _):
        job = self._job(request)
        if job.has_ended:
            raise self._rejected(job)
        job.stop()

    def _delete(self, request, _):
        job = self._job(request)
        if not job.has_ended:
            raise self._rejected(job)
        del self.jobs[job.name]

    def _list(self, request, _):
        return listed(self.jobs.values(), request, 'ProcessingJobSummaries')

    def _job(self, request):
        job = self.jobs.get(request['ProcessingJobName'])
        if job is None:
            raise validation(f"Could not find requested job with name: {request['ProcessingJobName']}")
        return job

    def _rejected(self, job):
        return validation(f'The request was rejected because the processing job is in status {job.status}')

    def _arn(self, name):
        # The service writes names in ARNs in lower case.
        return self._arn_prefix + name.lower()
