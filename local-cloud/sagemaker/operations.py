"""The operations of the API: those on jobs, models and model packages, and on the tags of all of them."""
import threading

from .automl_job_operations import AutoMLJobOperations
from .errors import ServiceError, validation
from .model_operations import ModelOperations
from .model_package_operations import ModelPackageOperations
from .permissions import Permissions
from .processing_job_operations import ProcessingJobOperations
from .request_check import check_request
from .rules import check_tag_keys

MAX_TAGS = 50


class Operations:
    def __init__(self, region, account, start_job, status_changed, object_exists, iam):
        arn_prefix = f'arn:aws:sagemaker:{region}:{account}'
        self.processing_jobs = ProcessingJobOperations(arn_prefix, start_job, status_changed)
        self.automl_jobs = AutoMLJobOperations(arn_prefix, start_job)
        self.models = ModelOperations(arn_prefix, object_exists)
        self.model_packages = ModelPackageOperations(arn_prefix, object_exists)
        self._permissions = Permissions(iam, arn_prefix)
        self._lock = threading.Lock()
        self._resources = (self.processing_jobs.jobs, self.automl_jobs.jobs, self.models.models, self.model_packages.groups, self.model_packages.packages)
        self._handlers = {
            **self.processing_jobs.handlers,
            **self.automl_jobs.handlers,
            **self.models.handlers,
            **self.model_packages.handlers,
            'AddTags': self._add_tags,
            'DeleteTags': self._delete_tags,
            'ListTags': self._list_tags,
        }

    @property
    def jobs(self):
        """The jobs of all kinds."""
        return [*self.processing_jobs.jobs.values(), *self.automl_jobs.jobs.values()]

    def call(self, operation, request, role_arn=None):
        """Answers a call by a role, or by somebody who may do everything."""
        handler = self._handlers.get(operation)
        if handler is None:
            raise ServiceError('UnknownOperationException', f'The local cloud does not know the operation {operation}')
        unknown_members = check_request(operation, request)
        if role_arn:
            self._permissions.check(role_arn, operation, request, self._tags_of)
        with self._lock:
            return handler(request, unknown_members)

    def forget_everything(self):
        with self._lock:
            for resources in self._resources:
                resources.clear()

    def _add_tags(self, request, _):
        resource = self._tagged(request)
        check_tag_keys([tag['Key'] for tag in request['Tags']])
        tags = {**resource.tags, **{tag['Key']: tag['Value'] for tag in request['Tags']}}
        if len(tags) > MAX_TAGS:
            raise validation(f'The number of tags of {resource.arn} would exceed the limit of {MAX_TAGS}')
        resource.tags = tags
        return {'Tags': _tag_list(tags)}

    def _delete_tags(self, request, _):
        resource = self._tagged(request)
        resource.tags = {key: value for key, value in resource.tags.items() if key not in request['TagKeys']}
        return {}

    def _list_tags(self, request, _):
        return {'Tags': _tag_list(self._tagged(request).tags)}

    def _tags_of(self, arn):
        with self._lock:
            resource = self._resource(arn)
            return {} if resource is None else resource.tags

    def _resource(self, arn):
        return next((each for resources in self._resources for each in resources.values() if each.arn.lower() == arn.lower()), None)

    def _tagged(self, request):
        arn = request['ResourceArn']
        resource = self._resource(arn)
        if resource is None:
            what = f'model "{arn}"' if ':model/' in arn else f"requested job with name: {arn.rsplit('/', 1)[-1]}"
            raise validation(f'Could not find {what}')
        return resource


def _tag_list(tags):
    return [{'Key': key, 'Value': value} for key, value in tags.items()]
