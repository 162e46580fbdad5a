"""Predicts with the model archives of an AutoML candidate, one after the other, as its containers would: predict.py CONTENT_TYPE CONTAINERS, in JSON.

The standard input is a JSON list of requests in Base64, the standard output one of the answers of the last archive.
"""
import base64
import importlib.util
import io
import json
import os
import sys
import tarfile
import tempfile
from unittest.mock import patch

import boto3


def load(container):
    uri = container['ModelDataUrl']
    folder = tempfile.mkdtemp()
    bucket, key = uri.removeprefix('s3://').split('/', 1)
    archive = boto3.client('s3').get_object(Bucket=bucket, Key=key)['Body'].read()
    tarfile.open(fileobj=io.BytesIO(archive)).extractall(folder, filter='data')
    spec = importlib.util.spec_from_file_location('inference', f'{folder}/code/inference.py')
    inference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(inference)
    return container.get('Environment') or {}, inference, inference.model_fn(folder)


def answer(containers, body, content_type):
    for environment, inference, model in containers:
        with patch.dict(os.environ, environment):
            body = inference.output_fn(inference.predict_fn(inference.input_fn(body, content_type), model), 'text/csv').encode()
        content_type = 'text/csv'
    return body.decode()


def main(content_type, definitions):
    containers = [load(container) for container in json.loads(definitions)]
    print(json.dumps([answer(containers, base64.b64decode(request), content_type) for request in json.load(sys.stdin)]))


main(*sys.argv[1:])
