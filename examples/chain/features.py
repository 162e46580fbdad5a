"""Second step: features for predicting the rain of a day from the days before it."""
import os
from pathlib import Path

import pandas as pd

INPUT = Path('/opt/ml/processing/input/days')
OUTPUT = Path('/opt/ml/processing/output/features')
DAYS_BACK = int(os.environ['DAYS_BACK'])

days = pd.read_csv(INPUT / 'days.csv', parse_dates=['date']).set_index('date').asfreq('D')

features = pd.DataFrame(index=days.index)
features['rain_tomorrow'] = (days['precipitation'].shift(-1) > 0).astype(int)
features['month'] = days.index.month
features['range'] = days['temp_max'] - days['temp_min']
for name in ['precipitation', 'temp_max', 'wind']:
    for back in range(DAYS_BACK):
        features[f'{name}_{back}'] = days[name].shift(back)
    features[f'{name}_mean'] = days[name].rolling(DAYS_BACK).mean()

# The first days have too few days before them, and the last has none after it.
features = features.iloc[:-1].dropna()
features.to_csv(OUTPUT / 'features.csv')

message = f"{features.shape[1] - 1} features of {len(features)} days; it rained after {features['rain_tomorrow'].mean():.0%} of them"
Path('/opt/ml/output/message').write_text(message)
print(message)
