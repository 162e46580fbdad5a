"""Reads requests of CreateAutoMLJobV2, one a line, and writes for each what botocore and its service model have against it, one JSON text a line.

botocore's own validator knows types and required members. Lengths, ranges, patterns and sets of values are in its service model alone.
"""
import json
import sys

from botocore.validate import ParamValidator

from sagemaker.errors import ServiceError
from sagemaker.request_check import check_request, service_model

OPERATION = 'CreateAutoMLJobV2'


def complaint(request):
    report = ParamValidator().validate(request, service_model().operation_model(OPERATION).input_shape)
    if report.has_errors():
        return report.generate_report()
    try:
        unknown = check_request(OPERATION, request)
    except ServiceError as error:
        return str(error)
    return f'unknown: {unknown}' if unknown else ''


for line in sys.stdin:
    print(json.dumps(complaint(json.loads(line))))
