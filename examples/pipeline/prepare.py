"""Keeps the penguins of which everything is known, as numbers."""
import csv
import json
from pathlib import Path

INPUT = Path('/opt/ml/processing/input/raw')
OUTPUT = Path('/opt/ml/processing/output/train')
NUMBERS = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)']

rows = []
for file in INPUT.glob('*.json'):
    for penguin in json.loads(file.read_text()):
        if all(penguin.get(name) is not None for name in NUMBERS):
            rows.append([penguin['Species'], *(penguin[name] for name in NUMBERS)])

with (OUTPUT / 'penguins.csv').open('w', newline='') as lines:
    csv.writer(lines).writerows(rows)
