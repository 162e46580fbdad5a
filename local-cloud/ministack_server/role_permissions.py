"""Requests to S3 as the role of a job: ministack asks no policies, so this does.

Who sends the ARN of a role as its session token may do what the policies of that role allow. All other requests pass, as
they do without this, and those as roles that no stack has made.
"""
import json
from urllib.parse import unquote

from ministack.services import iam, s3

from .policies import allows

TOKEN = 'x-amz-security-token'

handle_request = s3.handle_request


async def handle_as_role(method, path, headers, body, query_params, *args, **options):
    token = next((value for name, value in headers.items() if name.lower() == TOKEN), '')
    role = iam._roles.get(token.rsplit('/', 1)[-1]) if ':role/' in token else None
    if role is not None:
        action, resource, context = _asked(method, unquote(path), query_params)
        if not allows(_statements(role), action, resource, context):
            return s3._error('AccessDenied', f'User: {token} is not authorized to perform: {action} on resource: "{resource}" because no '
                             f'identity-based policy allows the {action} action', 403)
    return await handle_request(method, path, headers, body, query_params, *args, **options)


def _asked(method, path, query):
    """The action, resource and condition keys of a request whose path begins with the bucket."""
    bucket, _, key = path.lstrip('/').partition('/')
    arn = f'arn:aws:s3:::{bucket}'
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


def _statements(role):
    """Those of the inline and the attached policies of a role."""
    documents = [*role['InlinePolicies'].values(), *map(_document, role['AttachedPolicies'])]
    return [statement for document in documents for statement in _parsed(document).get('Statement', [])]


def _document(policy_arn):
    policy = iam._policies.get(policy_arn)
    return policy['Versions'][policy['DefaultVersionId']]['Document'] if policy else {}


def _parsed(document):
    return json.loads(unquote(document)) if isinstance(document, str) else document


def install():
    s3.handle_request = handle_as_role
