"""Trains a classifier of images: an image has the label whose average image is the nearest."""
import pandas as pd
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from archive import Part
from classification import Classification, require_labels
from failure import JobFailure
from images_inference import pixels

SIDE = 16


class Images(Classification):
    inference = 'images_inference.py'

    def __init__(self, job):
        training = pd.DataFrame(job['training'], columns=['file', 'label'])
        require_labels(training['label'].unique(), 'The training data')
        validation = pd.DataFrame(job['validation'], columns=['file', 'label']) if job['validation'] else None
        if validation is None:
            training, validation = self.split(training, training['label'], job['fraction'])
        self._training, self._validation = training, validation
        self.candidates = [('nearest-centroid', make_pipeline(StandardScaler(), NearestCentroid()))]

    def prepare(self):
        self._inputs, self._validation_inputs = [
            [_read(file) for file in frame['file']] for frame in (self._training, self._validation)]

    def train(self, name, estimator):
        estimator.fit(self._inputs, self._training['label'])
        values = self.metrics(self._validation['label'], estimator.predict(self._validation_inputs))
        return values, [Part('model', {'side': SIDE}, estimator)]


def _read(file):
    try:
        return pixels(file, SIDE)
    except OSError as error:
        raise JobFailure(f"The file {file.rsplit('/', 1)[-1]} is no image that could be read: {error}") from error
