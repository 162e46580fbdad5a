"""Puts the labelled sentences of all websites into one table, and keeps some back to test with."""
import json
from pathlib import Path

import pandas as pd
from sklearn.model_selection import train_test_split

TEST_SHARE = 0.2
OPINIONS = {0: 'negative', 1: 'positive'}
INPUT = Path('/opt/ml/processing/input')
OUTPUT = Path('/opt/ml/processing/output')

entries = [entry for file in sorted(INPUT.glob('*/*.json')) for entry in json.loads(file.read_text(encoding='utf-8'))]
# The last entry of a file may be empty.
table = pd.DataFrame({'sentence': entry['text'].strip(), 'opinion': OPINIONS[entry['class']]} for entry in entries if entry['class'] in OPINIONS)

train, test = train_test_split(table, test_size=TEST_SHARE, stratify=table['opinion'], random_state=1)
train.to_csv(OUTPUT / 'train' / 'train.csv', index=False)
test.to_csv(OUTPUT / 'test' / 'test.csv', index=False)
print(f'{len(train)} sentences to train with, {len(test)} to test with')
