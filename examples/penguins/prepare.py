"""Cleans the Palmer penguins and splits them into a set to train with and one to test with."""
import json
from pathlib import Path

import pandas as pd
from sklearn.model_selection import train_test_split

TEST_SHARE = 0.2
INPUT = Path('/opt/ml/processing/input/raw')
OUTPUT = Path('/opt/ml/processing/output')

penguins = pd.concat(pd.read_json(file) for file in INPUT.glob('*.json'))
penguins.columns = [column.split(' (')[0].lower().replace(' ', '_') for column in penguins.columns]

# Some penguins were not measured. Where the sex is not known, the column is empty or a dot.
clean = penguins[penguins['sex'].isin(['MALE', 'FEMALE'])].dropna()

train, test = train_test_split(clean, test_size=TEST_SHARE, stratify=clean['species'], random_state=1)
train.to_csv(OUTPUT / 'train' / 'train.csv', index=False)
test.to_csv(OUTPUT / 'test' / 'test.csv', index=False)

report = {
    'penguins': len(penguins),
    'incomplete': len(penguins) - len(clean),
    'train': len(train),
    'test': len(test),
    'species': clean['species'].value_counts().sort_index().to_dict(),
}
(OUTPUT / 'report' / 'report.json').write_text(json.dumps(report, indent=2))

# The exit message of the job.
message = f"{report['train']} penguins to train with, {report['test']} to test with, {report['incomplete']} incomplete ones left out"
Path('/opt/ml/output/message').write_text(message)
print(message)
