"""A stand-in for the SageMaker API: the operations on processing jobs, with the checks, errors and states of the service."""
