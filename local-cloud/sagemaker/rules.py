"""What the service asks of a processing job beyond its model: the rules that its documentation states in prose."""
from .errors import validation


def check_processing_job(request):
    for item in request.get('ProcessingInputs') or []:
        _check_input(item)
    for item in (request.get('ProcessingOutputConfig') or {}).get('Outputs') or []:
        _check_output(item)
    _check_instances(request['ProcessingResources']['ClusterConfig'])
    check_tag_keys([tag['Key'] for tag in request.get('Tags') or []])


def check_tag_keys(keys):
    if len(set(keys)) != len(keys):
        raise validation('Duplicate tag keys found. Tag keys must be unique per resource.')
    for key in keys:
        if key.lower().startswith('aws:'):
            raise validation(f'Tag key {key} is invalid: keys must not start with aws:')


def _check_input(item):
    name = item['InputName']
    source = item.get('S3Input')
    if (source is None) == (item.get('DatasetDefinition') is None):
        raise validation(f'Exactly one of S3Input and DatasetDefinition must be specified for processing input {name}')
    if source is None:
        return
    if not item.get('AppManaged') and not (source.get('LocalPath') or '').startswith('/opt/ml/processing/'):
        raise validation(f'LocalPath of processing input {name} must begin with /opt/ml/processing/')
    if source.get('S3CompressionType') == 'Gzip' and source.get('S3InputMode') != 'Pipe':
        raise validation(f'Gzip compression of processing input {name} needs S3InputMode Pipe')


def _check_output(item):
    name = item['OutputName']
    target = item.get('S3Output')
    if (target is None) == (item.get('FeatureStoreOutput') is None):
        raise validation(f'Exactly one of S3Output and FeatureStoreOutput must be specified for processing output {name}')
    if target is None and not item.get('AppManaged'):
        raise validation(f'FeatureStoreOutput of processing output {name} is only supported when AppManaged is true')
    if target is not None and not (target.get('LocalPath') or '/').startswith('/'):
        raise validation(f'LocalPath of processing output {name} must be an absolute path')


def _check_instances(cluster):
    preferences = cluster.get('InstancePreferences') or []
    if bool(preferences) == bool(cluster.get('InstanceType')):
        raise validation('Exactly one of InstanceType and InstancePreferences must be specified')
    types = [each['InstanceType'] for each in preferences]
    if len(set(types)) != len(types):
        raise validation('An instance type can appear only once in InstancePreferences')
    with_count = [each for each in preferences if each.get('InstanceCount')]
    if preferences and len(with_count) != (0 if cluster.get('InstanceCount') else len(preferences)):
        raise validation('InstanceCount must be specified either on every instance preference or in ClusterConfig')
