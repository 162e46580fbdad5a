"""The metrics of the service, by its names."""
import numpy as np
from sklearn import metrics

MINIMIZED = ('MAE', 'MSE', 'RMSE')
DEFAULTS = {'BinaryClassification': 'F1', 'MulticlassClassification': 'Accuracy', 'Regression': 'MSE'}


def evaluate(problem_type, truth, predicted, scores):
    """All metrics for a type of problem. `scores` are the probabilities of the second of two classes."""
    if problem_type == 'Regression':
        squared = metrics.mean_squared_error(truth, predicted)
        return {'MSE': squared, 'RMSE': float(np.sqrt(squared)), 'MAE': metrics.mean_absolute_error(truth, predicted),
                'R2': metrics.r2_score(truth, predicted)}
    both = {'Accuracy': metrics.accuracy_score(truth, predicted), 'BalancedAccuracy': metrics.balanced_accuracy_score(truth, predicted)}
    if problem_type == 'BinaryClassification':
        return {**both, 'F1': metrics.f1_score(truth, predicted, zero_division=0),
                'Precision': metrics.precision_score(truth, predicted, zero_division=0),
                'Recall': metrics.recall_score(truth, predicted, zero_division=0), 'AUC': metrics.roc_auc_score(truth, scores)}
    return {**both, 'F1macro': metrics.f1_score(truth, predicted, average='macro', zero_division=0),
            'PrecisionMacro': metrics.precision_score(truth, predicted, average='macro', zero_division=0),
            'RecallMacro': metrics.recall_score(truth, predicted, average='macro', zero_division=0)}
