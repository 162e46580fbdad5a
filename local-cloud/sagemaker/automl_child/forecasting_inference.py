"""Forecasts time series. The model archive includes this file, and the scikit-learn container calls it."""
import io
import itertools
import json
import os
import re

import numpy as np
import pandas as pd

KEY, STEP = '__key', '__step'
# Steps of a season, by the unit of the frequency: an hour, a day, a week, a year.
SEASONS = {'min': 1440, 'H': 24, 'D': 7, 'W': 52, 'M': 12, 'Y': 1}
UNITS = {'min': 'min', 'H': 'h', 'D': 'D'}
# Alpha, beta, gamma and the damping of the trend, which has to be strong: a trend that goes on for a whole horizon is seldom right.
GRID = np.array(list(itertools.product((0.05, 0.2, 0.4, 0.6, 0.8), (0.0, 0.05, 0.1), (0.05, 0.2, 0.5), (0.0, 0.8, 0.9)))).T
# A Monday.
FIRST_WEEK = pd.Timestamp('1970-01-05')
FIRST_YEAR = 1970


def _parts_of(frequency):
    count, unit = re.fullmatch(r'(\d+)(\w+)', frequency).groups()
    return int(count), unit


def season_of(frequency):
    """The number of steps after which the series repeats. 1 for none."""
    count, unit = _parts_of(frequency)
    return max(SEASONS[unit] // count, 1)


def steps_of(times, frequency):
    """The number of the step that each time falls into."""
    count, unit = _parts_of(frequency)
    if unit in ('M', 'Y'):
        months = (times.dt.year - FIRST_YEAR) * 12 + times.dt.month - 1
        return months // (count if unit == 'M' else 12)
    origin, length = (FIRST_WEEK, pd.Timedelta(weeks=count)) if unit == 'W' else (pd.Timestamp(0), pd.Timedelta(f'{count}{UNITS[unit]}'))
    return (times - origin) // length


def time_of(step, frequency):
    """The time at which a step begins."""
    count, unit = _parts_of(frequency)
    if unit in ('M', 'Y'):
        months = step * (count if unit == 'M' else 12)
        return pd.Timestamp(FIRST_YEAR + months // 12, months % 12 + 1, 1)
    if unit == 'W':
        return FIRST_WEEK + pd.Timedelta(weeks=count * step)
    return pd.Timestamp(0) + pd.Timedelta(f'{count}{UNITS[unit]}') * step


def readable(frame, settings):
    """The rows with times, numbers, and the key of the item. Raises ValueError for what is neither."""
    times = pd.to_datetime(frame[settings['timestamp']], utc=True, format='ISO8601').dt.tz_localize(None)
    key = pd.Series(list(frame[settings['items']].astype(str).itertuples(index=False, name=None)), index=frame.index, dtype=object)
    return frame.assign(**{settings['timestamp']: times, settings['target']: pd.to_numeric(frame[settings['target']]), KEY: key})


def regular_series(frame, settings):
    """For each item, the values of its steps, without gaps, from its first value to the last step of all."""
    target, timestamp = settings['target'], settings['timestamp']
    known = frame.dropna(subset=[target, timestamp])
    known = known.assign(**{STEP: steps_of(known[timestamp], settings['frequency'])})
    last = known[STEP].max()
    series = {}
    for key, rows in known.groupby(KEY):
        values = rows.sort_values(timestamp, kind='stable').groupby(STEP)[target].agg(settings['aggregation'])
        end = values.index.max()
        middle = values.reindex(range(values.index.min(), end + 1)).fillna(_fill('middlefill', values, settings))
        back = np.full(last - end, _fill('backfill', values, settings))
        series[key] = np.concatenate([middle.to_numpy(dtype=float), back])
    return series


def _fill(kind, values, settings):
    how = settings['filling'].get(kind, 'zero')
    if how == 'value':
        return float(settings['filling'][f'{kind}_value'])
    return 0.0 if how == 'zero' else float(getattr(values, how)())


def key_text(key):
    return json.dumps(key)


class SeasonalNaive:
    """The value of the same step of the last season."""

    name = 'seasonal-naive'

    @staticmethod
    def parameters(values, season):
        return {}

    @staticmethod
    def run(values, season, parameters):
        """The forecast of each step from those before it, and a function that forecasts what comes after the last."""
        past = np.concatenate([np.full(season, np.nan), values[:-season]]) if len(values) > season else np.full(len(values), np.nan)
        last = values[-season:]
        return past, lambda horizon: np.resize(last, horizon)

    @staticmethod
    def spread(horizon, season):
        """How much larger the error of each step is than that of the first."""
        return np.sqrt(np.arange(horizon) // season + 1)


class ExponentialSmoothing:
    """Level, damped trend and season, which add up: each is smoothed exponentially."""

    name = 'exponential-smoothing'

    @classmethod
    def parameters(cls, values, season):
        """Those with the least squared error of the forecasts of one step."""
        fitted, _ = cls._run(values, season, *GRID)
        skipped = min(season, len(values) - 1)
        errors = ((fitted - values[:, None])[skipped:] ** 2).mean(axis=0)
        return dict(zip(('alpha', 'beta', 'gamma', 'damping'), GRID[:, int(np.argmin(errors))].tolist()))

    @classmethod
    def run(cls, values, season, parameters):
        fitted, state = cls._run(values, season, *([parameters[name]] for name in ('alpha', 'beta', 'gamma', 'damping')))
        level, trend, seasons = (each[..., 0] for each in state)
        damped = np.cumsum(parameters['damping'] ** np.arange(1, 10_000))
        return fitted[:, 0], lambda horizon: level + damped[:horizon] * trend + np.resize(seasons, horizon)

    @staticmethod
    def spread(horizon, season):
        return np.sqrt(np.arange(horizon) * 0.25 + 1)

    @staticmethod
    def _run(values, season, alpha, beta, gamma, damping):
        """Runs all sets of parameters at once: a column each."""
        alpha, beta, gamma, damping = (np.asarray(each, dtype=float) for each in (alpha, beta, gamma, damping))
        level = np.full(alpha.shape, values[:season].mean())
        trend = np.zeros(alpha.shape)
        if len(values) >= 2 * season:
            trend += (values[season:2 * season].mean() - values[:season].mean()) / season
        first = np.resize(values[:season], season) - values[:season].mean() if season > 1 else np.zeros(1)
        seasons = np.repeat(first[:, None], len(alpha), axis=1)
        fitted = np.empty((len(values), len(alpha)))
        for step, value in enumerate(values):
            index = step % season
            expected = level + damping * trend
            fitted[step] = expected + seasons[index]
            new = alpha * (value - seasons[index]) + (1 - alpha) * expected
            trend = beta * (new - level) + (1 - beta) * damping * trend
            seasons[index] = gamma * (value - new) + (1 - gamma) * seasons[index] if season > 1 else seasons[index]
            level = new
        # The season of the next step comes first.
        return fitted, (level, trend, np.roll(seasons, -(len(values) % season), axis=0))


METHODS = {each.name: each for each in (SeasonalNaive, ExponentialSmoothing)}


def fit(values, method, season):
    """What is learned of a series: the parameters, and the errors of its forecasts, by percentile."""
    season = season if len(values) >= 2 * season else 1
    parameters = method.parameters(values, season)
    fitted, _ = method.run(values, season, parameters)
    errors = (values - fitted)[min(season, len(values) - 1):]
    errors = errors[~np.isnan(errors)]
    percentiles = np.percentile(errors, range(1, 100)).tolist() if len(errors) else [0.0] * 99
    return {'method': method.name, 'season': season, 'parameters': parameters, 'errors': percentiles}


def forecast(values, fitted, horizon, quantiles):
    """The mean and the quantiles of the steps after the last of the values."""
    method = METHODS[fitted['method']]
    season = fitted['season'] if len(values) >= fitted['season'] else 1
    _, after = method.run(values, season, fitted['parameters'])
    mean, spread = after(horizon), method.spread(horizon, season)
    return {'mean': mean, **{name: mean + spread * fitted['errors'][int(name[1:]) - 1] for name in (*quantiles, 'p50')}}


def model_fn(folder):
    with open(os.path.join(folder, 'settings.json')) as file:
        return json.load(file)


def input_fn(body, content_type):
    return body if isinstance(body, str) else body.decode()


def predict_fn(text, model):
    """The forecast of each item of a CSV with the columns and the header of the training data: the past that the forecast goes on from."""
    names = model['items']
    frame = readable(pd.read_csv(io.StringIO(text), dtype={name: str for name in names}), model)
    last = int(steps_of(frame.dropna(subset=[model['target']])[model['timestamp']], model['frequency']).max())
    rows = []
    for key, values in regular_series(frame, model).items():
        fitted = model['fits'].get(key_text(key)) or fit(values, METHODS[model['method']], model['season'])
        predicted = forecast(values, fitted, model['horizon'], model['quantiles'])
        for ahead in range(model['horizon']):
            rows.append({**dict(zip(names, key)), model['timestamp']: time_of(last + 1 + ahead, model['frequency']).isoformat(),
                         **{name: predicted[name][ahead] for name in (*model['quantiles'], 'mean')}})
    return pd.DataFrame(rows)


def output_fn(predicted, accept):
    return predicted.to_csv(index=False)
