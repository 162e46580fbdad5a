"""The candidates: models of scikit-learn, each with the algorithms of the service that it stands for."""
from sklearn.ensemble import (
    ExtraTreesClassifier, ExtraTreesRegressor, HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier,
    RandomForestRegressor)
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor

BOOSTING = ('xgboost', 'lightgbm', 'catboost')
NETWORKS = ('mlp', 'nn-torch', 'fastai')
SEED = 1

# Name, algorithms that it stands for, how to make a classifier, how to make a regressor; in the order in which they are tried.
_CANDIDATES = [
    ('linear', ('linear-learner',), lambda: LogisticRegression(max_iter=500), lambda: Ridge()),
    ('random-forest', ('randomforest',),
     lambda: RandomForestClassifier(60, random_state=SEED), lambda: RandomForestRegressor(60, random_state=SEED)),
    ('gradient-boosting', BOOSTING,
     lambda: HistGradientBoostingClassifier(max_iter=40, random_state=SEED),
     lambda: HistGradientBoostingRegressor(max_iter=40, random_state=SEED)),
    ('nearest-neighbors', (), lambda: KNeighborsClassifier(7), lambda: KNeighborsRegressor(7)),
    ('extra-trees', ('extra-trees',),
     lambda: ExtraTreesClassifier(60, random_state=SEED), lambda: ExtraTreesRegressor(60, random_state=SEED)),
    ('neural-network', NETWORKS,
     lambda: MLPClassifier((32,), max_iter=300, random_state=SEED), lambda: MLPRegressor((32,), max_iter=300, random_state=SEED)),
    ('slow-boosting', BOOSTING,
     lambda: HistGradientBoostingClassifier(max_iter=80, learning_rate=0.05, random_state=SEED),
     lambda: HistGradientBoostingRegressor(max_iter=80, learning_rate=0.05, random_state=SEED)),
    ('small-forest', ('randomforest',),
     lambda: RandomForestClassifier(30, max_depth=6, random_state=SEED), lambda: RandomForestRegressor(30, max_depth=6, random_state=SEED)),
]
WEIGHED = ('linear', 'random-forest', 'gradient-boosting', 'extra-trees', 'slow-boosting', 'small-forest')


def candidates(is_regression, algorithms, count):
    """The names of the candidates, and their estimators."""
    chosen = [each for each in _CANDIDATES if not algorithms or set(each[1]) & set(algorithms)]
    return [(name, (regressor if is_regression else classifier)()) for name, _, classifier, regressor in chosen[:count]]
