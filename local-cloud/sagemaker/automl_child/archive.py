"""The model archives of a candidate."""
import json
import tarfile
from pathlib import Path
from typing import Any, NamedTuple

import joblib

HERE = Path(__file__).parent


class Part(NamedTuple):
    """What one container of a candidate serves: settings, and an estimator of scikit-learn if there is one."""

    name: str
    settings: dict
    estimator: Any = None
    # The environment variables of its container.
    environment: dict = {}


def write_archive(folder, part, inference):
    """Writes a model.tar.gz with the code that predicts, as the scikit-learn container expects it."""
    folder = folder / part.name
    folder.mkdir(parents=True)
    (folder / 'settings.json').write_text(json.dumps(part.settings))
    if part.estimator is not None:
        joblib.dump(part.estimator, folder / 'model.joblib')
    file = folder / 'model.tar.gz'
    with tarfile.open(file, 'w:gz', compresslevel=1) as tar:
        for each in sorted(folder.iterdir()):
            if each != file:
                tar.add(each, each.name)
        tar.add(HERE / inference, 'code/inference.py')
    return file
