"""What the classifiers of texts and images share."""
from sklearn import metrics
from sklearn.model_selection import train_test_split

from failure import JobFailure


class Classification:
    problem_type = None
    default_metric = 'Accuracy'
    minimized = ()
    training_status = 'TrainingModels'

    def prepare(self):
        """There is nothing to prepare."""

    @staticmethod
    def split(examples, labels, fraction):
        # Stratified sampling needs two examples of each label.
        stratify = labels if labels.value_counts().min() > 1 else None
        try:
            return train_test_split(examples, test_size=fraction, stratify=stratify, random_state=1)
        except ValueError as error:
            raise JobFailure(f'The data cannot be split for the validation: {error}') from error

    @staticmethod
    def metrics(truth, predicted):
        average = {'average': 'macro', 'zero_division': 0}
        return {'Accuracy': metrics.accuracy_score(truth, predicted), 'F1macro': metrics.f1_score(truth, predicted, **average),
                'PrecisionMacro': metrics.precision_score(truth, predicted, **average),
                'RecallMacro': metrics.recall_score(truth, predicted, **average)}


def require_labels(labels, what):
    if len(labels) < 2:
        raise JobFailure(f'{what} has {len(labels)} different labels. At least 2 are required.')
