class JobFailure(Exception):
    """Makes the job fail for this reason."""
