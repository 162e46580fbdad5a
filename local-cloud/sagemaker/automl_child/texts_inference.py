"""Predicts the labels of texts. The model archive includes this file, and the scikit-learn container calls it."""
import csv
import io
import os

import joblib


def model_fn(folder):
    return joblib.load(os.path.join(folder, 'model.joblib'))


def input_fn(body, content_type):
    """A text in each row of a CSV without a header."""
    text = body if isinstance(body, str) else body.decode()
    return [row[0] for row in csv.reader(io.StringIO(text)) if row]


def predict_fn(texts, model):
    return model.predict(texts)


def output_fn(predicted, accept):
    return ''.join(f'{label}\n' for label in predicted)
