"""The resource types of SageMaker that CloudFormation makes by itself: AWS::SageMaker::ModelPackageGroup."""
from ministack.services.cloudformation import provisioners

from .sagemaker_calls import SageMakerError, call

ADMINISTRATOR = ''


def _create_group(logical_id, properties, stack_name):
    request = {key: properties[key] for key in ('ModelPackageGroupName', 'ModelPackageGroupDescription', 'Tags') if key in properties}
    arn = _call('createModelPackageGroup', request)['ModelPackageGroupArn']
    return arn, {'ModelPackageGroupArn': arn}


def _delete_group(physical_id, properties):
    _call('deleteModelPackageGroup', {'ModelPackageGroupName': properties['ModelPackageGroupName']})


def _call(operation, request):
    try:
        return call(operation, request, ADMINISTRATOR)
    except SageMakerError as error:
        # CloudFormation shows the text of an error as the reason.
        raise ValueError(f'{error.message} (Service: SageMaker, Status Code: {error.status})') from None


def install():
    provisioners._RESOURCE_HANDLERS['AWS::SageMaker::ModelPackageGroup'] = {'create': _create_group, 'delete': _delete_group}
