"""Requests as a role: ministack asks no policies, so this does.

Who sends the ARN of a role as its session token may do what the policies of that role allow. Functions do, and so do the scripts of
jobs. All other requests pass, as they do without this, and so do those as roles that no stack has made, and those of services
that are not here. The stand-in for SageMaker asks IAM, with SimulatePrincipalPolicy, to which this adds the conditions.
"""
import json
from urllib.parse import unquote

from ministack import app
from ministack.core import iam_actions, iam_evaluator, lambda_runtime
from ministack.core.responses import get_account_id, get_region
from ministack.services import iam, lambda_svc, s3

from .policies import effects

TOKEN = 'x-amz-security-token'
SERVICES = ('cloudformation', 'ec2', 'logs', 'states')

handle_s3_request = s3.handle_request
execution_credentials = lambda_runtime.execution_credentials


def refusal(role_arn, action, resource, context):
    """Why a role may not do something, in the words of IAM, or None if it may."""
    role = iam._roles.get(role_arn.rsplit('/', 1)[-1]) if ':role/' in role_arn else None
    found = {'Allow'} if role is None else effects(_statements(role), action, resource, context)
    if found == {'Allow'}:
        return None
    why = 'with an explicit deny in an identity-based policy' if found else f'because no identity-based policy allows the {action} action'
    return f'User: {role_arn} is not authorized to perform: {action} on resource: {resource} {why}'


def _statements(role):
    """Those of the inline and the attached policies of a role."""
    attached = (iam_evaluator._resolve_managed_policy_document(arn, get_account_id()) for arn in role['AttachedPolicies'])
    documents = [*role['InlinePolicies'].values(), *filter(None, attached)]
    return [statement for document in documents for statement in _parsed(document).get('Statement', [])]


def _parsed(document):
    return json.loads(unquote(document)) if isinstance(document, str) else document


def _role_of(headers):
    return next((value for name, value in headers.items() if name.lower() == TOKEN), '')


async def _handle_s3_as_role(method, path, headers, body, query_params, *args, **options):
    refused = refusal(_role_of(headers), *_asked_of_s3(method, unquote(path), query_params))
    if refused:
        return s3._error('AccessDenied', refused, 403)
    return await handle_s3_request(method, path, headers, body, query_params, *args, **options)


def _asked_of_s3(method, path, query):
    """The action, resource and condition keys of a request whose path begins with the bucket."""
    bucket, _, key = path.lstrip('/').partition('/')
    arn = f'arn:aws:s3:::{bucket}'
    if not key and 'notification' in query:
        return f"s3:{'Get' if method == 'GET' else 'Put'}BucketNotification", arn, {}
    if not key:
        prefix = query.get('prefix')
        return 's3:ListBucket', arn, {'s3:prefix': prefix[0] if isinstance(prefix, list) else prefix or ''}
    if method in ('GET', 'HEAD'):
        action = 's3:GetObject'
    elif method == 'DELETE':
        action = 's3:AbortMultipartUpload' if 'uploadId' in query else 's3:DeleteObject'
    else:
        action = 's3:PutObject'
    return action, f'{arn}/{key}', {}


def _as_role(service, handle):
    async def handle_as_role(method, path, headers, body, query_params):
        role_arn = _role_of(headers)
        parameters = app._routing_params(method, path, headers, body, query_params)
        action = iam_actions.extract_iam_action(service, method, path, headers, body, parameters)
        if role_arn and action:
            arn = iam_actions.extract_resource_arn(service, method, path, headers, body, parameters, get_region(), get_account_id())
            refused = refusal(role_arn, action, _log_streams(arn, body) if service == 'logs' else arn, {})
            if refused:
                return iam_actions.access_denied_response(service, action, role_arn, '', message=refused, error_code='AccessDenied', headers=headers)
        return await handle(method, path, headers, body, query_params)
    return handle_as_role


def _log_streams(log_group_arn, body):
    """Calls on streams are of one of them, or of all that a log group has."""
    stream = json.loads(body).get('logStreamName')
    return f'{log_group_arn}:log-stream:{stream}' if stream else f'{log_group_arn}:'


def _credentials_of_role(config):
    return {**execution_credentials(config), 'AWS_SESSION_TOKEN': config.get('Role', '')}


def _simulate_principal_policy(parameters):
    """As that of ministack, with all resources and the condition keys; one that has several values has the first."""
    role_arn, keys = iam._p(parameters, 'PolicySourceArn'), _members(parameters, 'ContextEntries.member.{}.ContextKeyName')
    values = [iam._p(parameters, f'ContextEntries.member.{index}.ContextKeyValues.member.1') for index in range(1, len(keys) + 1)]
    results = ''.join(
        f'<member><EvalActionName>{action}</EvalActionName><EvalResourceName>{resource}</EvalResourceName>'
        f'<EvalDecision>{_decision(refusal(role_arn, action, resource, dict(zip(keys, values))))}</EvalDecision></member>'
        for action in _members(parameters, 'ActionNames.member.{}')
        for resource in _members(parameters, 'ResourceArns.member.{}') or ['*'])
    return iam._xml(200, 'SimulatePrincipalPolicyResponse', '<SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated>'
                    f'<EvaluationResults>{results}</EvaluationResults></SimulatePrincipalPolicyResult>', ns='iam')


def _decision(refused):
    if refused is None:
        return 'allowed'
    return 'explicitDeny' if 'explicit deny' in refused else 'implicitDeny'


def _members(parameters, name):
    members = []
    while value := iam._p(parameters, name.format(len(members) + 1)):
        members.append(value)
    return members


def install():
    s3.handle_request = _handle_s3_as_role
    for service in SERVICES:
        app.SERVICE_HANDLERS[service] = _as_role(service, app.SERVICE_HANDLERS[service])
    lambda_runtime.execution_credentials = lambda_svc.execution_credentials = _credentials_of_role
    iam._IAM_HANDLERS['SimulatePrincipalPolicy'] = _simulate_principal_policy
