"""Anonymises a customer list: removes names, makes ages and postcodes coarse, and drops small groups."""
import argparse
import csv
from collections import Counter
from pathlib import Path

INPUT = Path('/opt/ml/processing/input/customers')
OUTPUT = Path('/opt/ml/processing/output/anonymous')

parser = argparse.ArgumentParser()
parser.add_argument('--smallest-group', type=int, required=True)
smallest_group = parser.parse_args().smallest_group


def coarse(customer):
    decade = int(customer['age']) // 10 * 10
    return {'age': f'{decade}-{decade + 9}', 'area': customer['postcode'][:2], 'churned': customer['churned']}


customers = []
for file in sorted(INPUT.glob('*.csv')):
    with file.open(newline='') as lines:
        customers += [coarse(customer) for customer in csv.DictReader(lines)]

# Somebody who shares age and area with few others could still be recognised.
groups = Counter((customer['age'], customer['area']) for customer in customers)
kept = [customer for customer in customers if groups[customer['age'], customer['area']] >= smallest_group]

with (OUTPUT / 'customers.csv').open('w', newline='') as lines:
    writer = csv.DictWriter(lines, ['age', 'area', 'churned'])
    writer.writeheader()
    writer.writerows(kept)

message = f'{len(kept)} of {len(customers)} customers can be shared'
Path('/opt/ml/output/message').write_text(message)
print(message)
