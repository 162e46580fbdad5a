"""What the process that trains is told of a job: its data as local files, and what the request says of the problem."""
import json

from .rules import CSV, algorithms_of
from .s3_data import DataError

TUNING = 'HYPERPARAMETER_TUNING'
TUNING_ALGORITHMS = ['linear-learner', 'mlp', 'xgboost']
# The service's default.
VALIDATION_FRACTION = 0.2


def settings_of(job, data, folder):
    channels = {channel.get('ChannelType') or 'training': channel for channel in job.channels}
    download = _images if job.problem == 'ImageClassification' else _tables
    files = {name: download(data, channels[name], folder / name) if name in channels else None for name in ('training', 'validation')}
    return {
        **files,
        'problem': job.problem,
        'metric': (job.request.get('AutoMLJobObjective') or {}).get('MetricName'),
        'fraction': (job.split or {}).get('ValidationFraction') or VALIDATION_FRACTION,
        **(_OF_PROBLEM[job.problem](job, data, folder) if job.problem in _OF_PROBLEM else {}),
    }


def _tabular(job, data, folder):
    config, training = job.config, job.channels[0]
    generation = config.get('CandidateGenerationConfig') or {}
    tuning = config.get('Mode') == TUNING
    return {
        'compression': 'gzip' if training.get('CompressionType') == 'Gzip' else None,
        'target': config['TargetAttributeName'],
        'weight': config.get('SampleWeightAttributeName'),
        'features': _features(config.get('FeatureSpecificationS3Uri') or generation.get('FeatureSpecificationS3Uri'), data, folder),
        'problemType': config.get('ProblemType'),
        'algorithms': algorithms_of(config) or (TUNING_ALGORITHMS if tuning else None),
        'maxCandidates': job.criteria.get('MaxCandidates'),
        'inParts': tuning,
        'definitionsOnly': bool(config.get('GenerateCandidateDefinitionsOnly')),
    }


def _forecasting(job, data, folder):
    config, series = job.config, job.config['TimeSeriesConfig']
    transformations = config.get('Transformations') or {}
    target = series['TargetAttributeName']
    return {
        'target': target,
        'timestamp': series['TimestampAttributeName'],
        'item': series['ItemIdentifierAttributeName'],
        'groups': series.get('GroupingAttributeNames') or [],
        'features': _features(config.get('FeatureSpecificationS3Uri'), data, folder),
        'frequency': config['ForecastFrequency'],
        'horizon': config['ForecastHorizon'],
        'quantiles': config.get('ForecastQuantiles'),
        'aggregation': (transformations.get('Aggregation') or {}).get(target),
        'filling': (transformations.get('Filling') or {}).get(target) or {},
        'algorithms': algorithms_of(config),
    }


def _texts(job, _data, _folder):
    return {'content': job.config['ContentColumn'], 'label': job.config['TargetLabelColumn']}


# What the settings of a problem have besides. Images have nothing.
_OF_PROBLEM = {'Tabular': _tabular, 'TimeSeriesForecasting': _forecasting, 'TextClassification': _texts}


def _tables(data, channel, folder):
    if (channel.get('ContentType') or CSV) != CSV:
        raise DataError(f"The local cloud reads {CSV} only, not {channel['ContentType']}")
    data.download(channel['DataSource']['S3DataSource'], folder)
    return sorted(str(file) for file in folder.rglob('*') if file.is_file())


def _images(data, channel, folder):
    """Each image with its label: the name of its folder, or what an augmented manifest says."""
    source = channel['DataSource']['S3DataSource']
    if source['S3DataType'] == 'AugmentedManifestFile':
        return [(str(file), _label_of(entry)) for file, entry in data.download_listed(source['S3Uri'], folder)]
    data.download(source, folder)
    files = sorted(file for file in folder.rglob('*') if file.is_file())
    unlabelled = [file.name for file in files if file.parent == folder]
    if unlabelled:
        raise DataError(f'The image {unlabelled[0]} is in no folder, whose name would be its label')
    return [(str(file), file.parent.name) for file in files]


def _label_of(entry):
    labels = [value['class-name'] for name, value in entry.items() if name.endswith('-metadata') and 'class-name' in value]
    if len(labels) != 1:
        raise DataError(f"The augmented manifest must say one class-name of {entry['source-ref']}, not {len(labels)}")
    return labels[0]


def _features(uri, data, folder):
    if uri is None:
        return None
    file = folder / 'features.json'
    data.download_object(uri, file)
    return json.loads(file.read_text()).get('FeatureAttributeNames')
