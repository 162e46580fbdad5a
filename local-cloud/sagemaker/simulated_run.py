"""Simulates the run of a job that needs its container image: it takes a while and ends as the test has set."""
import time


class Simulation:
    """How long simulated jobs take, and how they end."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.seconds = 1.0
        self.stop_seconds = 0.5
        self.failure_reason = None
        self.exit_message = None
        self.candidate_seconds = 0.0

    def set(self, seconds=None, stopSeconds=None, failureReason=None, exitMessage=None, candidateSeconds=None):
        self.seconds = self.seconds if seconds is None else seconds
        self.stop_seconds = self.stop_seconds if stopSeconds is None else stopSeconds
        self.candidate_seconds = self.candidate_seconds if candidateSeconds is None else candidateSeconds
        self.failure_reason = failureReason
        self.exit_message = exitMessage


def run_simulated(job, simulation):
    job.start()
    out_of_time = simulation.seconds > job.max_runtime_seconds
    if job.stop_requested.wait(min(simulation.seconds, job.max_runtime_seconds)) or out_of_time:
        job.stop()
        time.sleep(simulation.stop_seconds)
        job.stopped()
    elif simulation.failure_reason:
        job.fail(simulation.failure_reason, simulation.exit_message)
    else:
        job.complete(simulation.exit_message)


def run_simulated_automl(job, simulation):
    """Passes through the states of a job that fine-tunes a language model, without training anything: it has no candidate."""
    states = ('AnalyzingData', 'PreTraining', 'TrainingModels')
    seconds = min(simulation.seconds, job.max_runtime_seconds)
    for state in states:
        job.enter(state)
        if job.stop_requested.wait(seconds / len(states)):
            time.sleep(simulation.stop_seconds)
            job.stopped()
            return
    if simulation.failure_reason:
        job.fail(simulation.failure_reason)
    else:
        job.complete('MaxAutoMLJobRuntimeReached' if simulation.seconds > job.max_runtime_seconds else 'Completed')
