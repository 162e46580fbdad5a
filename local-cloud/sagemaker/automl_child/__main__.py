"""Runs an AutoML job on local files: python automl_child JOB_FILE FOLDER. Reports its progress in lines that begin with EVENT."""
import json
import sys
import tarfile
import time
from pathlib import Path

import joblib
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from algorithms import WEIGHED, candidates
from data import Data
from failure import JobFailure
from metrics import DEFAULTS, MINIMIZED, evaluate

EVENT = 'EVENT '
DEFAULT_CANDIDATES = 4
HERE = Path(__file__).parent


def tell(kind, **event):
    print(EVENT + json.dumps({'event': kind, **event}), flush=True)


def main(job_file, folder):
    job = json.loads(Path(job_file).read_text())
    try:
        run(job, Path(folder))
    except JobFailure as failure:
        tell('failure', reason=str(failure))


def run(job, folder):
    data = Data(job)
    metric = job.get('metric') or DEFAULTS[data.problem_type]
    chosen = candidates(data.problem_type == 'Regression', job.get('algorithms'), job.get('maxCandidates') or DEFAULT_CANDIDATES)
    tell('resolved', problemType=data.problem_type, metric=metric, metricType='Minimize' if metric in MINIMIZED else 'Maximize',
         candidates=[name for name, _ in chosen])
    if job['definitionsOnly']:
        return
    tell('phase', status='FeatureEngineering')
    features = feature_transformer(data)
    features.fit(data.train)
    tell('phase', status='ModelTuning' if job['inParts'] else 'TrainingModels')
    for number, (name, estimator) in enumerate(chosen, 1):
        train(job, folder / f'{number:03d}-{name}', data, features, estimator, name, number)


def train(job, folder, data, features, estimator, name, number):
    tell('started', name=name, number=number)
    start = time.monotonic()
    weights = {'sample_weight': data.weights} if data.weights is not None and name in WEIGHED else {}
    try:
        estimator.fit(features.transform(data.train), data.train_target, **weights)
        inputs = features.transform(data.validation)
        scores = estimator.predict_proba(inputs)[:, 1] if data.problem_type == 'BinaryClassification' else None
        values = evaluate(data.problem_type, data.validation_target, estimator.predict(inputs), scores)
    except ValueError as error:
        tell('failed', name=name, number=number, reason=str(error))
        return
    time.sleep(max(0, job['candidateSeconds'] - (time.monotonic() - start)))
    print(f"{name}: {', '.join(f'{metric} {value:.4f}' for metric, value in values.items())}", flush=True)
    tell('trained', name=name, number=number, metrics={metric: float(value) for metric, value in values.items()},
         archives=[str(archive) for archive in archives(job, folder, data, features, estimator)])


def feature_transformer(data):
    frame = data.train
    numbers = frame.select_dtypes('number').columns.tolist()
    others = [name for name in frame.columns if name not in numbers]
    return ColumnTransformer([
        ('numbers', make_pipeline(SimpleImputer(strategy='median', keep_empty_features=True), StandardScaler()), numbers),
        ('others', make_pipeline(SimpleImputer(strategy='most_frequent', keep_empty_features=True),
                                 OneHotEncoder(handle_unknown='ignore', max_categories=20, sparse_output=False)), others),
    ])


def archives(job, folder, data, features, estimator):
    """Writes the model archives, one for each container: one for all, or one each for features, predictor and labels."""
    if not job['inParts']:
        yield archive(folder / 'model', 'all', make_pipeline(features, estimator), data)
        return
    yield archive(folder / 'features', 'features', features, data)
    yield archive(folder / 'predictor', 'predictor', estimator, data)
    if data.encoder is not None:
        yield archive(folder / 'labels', 'labels', data.encoder, data)


def archive(folder, part, estimator, data):
    folder.mkdir(parents=True)
    joblib.dump(estimator, folder / 'model.joblib')
    labels = None if data.encoder is None else data.encoder.classes_.tolist()
    (folder / 'columns.json').write_text(json.dumps({'part': part, 'labels': labels, **data.columns}))
    file = folder / 'model.tar.gz'
    with tarfile.open(file, 'w:gz', compresslevel=1) as tar:
        tar.add(folder / 'model.joblib', 'model.joblib')
        tar.add(folder / 'columns.json', 'columns.json')
        tar.add(HERE / 'inference.py', 'code/inference.py')
    return file


if __name__ == '__main__':
    main(*sys.argv[1:])
