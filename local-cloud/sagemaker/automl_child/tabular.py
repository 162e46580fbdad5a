"""Trains candidates for a column of a table."""
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from archive import Part
from tabular_algorithms import WEIGHED, candidates
from tabular_data import Data
from tabular_metrics import DEFAULTS, MINIMIZED, evaluate

DEFAULT_CANDIDATES = 4
PREDICTED = {'SAGEMAKER_INFERENCE_OUTPUT': 'predicted_label'}
ALL_KEYS = {'SAGEMAKER_INFERENCE_SUPPORTED': 'predicted_label,probability,labels,probabilities', **PREDICTED}
# What the containers of a classifier can answer, as their environment tells.
RESPONSES = {
    'all': ALL_KEYS,
    'predictor': {'SAGEMAKER_INFERENCE_SUPPORTED': 'predicted_label,probability,probabilities', **PREDICTED},
    'labels': {**ALL_KEYS, 'SAGEMAKER_INFERENCE_INPUT': 'predicted_label'},
}


class Tabular:
    inference = 'tabular_inference.py'
    minimized = MINIMIZED

    def __init__(self, job):
        self._data = Data(job)
        self._in_parts = job['inParts']
        self.problem_type = self._data.problem_type
        self.default_metric = DEFAULTS[self.problem_type]
        self.training_status = 'ModelTuning' if self._in_parts else 'TrainingModels'
        self.candidates = candidates(self.problem_type == 'Regression', job['algorithms'], job['maxCandidates'] or DEFAULT_CANDIDATES)

    def prepare(self):
        self._features = _feature_transformer(self._data.train)
        self._features.fit(self._data.train)

    def train(self, name, estimator):
        data = self._data
        weights = {'sample_weight': data.weights} if data.weights is not None and name in WEIGHED else {}
        estimator.fit(self._features.transform(data.train), data.train_target, **weights)
        inputs = self._features.transform(data.validation)
        scores = estimator.predict_proba(inputs)[:, 1] if self.problem_type == 'BinaryClassification' else None
        return evaluate(self.problem_type, data.validation_target, estimator.predict(inputs), scores), list(self._parts(estimator))

    def _parts(self, estimator):
        """A part for all, or one each for features, predictor and labels."""
        if not self._in_parts:
            yield self._part('all', make_pipeline(self._features, estimator))
            return
        yield self._part('features', self._features)
        yield self._part('predictor', estimator)
        if self._data.encoder is not None:
            yield self._part('labels', self._data.encoder)

    def _part(self, part, estimator):
        labels = None if self._data.encoder is None else self._data.encoder.classes_.tolist()
        environment = RESPONSES[part] if labels and part in RESPONSES else {}
        return Part('model' if part == 'all' else part, {'part': part, 'labels': labels, **self._data.columns}, estimator, environment)


def _feature_transformer(frame):
    numbers = frame.select_dtypes('number').columns.tolist()
    others = [name for name in frame.columns if name not in numbers]
    return ColumnTransformer([
        ('numbers', make_pipeline(SimpleImputer(strategy='median', keep_empty_features=True), StandardScaler()), numbers),
        ('others', make_pipeline(SimpleImputer(strategy='most_frequent', keep_empty_features=True),
                                 OneHotEncoder(handle_unknown='ignore', max_categories=20, sparse_output=False)), others),
    ])
