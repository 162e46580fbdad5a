"""Trains a classifier of texts: the words of a text and their pairs, without their order, decide."""
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from archive import Part
from classification import Classification, require_labels
from failure import JobFailure


class Texts(Classification):
    inference = 'texts_inference.py'

    def __init__(self, job):
        self._columns = [job['content'], job['label']]
        training = self._read(job['training'])
        require_labels(training[job['label']].unique(), f"The column '{job['label']}'")
        validation = self._read(job['validation']) if job['validation'] else None
        if validation is None:
            training, validation = self.split(training, training[job['label']], job['fraction'])
        self._training, self._validation = training, validation
        self.candidates = [('bag-of-words', make_pipeline(
            TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=r'(?u)\b\w+\b'), LogisticRegression(C=10, max_iter=500)))]

    def train(self, name, estimator):
        (content, label), training, validation = self._columns, self._training, self._validation
        estimator.fit(training[content], training[label])
        return self.metrics(validation[label], estimator.predict(validation[content])), [Part('model', {}, estimator)]

    def _read(self, files):
        try:
            # All values are texts: labels such as 01 would not stay what they are.
            frame = pd.concat([pd.read_csv(file, dtype=str, keep_default_na=False) for file in files], ignore_index=True)
        except (ValueError, UnicodeDecodeError, OSError) as error:
            raise JobFailure(f'The data could not be read as CSV: {error}') from error
        for column in self._columns:
            if column not in frame.columns:
                raise JobFailure(f"The column '{column}' is not in the header of the data: {', '.join(map(str, frame.columns))}.")
        return frame[(frame[self._columns] != '').all(axis=1)]
