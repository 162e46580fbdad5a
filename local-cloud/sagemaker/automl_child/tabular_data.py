"""The data of an AutoML job: the target, the features, and the rows that validate the candidates."""
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder

from failure import JobFailure
from tabular_inference import prepare

# The service's minimum.
FEWEST_ROWS = 500
MOST_CLASSES_OF_NUMBERS = 20


class Data:
    def __init__(self, job):
        training = self._read(job, job['training'])
        if len(training) < FEWEST_ROWS:
            raise JobFailure(f'The training data has {len(training)} rows. At least {FEWEST_ROWS} rows are required.')
        self._target, self._weight = job['target'], job.get('weight')
        validation = self._read(job, job['validation']) if job.get('validation') else None
        self.problem_type = job.get('problemType') or infer_problem_type(training[self._target])
        self.columns = self._columns(training, job.get('features'))
        self.encoder = self._encoder(training, validation)
        if validation is None:
            training, validation = self._split(training, job['fraction'])
        self.weights = training[self._weight] if self._weight else None
        self.train, self.train_target = self._parts(training)
        self.validation, self.validation_target = self._parts(validation)

    def _read(self, job, files):
        try:
            frame = pd.concat([pd.read_csv(file, compression=job['compression']) for file in files], ignore_index=True)
        except (ValueError, UnicodeDecodeError, OSError) as error:
            raise JobFailure(f'The data could not be read as CSV: {error}') from error
        for column in filter(None, (job['target'], job.get('weight'))):
            if column not in frame.columns:
                raise JobFailure(f"The column '{column}' is not in the header of the data: {', '.join(map(str, frame.columns))}.")
        return frame.dropna(subset=[job['target']])

    def _columns(self, frame, chosen):
        features = [name for name in frame.columns if name not in (self._target, self._weight)]
        missing = [name for name in chosen or [] if name not in features]
        if missing:
            raise JobFailure(f"The feature specification names columns that are no features of the data: {', '.join(missing)}.")
        features = [name for name in features if not chosen or name in chosen]
        if not features:
            raise JobFailure('The data has no column but the target.')
        return {'features': features, 'dates': [name for name in features if _is_date(frame[name])]}

    def _encoder(self, training, validation):
        target = training[self._target]
        if self.problem_type == 'Regression':
            if not pd.api.types.is_numeric_dtype(target):
                raise JobFailure(f"The column '{self._target}' has values that are no numbers, so it is no target of a regression.")
            return None
        values = target if validation is None else pd.concat([target, validation[self._target]])
        encoder = LabelEncoder().fit(values)
        count = len(encoder.classes_)
        if count < 2 or (self.problem_type == 'BinaryClassification' and count > 2):
            wanted = 'two' if self.problem_type == 'BinaryClassification' else 'at least two'
            raise JobFailure(f"The column '{self._target}' has {count} different values. {self.problem_type} requires {wanted}.")
        return encoder

    def _split(self, frame, fraction):
        # Stratified sampling needs two rows of each class.
        stratify = frame[self._target] if self.encoder is not None and frame[self._target].value_counts().min() > 1 else None
        try:
            return train_test_split(frame, test_size=fraction, stratify=stratify, random_state=1)
        except ValueError as error:
            raise JobFailure(f'The data cannot be split for the validation: {error}') from error

    def _parts(self, frame):
        target = frame[self._target]
        return prepare(frame, self.columns), target.to_numpy() if self.encoder is None else self.encoder.transform(target)


def infer_problem_type(target):
    count = target.nunique()
    if count == 2:
        return 'BinaryClassification'
    is_number = pd.api.types.is_numeric_dtype(target)
    if is_number and (pd.api.types.is_float_dtype(target) and (target % 1 != 0).any() or count > MOST_CLASSES_OF_NUMBERS):
        return 'Regression'
    return 'MulticlassClassification'


def _is_date(column):
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return False
    return column.dropna().astype(str).str.fullmatch(r'\d{4}[-/]\d\d[-/]\d\d.*').all()
