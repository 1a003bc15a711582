"""A program of the terminal, on a terminal of its own: what it shows, and keys for it."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from lab import Failure

ESCAPES = re.compile(r'\x1b\[[0-9;?<>=]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78]|[\x00-\x08\x0b-\x1a]')


class Screen:
    """with Screen(command) as screen: screen.wait_for('text'); screen.type(':quit\\r')"""

    def __init__(self, command, environment=None):
        self.text = ''
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM='xterm-256color', **(environment or {}))
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 160, 0, 0))

    def __enter__(self):
        return self

    def __exit__(self, *_what):
        for number in (signal.SIGTERM, signal.SIGKILL):
            deadline = time.monotonic() + 3
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return
            while time.monotonic() < deadline:
                if os.waitpid(self.pid, os.WNOHANG)[0] != 0:
                    os.close(self.fd)
                    return
                self.read(0.1)

    def read(self, seconds):
        if select.select([self.fd], [], [], seconds)[0]:
            try:
                self.text += ESCAPES.sub(' ', os.read(self.fd, 65536).decode(errors='replace'))
            except OSError:
                time.sleep(seconds)

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def wait_for(self, text, seconds=30):
        deadline = time.monotonic() + seconds
        while text not in self.text:
            if time.monotonic() > deadline:
                raise Failure(f'“{text}” was not shown within {seconds} s; the last that was: {self.text[-1500:]!r}')
            self.read(0.2)
