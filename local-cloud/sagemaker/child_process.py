"""Runs a command in its own process group until it ends, is stopped, or exceeds its time limit."""
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

SUPERVISE = Path(__file__).parent.parent / 'supervise.py'
SECONDS_TO_END_AFTER_TERM = 5


def run_child(command, *, folder, environment, on_line, stop_requested, seconds, on_timeout):
    """Returns the exit code. The event `stop_requested` ends the command, and is set when this returns."""
    process = subprocess.Popen(
        [sys.executable, str(SUPERVISE), *command], start_new_session=True, cwd=folder,
        env={**environment, 'PYTHONUNBUFFERED': '1'},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace')
    reader = threading.Thread(target=_read_lines, args=(process, on_line), daemon=True)
    ender = threading.Thread(target=_end_when_asked, args=(process, stop_requested, seconds, on_timeout), daemon=True)
    reader.start()
    ender.start()
    code = process.wait()
    # A container ends with its first process, so end the processes that the command has left running.
    _signal_group(process, signal.SIGKILL)
    reader.join()
    # End the thread: it must not signal a process id that the system may have reused.
    stop_requested.set()
    ender.join()
    return code


def _read_lines(process, on_line):
    for line in process.stdout:
        on_line(line.rstrip('\n'))


def _end_when_asked(process, stop_requested, seconds, on_timeout):
    if not stop_requested.wait(seconds):
        on_timeout()
    for each in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        _signal_group(process, each)
        try:
            process.wait(SECONDS_TO_END_AFTER_TERM)
        except subprocess.TimeoutExpired:
            pass


def _signal_group(process, signal_number):
    try:
        os.killpg(process.pid, signal_number)
    except ProcessLookupError:
        pass
