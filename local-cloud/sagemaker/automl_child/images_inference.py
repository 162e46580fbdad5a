"""Predicts the label of an image. The model archive includes this file, and the scikit-learn container calls it."""
import io
import json
import os

import joblib
import numpy as np
from PIL import Image


def pixels(file, side):
    """The brightness of an image, scaled down to a square."""
    with Image.open(file) as image:
        return np.asarray(image.convert('L').resize((side, side), Image.Resampling.BOX), dtype=float).ravel()


def model_fn(folder):
    with open(os.path.join(folder, 'settings.json')) as file:
        side = json.load(file)['side']
    return {'side': side, 'estimator': joblib.load(os.path.join(folder, 'model.joblib'))}


def input_fn(body, content_type):
    return io.BytesIO(body)


def predict_fn(image, model):
    return model['estimator'].predict([pixels(image, model['side'])])


def output_fn(predicted, accept):
    return ''.join(f'{label}\n' for label in predicted)
