"""Turns rows into features: numbers are imputed and scaled, categories are encoded, and the rows are split."""
import argparse
from pathlib import Path

import joblib
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

INPUT = Path('/opt/ml/processing/input/raw')
OUTPUT = Path('/opt/ml/processing/output')

NUMBERS = ['Cylinders', 'Displacement', 'Horsepower', 'Weight_in_lbs', 'Acceleration', 'Year']
CATEGORIES = ['Origin']

parser = argparse.ArgumentParser()
parser.add_argument('--target', required=True)
parser.add_argument('--test-share', type=float, required=True)
arguments = parser.parse_args()

rows = pd.concat(pd.read_json(file) for file in INPUT.glob('*.json')).dropna(subset=[arguments.target])
rows['Year'] = pd.to_datetime(rows['Year']).dt.year

train, test = train_test_split(rows, test_size=arguments.test_share, random_state=1)

transformer = make_column_transformer(
    (make_pipeline(SimpleImputer(strategy='median'), StandardScaler()), NUMBERS),
    (OneHotEncoder(handle_unknown='ignore'), CATEGORIES),
    sparse_threshold=0,
    verbose_feature_names_out=False,
)
# Means and categories are learned from the training rows alone.
transformer.fit(train)
joblib.dump(transformer, OUTPUT / 'transformer' / 'transformer.joblib')

for name, part in {'train': train, 'test': test}.items():
    features = pd.DataFrame(transformer.transform(part), columns=transformer.get_feature_names_out())
    # The target comes first, as SageMaker's own algorithms expect it.
    features.insert(0, arguments.target, part[arguments.target].to_numpy())
    features.to_csv(OUTPUT / name / f'{name}.csv', index=False)

message = f'{features.shape[1] - 1} features of {len(train)} rows to train with and {len(test)} to test with'
Path('/opt/ml/output/message').write_text(message)
print(message)
