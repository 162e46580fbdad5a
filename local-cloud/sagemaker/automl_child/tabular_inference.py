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
    if columns['part'] == 'features':
        return estimator.transform(data)
    if columns['part'] == 'predictor':
        data = data.to_numpy()
    if columns['labels'] is None:
        return estimator.predict(data)
    keys = _keys('SAGEMAKER_INFERENCE_OUTPUT')
    answers = _labelled(data, estimator, columns) if columns['part'] == 'labels' else _classified(data, estimator, columns)
    return pd.DataFrame({key: answers[key] for key in keys})


def _keys(variable):
    """What a container of a classifier answers, or gets from the one before it."""
    return os.environ.get(variable, 'predicted_label').split(',')


def _classified(data, estimator, columns):
    probabilities = estimator.predict_proba(data)
    predicted = probabilities.argmax(axis=1)
    is_binary_part = columns['part'] == 'predictor' and probabilities.shape[1] == 2
    return {
        'predicted_label': predicted if columns['part'] == 'predictor' else np.array(columns['labels'], dtype=object)[predicted],
        # Of two classes, a part tells the probability of the second.
        'probability': probabilities[:, 1] if is_binary_part else probabilities.max(axis=1),
        'probabilities': [json.dumps(row) for row in probabilities.tolist()],
        'labels': [json.dumps(columns['labels'])] * len(predicted),
    }


def _labelled(data, encoder, columns):
    """What comes from the predictor, with labels in place of their numbers."""
    data.columns = _keys('SAGEMAKER_INFERENCE_INPUT')
    answers = {**data, 'labels': [json.dumps(columns['labels'])] * len(data)}
    if 'predicted_label' in answers:
        answers['predicted_label'] = encoder.inverse_transform(data['predicted_label'].astype(int))
    return answers


def output_fn(predicted, accept):
    return pd.DataFrame(predicted).to_csv(index=False, header=False)
