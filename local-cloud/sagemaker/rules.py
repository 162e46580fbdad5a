"""The rules of a request that are not in the service model: its documentation states them in prose."""
from .errors import validation

CSV = 'text/csv;header=present'
METRICS = {
    'BinaryClassification': ('Accuracy', 'AUC', 'BalancedAccuracy', 'F1', 'Precision', 'Recall'),
    'MulticlassClassification': ('Accuracy', 'BalancedAccuracy', 'F1macro', 'PrecisionMacro', 'RecallMacro'),
    'Regression': ('MAE', 'MSE', 'R2', 'RMSE'),
}
ALGORITHMS = {
    'ENSEMBLING': ('catboost', 'extra-trees', 'fastai', 'lightgbm', 'linear-learner', 'nn-torch', 'randomforest', 'xgboost'),
    'HYPERPARAMETER_TUNING': ('linear-learner', 'mlp', 'xgboost'),
}


def check_processing_job(request):
    for item in request.get('ProcessingInputs') or []:
        _check_input(item)
    for item in (request.get('ProcessingOutputConfig') or {}).get('Outputs') or []:
        _check_output(item)
    _check_instances(request['ProcessingResources']['ClusterConfig'])
    check_tag_keys([tag['Key'] for tag in request.get('Tags') or []])


def check_automl_job(request):
    channels = request['InputDataConfig']
    kinds = [channel.get('ChannelType') or 'training' for channel in channels]
    if sorted(kinds) not in (['training'], ['training', 'validation']):
        raise validation('InputDataConfig must have one training channel, and at most one validation channel')
    if len({channel['TargetAttributeName'] for channel in channels}) > 1:
        raise validation('TargetAttributeName must be the same for all channels')
    if len({channel.get('ContentType') or CSV for channel in channels}) > 1:
        raise validation('ContentType must be the same for all channels')
    config = request.get('AutoMLJobConfig') or {}
    if len(channels) > 1 and (config.get('DataSplitConfig') or {}).get('ValidationFraction') is not None:
        raise validation('ValidationFraction must not be specified together with a validation channel')
    problem = request.get('ProblemType')
    objective = (request.get('AutoMLJobObjective') or {}).get('MetricName')
    if (problem is None) != (objective is None):
        raise validation('ProblemType and AutoMLJobObjective must be specified together')
    if problem and objective not in METRICS[problem]:
        raise validation(f'Objective metric {objective} is not supported for problem type {problem}')
    mode = config.get('Mode') or 'AUTO'
    algorithms = [each for entry in (config.get('CandidateGenerationConfig') or {}).get('AlgorithmsConfig') or []
                  for each in entry['AutoMLAlgorithms']]
    wrong = [each for each in algorithms if each not in ALGORITHMS.get(mode, ())]
    if wrong:
        raise validation(f"Algorithms {', '.join(wrong)} are not supported in mode {mode}")
    if mode != 'ENSEMBLING' and any(channel.get('SampleWeightAttributeName') for channel in channels):
        raise validation('SampleWeightAttributeName is only supported in mode ENSEMBLING')
    deploy = request.get('ModelDeployConfig')
    if deploy is not None and bool(deploy.get('AutoGenerateEndpointName')) == bool(deploy.get('EndpointName')):
        raise validation('Exactly one of AutoGenerateEndpointName and EndpointName must be specified')
    check_tag_keys([tag['Key'] for tag in request.get('Tags') or []])


def check_model(request):
    if bool(request.get('PrimaryContainer')) == bool(request.get('Containers')):
        raise validation('Exactly one of PrimaryContainer and Containers must be specified')
    if not request.get('ExecutionRoleArn'):
        raise validation('ExecutionRoleArn must be specified')
    for container in request.get('Containers') or [request['PrimaryContainer']]:
        if not container.get('Image') and not container.get('ModelPackageName'):
            raise validation('Image or ModelPackageName must be specified for each container')
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
