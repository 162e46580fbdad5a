class JobFailure(Exception):
    """The job fails, for this reason."""
