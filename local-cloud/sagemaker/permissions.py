"""What IAM is asked when a role makes a call: which actions, on which resources, with which condition keys."""
from .errors import ServiceError

SERVICE = 'sagemaker.amazonaws.com'
RESOURCES = {'ProcessingJobName': 'processing-job', 'AutoMLJobName': 'automl-job', 'ModelName': 'model',
             'ModelPackageGroupName': 'model-package-group', 'ModelPackageName': 'model-package'}
# A new package gets its version later.
ANY_VERSION = '1'
ROLES = ('RoleArn', 'ExecutionRoleArn')


class Permissions:
    def __init__(self, iam, arn_prefix):
        self._iam = iam
        self._arn_prefix = arn_prefix

    def check(self, role_arn, operation, request, tags_of):
        """Raises the error of the service if the role may not make the call.

        tags_of returns the tags of the resource with an ARN.
        """
        for action, resource, context in self._asked(operation, request, tags_of):
            refused = self._refusal(role_arn, action, resource, context)
            if refused:
                raise ServiceError('AccessDeniedException', f'User: {role_arn} is not authorized to perform: {action} on resource: {resource} {refused}')

    def _asked(self, operation, request, tags_of):
        arns = self._arns(operation, request)
        if not operation.startswith('Create'):
            return [(f'sagemaker:{operation}', arn, _keys('aws:ResourceTag/', tags_of(arn))) for arn in arns]
        tags = _keys('aws:RequestTag/', {tag['Key']: tag['Value'] for tag in request.get('Tags') or []})
        tagging = [('sagemaker:AddTags', arn, {**tags, 'sagemaker:TaggingAction': operation}) for arn in arns] if tags else []
        passing = [('iam:PassRole', request[member], {'iam:PassedToService': SERVICE}) for member in ROLES if request.get(member)]
        return [*((f'sagemaker:{operation}', arn, tags) for arn in arns), *tagging, *passing]

    def _arns(self, operation, request):
        """The service writes some names in lower case in ARNs, and does not say which: a role has to be allowed both spellings."""
        if 'ResourceArn' in request:
            return [request['ResourceArn']]
        named = next(((resource, request[member]) for member, resource in RESOURCES.items() if member in request), None)
        if named is None:
            return ['*']
        resource, name = named
        if name.startswith('arn:'):
            return [name]
        if operation == 'CreateModelPackage':
            return [f'{self._arn_prefix}:{resource}/{name}', f'{self._arn_prefix}:model-package/{name.lower()}/{ANY_VERSION}']
        return [f'{self._arn_prefix}:{resource}/{spelled}' for spelled in sorted({name, name.lower()})]

    def _refusal(self, role_arn, action, resource, context):
        answer = self._iam.simulate_principal_policy(
            PolicySourceArn=role_arn, ActionNames=[action], ResourceArns=[resource],
            ContextEntries=[{'ContextKeyName': key, 'ContextKeyValues': [value], 'ContextKeyType': 'string'} for key, value in context.items()])
        decision = answer['EvaluationResults'][0]['EvalDecision']
        if decision == 'explicitDeny':
            return 'with an explicit deny in an identity-based policy'
        return None if decision == 'allowed' else f'because no identity-based policy allows the {action} action'


def _keys(prefix, tags):
    return {prefix + key: value for key, value in tags.items()}
