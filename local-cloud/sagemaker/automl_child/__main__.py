"""Runs an AutoML job on local files: python automl_child JOB_FILE FOLDER. Reports its progress in lines that begin with EVENT."""
import json
import sys
import time
from importlib import import_module
from pathlib import Path

from archive import write_archive
from failure import JobFailure

EVENT = 'EVENT '
# The module and the class of each problem. Only the module that is needed is imported.
PROBLEMS = {
    'Tabular': ('tabular', 'Tabular'),
    'TimeSeriesForecasting': ('forecasting', 'Forecasting'),
    'TextClassification': ('texts', 'Texts'),
    'ImageClassification': ('images', 'Images'),
}


def tell(kind, **event):
    print(EVENT + json.dumps({'event': kind, **event}), flush=True)


def main(job_file, folder):
    job = json.loads(Path(job_file).read_text())
    try:
        run(job, Path(folder))
    except JobFailure as failure:
        tell('failure', reason=str(failure))


def run(job, folder):
    module, name = PROBLEMS[job['problem']]
    problem = getattr(import_module(module), name)(job)
    metric = job['metric'] or problem.default_metric
    tell('resolved', problemType=problem.problem_type, metric=metric, metricType='Minimize' if metric in problem.minimized else 'Maximize',
         candidates=[name for name, _ in problem.candidates])
    if job.get('definitionsOnly'):
        return
    tell('phase', status='FeatureEngineering')
    problem.prepare()
    tell('phase', status=problem.training_status)
    for number, (name, candidate) in enumerate(problem.candidates, 1):
        train(job, folder / f'{number:03d}-{name}', problem, candidate, name, number)


def train(job, folder, problem, candidate, name, number):
    tell('started', name=name, number=number)
    start = time.monotonic()
    try:
        values, parts = problem.train(name, candidate)
    except ValueError as error:
        tell('failed', name=name, number=number, reason=str(error))
        return
    time.sleep(max(0, job['candidateSeconds'] - (time.monotonic() - start)))
    print(f"{name}: {', '.join(f'{metric} {value:.4f}' for metric, value in values.items())}", flush=True)
    tell('trained', name=name, number=number, metrics={metric: float(value) for metric, value in values.items()},
         parts=[{'archive': str(write_archive(folder, part, problem.inference)), 'environment': part.environment} for part in parts])


if __name__ == '__main__':
    main(*sys.argv[1:])
