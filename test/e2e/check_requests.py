"""Reads requests of CreateAutoMLJobV2, one a line, and writes for each what is to be had against it, one JSON text a line.

botocore's own validator knows types and required members. Lengths, ranges, patterns and sets of values are in its service model alone, and what the
documentation says in prose is in the rules of the local cloud.
"""
import json
import sys

from botocore.validate import ParamValidator

from sagemaker.errors import ServiceError
from sagemaker.request_check import check_request, service_model
from sagemaker.rules import check_automl_job_v2

OPERATION = 'CreateAutoMLJobV2'


def complaint(request):
    report = ParamValidator().validate(request, service_model().operation_model(OPERATION).input_shape)
    if report.has_errors():
        return report.generate_report()
    try:
        unknown = check_request(OPERATION, request)
        check_automl_job_v2(request)
    except ServiceError as error:
        return str(error)
    return f'unknown: {unknown}' if unknown else ''


for line in sys.stdin:
    print(json.dumps(complaint(json.loads(line))))
