"""A stand-in for the SageMaker API: the operations on jobs and models, with the checks, errors and states of the service."""
