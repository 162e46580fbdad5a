"""Faults that tests inject: the next calls of an operation fail before or after they take effect."""
import threading

from .errors import ServiceError


class ConnectionLost(Exception):
    """Breaks the connection without a response."""


class Faults:
    def __init__(self):
        self._faults = []
        self._lock = threading.Lock()

    def reset(self):
        with self._lock:
            self._faults = []

    def add(self, operation, error, message='', times=1, when='before'):
        """`error` is an error code, or ConnectionLost. `when` says whether the call fails before or after it takes effect."""
        with self._lock:
            self._faults.append({'operation': operation, 'error': error, 'message': message, 'times': times, 'when': when})

    def check(self, operation, when):
        with self._lock:
            fault = next((each for each in self._faults
                          if each['operation'] == operation and each['when'] == when and each['times'] > 0), None)
            if fault is None:
                return
            fault['times'] -= 1
        if fault['error'] == 'ConnectionLost':
            raise ConnectionLost()
        raise ServiceError(fault['error'], fault['message'], 500 if fault['error'].startswith('Internal') else 400)
