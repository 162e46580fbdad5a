"""Trains forecasters of time series, and compares them by a back-test: each forecasts the last steps of the series, which it has not seen."""
import numpy as np
import pandas as pd

from archive import Part
from failure import JobFailure
from forecasting_inference import METHODS, fit, forecast, key_text, readable, regular_series, season_of

# Each with the algorithms of the service that it stands for.
CANDIDATES = [('seasonal-naive', ('npts',)), ('exponential-smoothing', ('arima', 'cnn-qr', 'deepar', 'ets', 'prophet'))]
DEFAULT_QUANTILES = ['p10', 'p50', 'p90']
# The service forecasts at most a quarter of the steps of the data.
STEPS_PER_STEP_OF_HORIZON = 4
# In the words of pandas.
AGGREGATIONS = {'avg': 'mean'}


class Forecasting:
    inference = 'forecasting_inference.py'
    problem_type = None
    default_metric = 'AverageWeightedQuantileLoss'
    minimized = ('AverageWeightedQuantileLoss', 'MAPE', 'MASE', 'RMSE', 'WAPE')
    training_status = 'TrainingModels'

    def __init__(self, job):
        self._job = job
        self._settings = {
            'target': job['target'], 'timestamp': job['timestamp'], 'items': [job['item'], *job['groups']], 'frequency': job['frequency'],
            'horizon': job['horizon'], 'quantiles': job['quantiles'] or DEFAULT_QUANTILES,
            'aggregation': AGGREGATIONS.get(job['aggregation'], job['aggregation'] or 'sum'), 'filling': job['filling'],
        }
        self._frame = self._read()
        chosen = job['algorithms']
        self.candidates = [(name, METHODS[name]) for name, algorithms in CANDIDATES if not chosen or set(algorithms) & set(chosen)]

    def prepare(self):
        horizon, season = self._job['horizon'], season_of(self._job['frequency'])
        self._series = regular_series(self._frame, self._settings)
        if not self._series:
            raise JobFailure(f"The column '{self._job['target']}' has no value.")
        count = max(len(values) for values in self._series.values())
        if horizon * STEPS_PER_STEP_OF_HORIZON > count:
            raise JobFailure(f'The forecast horizon of {horizon} steps is more than a quarter of the {count} steps of the data.')
        # An item that begins late has no past to forecast from.
        self._tested = {key: values for key, values in self._series.items() if len(values) > horizon}
        self._season = season if count - horizon >= 2 * season else 1

    def train(self, name, method):
        horizon, quantiles = self._job['horizon'], self._settings['quantiles']
        errors = []
        for values in self._tested.values():
            past, future = values[:-horizon], values[-horizon:]
            predicted = forecast(past, fit(past, method, self._season), horizon, quantiles)
            errors.append((past, future, predicted))
        fits = {key_text(key): fit(values, method, self._season) for key, values in self._series.items()}
        return _metrics(errors, quantiles, self._season), [Part('model', {**self._settings, 'fits': fits, 'method': name, 'season': self._season})]

    def _read(self):
        settings, job = self._settings, self._job
        items = settings['items']
        try:
            frame = pd.concat([pd.read_csv(file, dtype={name: str for name in items}) for file in job['training']], ignore_index=True)
        except (ValueError, UnicodeDecodeError, OSError) as error:
            raise JobFailure(f'The data could not be read as CSV: {error}') from error
        header = ', '.join(map(str, frame.columns))
        for column in (*items, job['timestamp'], job['target'], *(job['features'] or [])):
            if column not in frame.columns:
                raise JobFailure(f"The column '{column}' is not in the header of the data: {header}.")
        try:
            return readable(frame, settings)
        except ValueError as error:
            raise JobFailure(f'The data has values that are no times or no numbers: {error}') from error


def _metrics(tests, quantiles, season):
    """The metrics of the service, by its names: each over all items and steps."""
    truth = np.concatenate([future for _, future, _ in tests])
    predicted = {name: np.concatenate([each[name] for _, _, each in tests]) for name in (*quantiles, 'p50', 'mean')}
    error, size = predicted['mean'] - truth, max(np.abs(truth).sum(), np.finfo(float).tiny)
    losses = [2 * _quantile_loss(truth, predicted[name], int(name[1:]) / 100) / size for name in quantiles]
    shares = np.abs(predicted['p50'] - truth)[truth != 0] / np.abs(truth[truth != 0])
    scaled = [np.abs(each['p50'] - future).mean() / scale for past, future, each in tests if (scale := _scale(past, season)) > 0]
    return {
        'AverageWeightedQuantileLoss': np.mean(losses),
        'MAPE': shares.mean() if len(shares) else 0.0,
        'MASE': np.mean(scaled) if scaled else 0.0,
        'RMSE': np.sqrt((error ** 2).mean()),
        'WAPE': np.abs(predicted['p50'] - truth).sum() / size,
    }


def _quantile_loss(truth, predicted, quantile):
    return (np.maximum(truth - predicted, 0) * quantile + np.maximum(predicted - truth, 0) * (1 - quantile)).sum()


def _scale(past, season):
    """The error of the seasonal naive forecast in the past."""
    return np.abs(past[season:] - past[:-season]).mean() if len(past) > season else 0.0
