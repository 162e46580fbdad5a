"""ministack, with what it lacks for this library. Written for the version in requirements.txt."""
