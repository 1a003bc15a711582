"""A small client for Marionette, the remote control that Mozilla's programs bring along: runs JavaScript with their own services."""
import json
import os
import signal
import socket
import subprocess
import time


class ScriptError(Exception):
    """A script in the program has thrown."""


class Program:
    """One run of a Mozilla program; use it with `with`. profile: the folder that it must open."""

    def __init__(self, command, profile, environment, log):
        self.profile = profile
        self.port_file = os.path.join(profile, 'MarionetteActivePort')
        if os.path.exists(self.port_file):
            os.unlink(self.port_file)
        self.process = subprocess.Popen(
            [*command, '--headless', '--marionette', '--remote-allow-system-access', '--no-remote'],
            env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        self.connection = None
        self.received = b''
        self.number = 0

    def __enter__(self):
        try:
            self._connect(time.monotonic() + 60)
        except BaseException:
            self._kill()
            raise
        return self

    def __exit__(self, *_):
        try:
            if self.process.poll() is None:
                self.run('Services.startup.quit(Ci.nsIAppStartup.eForceQuit)')
            self.process.wait(20)
        except (OSError, EOFError, ScriptError, subprocess.TimeoutExpired):
            pass
        self._kill()

    def _kill(self):
        if self.connection:
            self.connection.close()
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _connect(self, deadline):
        while self.connection is None:
            if self.process.poll() is not None:
                raise RuntimeError(f'the program ended with status {self.process.returncode}')
            if time.monotonic() > deadline:
                raise RuntimeError('the program does not open its remote control')
            try:
                with open(self.port_file, encoding='ascii') as file:
                    port = int(file.read())
                self.connection = socket.create_connection(('127.0.0.1', port), 60)
            except (OSError, ValueError):
                time.sleep(0.1)
        self._read()  # the greeting
        self._command('WebDriver:NewSession', {'capabilities': {}})
        self._command('Marionette:SetContext', {'value': 'chrome'})

    def _read(self):
        """Messages are LENGTH:JSON."""
        while b':' not in self.received:
            self._receive()
        length, _, rest = self.received.partition(b':')
        while len(rest) < int(length):
            self._receive()
            rest = self.received.partition(b':')[2]
        self.received = rest[int(length):]
        return json.loads(rest[:int(length)])

    def _receive(self):
        data = self.connection.recv(65536)
        if not data:
            raise EOFError('the program has closed its remote control')
        self.received += data

    def _command(self, name, parameters):
        self.number += 1
        text = json.dumps([0, self.number, name, parameters]).encode()
        self.connection.sendall(b'%d:%s' % (len(text), text))
        while True:
            kind, number, error, result = self._read()
            if kind == 1 and number == self.number:
                break
        if error:
            raise ScriptError(error.get('message', error))
        return result

    def run(self, script, *arguments):
        """The value that the body of an async function returns; `args` holds the arguments."""
        wrapped = ('const done = arguments[arguments.length - 1]; const args = arguments;'
                   '(async () => {' + script + '})().then(v => done([v ?? null]), e => done(String(e) + e.stack));')
        result = self._command('WebDriver:ExecuteAsyncScript',
                               {'script': wrapped, 'args': list(arguments), 'scriptTimeout': 45000,
                                'newSandbox': True, 'sandbox': 'system'})['value']
        if isinstance(result, str):
            raise ScriptError(result)
        return result[0] if result else None
