"""Lets the SageMaker stand-in put events of SageMaker, which EventBridge takes from no other client."""
from ministack.services import eventbridge

put_events = eventbridge._put_events


def _put_events(data, allow_aws_source=False):
    is_sagemaker = all(entry.get('Source') == 'aws.sagemaker' for entry in data.get('Entries', []))
    return put_events(data, allow_aws_source or is_sagemaker)


def install():
    eventbridge._put_events = _put_events
