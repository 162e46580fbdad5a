"""The rules of a request that are not in the service model: its documentation states them in prose."""
from .errors import validation

CSV = 'text/csv;header=present'
PARQUET = 'x-application/vnd.amazon+parquet'
ANY_IMAGE = 'image/*'
METRICS = {
    'BinaryClassification': ('Accuracy', 'AUC', 'BalancedAccuracy', 'F1', 'Precision', 'Recall'),
    'MulticlassClassification': ('Accuracy', 'BalancedAccuracy', 'F1macro', 'PrecisionMacro', 'RecallMacro'),
    'Regression': ('MAE', 'MSE', 'R2', 'RMSE'),
}
ALGORITHMS = {
    'ENSEMBLING': ('catboost', 'extra-trees', 'fastai', 'lightgbm', 'linear-learner', 'nn-torch', 'randomforest', 'xgboost'),
    'HYPERPARAMETER_TUNING': ('linear-learner', 'mlp', 'xgboost'),
}
CONTENT_TYPES = {'ImageClassification': (ANY_IMAGE, 'image/jpeg', 'image/png')}
DATA_TYPES = {
    'Tabular': ('S3Prefix', 'ManifestFile'),
    'ImageClassification': ('S3Prefix', 'ManifestFile', 'AugmentedManifestFile'),
}
METRICS_OF_PROBLEMS = {
    'TimeSeriesForecasting': ('AverageWeightedQuantileLoss', 'MAPE', 'MASE', 'RMSE', 'WAPE'),
    'TextClassification': ('Accuracy',),
    'ImageClassification': ('Accuracy',),
    'TextGeneration': (),
}
FORECASTING_ALGORITHMS = ('arima', 'cnn-qr', 'deepar', 'ets', 'npts', 'prophet')
LONGEST_HORIZON = 500
FILLINGS = ('zero', 'value', 'median', 'mean', 'min', 'max')
HYPERPARAMETERS = {'epochCount': (1, 10), 'batchSize': (1, 64), 'learningRate': (0, 1), 'learningRateWarmupSteps': (0, 250)}


def check_processing_job(request):
    for item in request.get('ProcessingInputs') or []:
        _check_input(item)
    for item in (request.get('ProcessingOutputConfig') or {}).get('Outputs') or []:
        _check_output(item)
    _check_instances(request['ProcessingResources']['ClusterConfig'])
    check_tag_keys([tag['Key'] for tag in request.get('Tags') or []])


def check_automl_job(request):
    channels = request['InputDataConfig']
    config = request.get('AutoMLJobConfig') or {}
    _check_channels(channels, config.get('DataSplitConfig'), 'Tabular')
    if len({channel['TargetAttributeName'] for channel in channels}) > 1:
        raise validation('TargetAttributeName must be the same for all channels')
    mode = config.get('Mode') or 'AUTO'
    _check_tabular_metric(request.get('ProblemType'), _metric(request))
    _check_algorithms(config, ALGORITHMS.get(mode, ()), f'in mode {mode}')
    if mode != 'ENSEMBLING' and any(channel.get('SampleWeightAttributeName') for channel in channels):
        raise validation('SampleWeightAttributeName is only supported in mode ENSEMBLING')
    _check_rest_of_automl_job(request)


def check_automl_job_v2(request):
    configs = {member: config for member, config in request['AutoMLProblemTypeConfig'].items() if config is not None}
    if len(configs) != 1:
        raise validation('Exactly one member of AutoMLProblemTypeConfig must be specified')
    [(member, config)] = configs.items()
    problem = member.removesuffix('JobConfig')
    channels, split, metric = request['AutoMLJobInputDataConfig'], request.get('DataSplitConfig'), _metric(request)
    _check_channels(channels, split, problem)
    if problem == 'Tabular':
        _check_tabular_metric(config.get('ProblemType'), metric)
    else:
        if metric is not None and metric not in METRICS_OF_PROBLEMS[problem]:
            raise validation(f'Objective metric {metric} is not supported for problem type {problem}')
        if ((config.get('CompletionCriteria') or {}).get('MaxCandidates') or 1) != 1:
            raise validation(f'MaxCandidates must be 1 for problem type {problem}')
    if problem == 'TimeSeriesForecasting':
        if split is not None or len(channels) > 1:
            raise validation('DataSplitConfig and validation channels are not supported for problem type TimeSeriesForecasting')
        _check_forecasting(config)
    if problem == 'TextClassification' and config['ContentColumn'] == config['TargetLabelColumn']:
        raise validation('ContentColumn and TargetLabelColumn must be different columns')
    if problem == 'TextGeneration':
        _check_hyperparameters(config.get('TextGenerationHyperParameters') or {})
    _check_rest_of_automl_job(request)


def _metric(request):
    return (request.get('AutoMLJobObjective') or {}).get('MetricName')


def _check_channels(channels, split, problem):
    kinds = [channel.get('ChannelType') or 'training' for channel in channels]
    if sorted(kinds) not in (['training'], ['training', 'validation']):
        raise validation('The input data must have one training channel, and at most one validation channel')
    allowed = CONTENT_TYPES.get(problem, (CSV, PARQUET))
    content_types = {channel.get('ContentType') or allowed[0] for channel in channels}
    if len(content_types) > 1:
        raise validation('ContentType must be the same for all channels')
    wrong = content_types - set(allowed)
    if wrong:
        raise validation(f'ContentType {wrong.pop()} is not supported for problem type {problem}')
    for channel in channels:
        source = (channel.get('DataSource') or {}).get('S3DataSource')
        if source is None:
            raise validation('DataSource must be specified for each channel')
        if source['S3DataType'] not in DATA_TYPES.get(problem, ('S3Prefix',)):
            raise validation(f"S3DataType {source['S3DataType']} is not supported for problem type {problem}")
        if channel.get('CompressionType') == 'Gzip' and problem != 'Tabular':
            raise validation(f'CompressionType Gzip is not supported for problem type {problem}')
    if len(channels) > 1 and (split or {}).get('ValidationFraction') is not None:
        raise validation('ValidationFraction must not be specified together with a validation channel')


def _check_tabular_metric(problem, metric):
    if (problem is None) != (metric is None):
        raise validation('ProblemType and AutoMLJobObjective must be specified together')
    if problem and metric not in METRICS[problem]:
        raise validation(f'Objective metric {metric} is not supported for problem type {problem}')


def _check_algorithms(config, allowed, where):
    wrong = [each for each in algorithms_of(config) if each not in allowed]
    if wrong:
        raise validation(f"Algorithms {', '.join(wrong)} are not supported {where}")


def algorithms_of(config):
    """The algorithms that a job has to try. Empty for all."""
    entries = (config.get('CandidateGenerationConfig') or {}).get('AlgorithmsConfig') or []
    return [each for entry in entries for each in entry['AutoMLAlgorithms']]


def _check_forecasting(config):
    _check_algorithms(config, FORECASTING_ALGORITHMS, 'for problem type TimeSeriesForecasting')
    if config['ForecastHorizon'] > LONGEST_HORIZON:
        raise validation(f'ForecastHorizon must be at most {LONGEST_HORIZON}')
    quantiles = config.get('ForecastQuantiles') or []
    if len(set(quantiles)) != len(quantiles):
        raise validation('ForecastQuantiles must be different')
    series = config['TimeSeriesConfig']
    target = series['TargetAttributeName']
    columns = [target, series['TimestampAttributeName'], series['ItemIdentifierAttributeName'], *(series.get('GroupingAttributeNames') or [])]
    if len(set(columns)) != len(columns):
        raise validation('The columns of TimeSeriesConfig must be different')
    transformations = config.get('Transformations') or {}
    if set(transformations.get('Aggregation') or {}) - {target}:
        raise validation('Aggregation is only supported for the target column')
    for column, fillings in (transformations.get('Filling') or {}).items():
        for kind, value in fillings.items():
            _check_filling(column, kind, value, fillings, column == target)


def _check_filling(column, kind, value, fillings, is_target):
    if kind.endswith('_value'):
        wrong = fillings.get(kind.removesuffix('_value')) != 'value' or not value.removeprefix('-').isdigit()
    elif kind == 'frontfill':
        wrong = value != 'none' or not is_target
    else:
        wrong = value not in FILLINGS or (kind == 'futurefill' and is_target) or (value == 'value' and f'{kind}_value' not in fillings)
    if wrong:
        raise validation(f'Filling {kind} of column {column} is invalid: {value}')


def _check_hyperparameters(values):
    for name, text in values.items():
        if name not in HYPERPARAMETERS:
            raise validation(f'{name} is not a hyperparameter of text generation')
        try:
            value = float(text) if name == 'learningRate' else int(text)
        except ValueError:
            raise validation(f'Hyperparameter {name} must be a number, not {text}') from None
        least, most = HYPERPARAMETERS[name]
        if not least <= value <= most:
            raise validation(f'Hyperparameter {name} must be from {least} to {most}, not {text}')


def _check_rest_of_automl_job(request):
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
