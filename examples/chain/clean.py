"""First step: keeps the days whose measurements make sense, each once, in order."""
import csv
from datetime import date
from pathlib import Path

INPUT = Path('/opt/ml/processing/input/raw')
OUTPUT = Path('/opt/ml/processing/output/days')
NUMBERS = ['precipitation', 'temp_max', 'temp_min', 'wind']

days = {}
read = 0
for file in INPUT.glob('*.csv'):
    with file.open(newline='') as lines:
        for row in csv.DictReader(lines):
            read += 1
            try:
                day = date.fromisoformat(row['date'].replace('/', '-'))
                numbers = {name: float(row[name]) for name in NUMBERS}
            except ValueError:
                continue
            if numbers['temp_min'] <= numbers['temp_max'] and numbers['precipitation'] >= 0:
                days[day] = {'date': day.isoformat(), **numbers, 'weather': row['weather']}

if not days:
    raise ValueError(f'No day makes sense, of {read} in {INPUT}')

with (OUTPUT / 'days.csv').open('w', newline='') as lines:
    writer = csv.DictWriter(lines, ['date', *NUMBERS, 'weather'])
    writer.writeheader()
    writer.writerows(days[day] for day in sorted(days))

message = f'{len(days)} of {read} days kept'
Path('/opt/ml/output/message').write_text(message)
print(message)
