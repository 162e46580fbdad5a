"""Turns the unemployed by industry and month into a table for a forecast, and keeps the last year back to test it."""
from pathlib import Path

import pandas as pd

MONTHS_TO_TEST = 12
INPUT = Path('/opt/ml/processing/input/raw')
OUTPUT = Path('/opt/ml/processing/output')

raw = pd.concat(pd.read_json(file) for file in INPUT.glob('*.json'))
table = pd.DataFrame({
    'industry': raw['series'],
    'month': pd.to_datetime({'year': raw['year'], 'month': raw['month'], 'day': 1}).dt.strftime('%Y-%m-%d'),
    'unemployed': raw['count'],
}).sort_values(['industry', 'month'])

first_to_test = sorted(table['month'].unique())[-MONTHS_TO_TEST]
is_test = table['month'] >= first_to_test
table[~is_test].to_csv(OUTPUT / 'train' / 'train.csv', index=False)
table[is_test].to_csv(OUTPUT / 'test' / 'test.csv', index=False)
print(f"{table['industry'].nunique()} industries, {table['month'].nunique()} months, of which {MONTHS_TO_TEST} to test with")
