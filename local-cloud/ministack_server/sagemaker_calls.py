"""Calls of the SageMaker stand-in by services of ministack, each as a role."""
import json
import os
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen


class SageMakerError(Exception):
    def __init__(self, code, message, status):
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def call(operation, request, role_arn):
    """The answer to a call. The operation is spelled as in an integration: createProcessingJob."""
    headers = {'X-Amz-Target': f'SageMaker.{operation[0].upper()}{operation[1:]}', 'X-Amz-Security-Token': role_arn}
    try:
        with urlopen(Request(os.environ['AWS_ENDPOINT_URL_SAGEMAKER'], json.dumps(request).encode(), headers, method='POST')) as response:
            return json.loads(response.read() or b'{}')
    except HTTPError as error:
        body = json.loads(error.read())
        raise SageMakerError(body['__type'], body.get('message') or body.get('Message'), error.code) from None
    except (HTTPException, OSError, URLError) as error:
        raise SageMakerError('SdkClientException', f'Unable to execute HTTP request: {error}', 500) from None
