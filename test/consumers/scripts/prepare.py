"""Splits what it reads into train and test: the code of the example's first job."""
import os
from pathlib import Path
from random import Random

INPUT = Path("/opt/ml/processing/input")
OUTPUT = Path("/opt/ml/processing/output")

test_share = float(os.environ["TEST_SHARE"])
random = Random(os.environ["SEED"])
rows = [row for file in sorted(INPUT.glob("raw/*.csv")) for row in file.read_text().splitlines()]
random.shuffle(rows)
size = round(len(rows) * test_share)
for name, part in (("test", rows[:size]), ("train", rows[size:])):
    (OUTPUT / name / "part.csv").write_text("\n".join(part))
