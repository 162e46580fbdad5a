"""Predicts with a candidate for tables, or with a part of it. The model archive includes this file, and the scikit-learn container calls it."""
import io
import json
import os

import joblib
import numpy as np
import pandas as pd


def prepare(frame, columns):
    """The columns that a candidate learns from. Dates become the day of the year, which weather and sales depend on."""
    frame = frame.reindex(columns=columns['features'])
    for name in columns['dates']:
        frame[name] = pd.to_datetime(frame[name], errors='coerce').dt.dayofyear
    return frame


def model_fn(folder):
    with open(os.path.join(folder, 'settings.json')) as file:
        columns = json.load(file)
    return {'columns': columns, 'estimator': joblib.load(os.path.join(folder, 'model.joblib'))}


def input_fn(body, content_type):
    text = body if isinstance(body, str) else body.decode()
    return pd.read_csv(io.StringIO(text), header=None)


def predict_fn(data, model):
    columns, estimator = model['columns'], model['estimator']
    if columns['part'] in ('all', 'features'):
        data.columns = columns['features']
        data = prepare(data, columns)
    else:
        data = data.to_numpy()
    if columns['part'] == 'features':
        return estimator.transform(data)
    if columns['part'] == 'labels':
        return estimator.inverse_transform(data.ravel().astype(int))
    predicted = estimator.predict(data)
    return np.array(columns['labels'], dtype=object)[predicted] if columns['labels'] and columns['part'] == 'all' else predicted


def output_fn(predicted, accept):
    return pd.DataFrame(predicted).to_csv(index=False, header=False)
