"""The operations of the API on processing jobs and their tags."""
import threading

from .errors import ServiceError, validation
from .job import Job
from .request_check import check_request, service_model
from .rules import check_processing_job, check_tag_keys

MAX_TAGS = 50


class Operations:
    def __init__(self, region, account, start_job):
        self.jobs = {}
        self._arn_prefix = f'arn:aws:sagemaker:{region}:{account}:processing-job/'
        self._start_job = start_job
        self._lock = threading.Lock()
        self._handlers = {
            'CreateProcessingJob': self._create,
            'DescribeProcessingJob': self._describe,
            'StopProcessingJob': self._stop,
            'DeleteProcessingJob': self._delete,
            'ListProcessingJobs': self._list,
            'AddTags': self._add_tags,
            'DeleteTags': self._delete_tags,
            'ListTags': self._list_tags,
        }

    def call(self, operation, request):
        handler = self._handlers.get(operation)
        if handler is None:
            raise ServiceError('UnknownOperationException', f'The local cloud does not know the operation {operation}')
        unknown_members = check_request(operation, request)
        with self._lock:
            return handler(request, unknown_members)

    def add_ended_job(self, request, status):
        """A job that someone else ran, for tests: it is there, and nothing runs."""
        job = Job(self._arn(request['ProcessingJobName']), request)
        job.status = status
        with self._lock:
            self.jobs[job.name] = job
        return job

    def _create(self, request, unknown_members):
        check_processing_job(request)
        name = request['ProcessingJobName']
        if name in self.jobs:
            raise ServiceError('ResourceInUse', 'Job name must be unique within an AWS account and region, '
                                                f'and a job with this name already exists ({self._arn(name)})')
        job = self.jobs[name] = Job(self._arn(name), request, unknown_members)
        self._start_job(job)
        return {'ProcessingJobArn': job.arn}

    def _describe(self, request, _):
        known_members = service_model().operation_model('DescribeProcessingJob').output_shape.members
        return self._job(request).description(known_members)

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
        jobs = [job for job in self.jobs.values()
                if request.get('NameContains', '') in job.name and request.get('StatusEquals', job.status) == job.status]
        jobs.sort(key=lambda job: job.created, reverse=request.get('SortOrder') == 'Descending')
        first = int(request.get('NextToken', '0'))
        last = first + request.get('MaxResults', 10)
        answer = {'ProcessingJobSummaries': [job.summary() for job in jobs[first:last]]}
        return {**answer, 'NextToken': str(last)} if last < len(jobs) else answer

    def _add_tags(self, request, _):
        job = self._tagged_job(request)
        check_tag_keys([tag['Key'] for tag in request['Tags']])
        tags = {**job.tags, **{tag['Key']: tag['Value'] for tag in request['Tags']}}
        if len(tags) > MAX_TAGS:
            raise validation(f'The number of tags of {job.arn} would exceed the limit of {MAX_TAGS}')
        job.tags = tags
        return {'Tags': _tag_list(tags)}

    def _delete_tags(self, request, _):
        job = self._tagged_job(request)
        job.tags = {key: value for key, value in job.tags.items() if key not in request['TagKeys']}
        return {}

    def _list_tags(self, request, _):
        return {'Tags': _tag_list(self._tagged_job(request).tags)}

    def _job(self, request):
        job = self.jobs.get(request['ProcessingJobName'])
        if job is None:
            raise validation(f"Could not find requested job with name: {request['ProcessingJobName']}")
        return job

    def _tagged_job(self, request):
        arn = request['ResourceArn']
        job = next((each for each in self.jobs.values() if each.arn == arn.lower()), None)
        if job is None:
            raise validation(f"Could not find requested job with name: {arn.rsplit('/', 1)[-1]}")
        return job

    def _rejected(self, job):
        return validation(f'The request was rejected because the processing job is in status {job.status}')

    def _arn(self, name):
        # ARNs hold the name in lower case, as the service writes them.
        return self._arn_prefix + name.lower()


def _tag_list(tags):
    return [{'Key': key, 'Value': value} for key, value in tags.items()]
