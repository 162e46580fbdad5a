"""Runs a command in the process group it is in, and ends that whole group once its own standard input closes.

Whoever starts a process this way holds the other end of the pipe. The operating system closes it when the starter
ends, however it ends, so nothing stays behind, even after a kill -9.

Usage: python supervise.py COMMAND [ARGUMENT...], as the leader of a process group of its own.
"""
import os
import signal
import subprocess
import sys
import threading


def end_group_when_starter_ends():
    try:
        while os.read(0, 4096):
            pass
    finally:
        os.killpg(0, signal.SIGKILL)


def main():
    # Signals to the group are meant for the command. This process ends after it.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: None)
    threading.Thread(target=end_group_when_starter_ends, daemon=True).start()
    code = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL).wait()
    # The exit code that a shell reports: 128 + the signal that ended the command.
    os._exit(code if code >= 0 else 128 - code)


if __name__ == '__main__':
    main()
