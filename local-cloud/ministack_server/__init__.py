"""ministack, with what it lacks for the custom resources of this library. Written for the version in requirements.txt."""
