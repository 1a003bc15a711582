#!/usr/bin/env python3
"""Real programs that have their settings file open: nothing is written, and once they have closed it, it is.

Usage: open_programs.py CLI
"""
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile

from lab import SKIPPED, Failure, wait_for


def server(protocol, port):
    return {'protocol': protocol, 'host': protocol + '.example.org', 'port': port, 'security': 'tls', 'user': 'anna', 'auth': 'password'}


ACCOUNT = {'name': 'Anna', 'address': 'anna@example.org', 'incoming': server('imap', 993), 'outgoing': server('smtp', 465),
           'pop': {'keep_on_server': True, 'delete_after_days': 0, 'delete_when_deleted': False}}


def alpine(home):
    """It wants a terminal, makes its file and stays at its first screen."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(home)
        os.execvp('alpine', ['alpine'])
    wait_for('its file', 20, lambda: os.path.exists(os.path.join(home, '.pinerc')))
    wait_for('its first screen', 20, lambda: b'\x1b[' in os.read(terminal, 65536))
    return process, terminal


def emacs(home):
    """It has typed something and not saved it."""
    file = os.path.join(home, '.emacs.d/init.el')
    os.mkdir(os.path.dirname(file))
    with open(file, 'w', encoding='utf-8') as out:
        out.write(';; mine\n')
    process = subprocess.Popen(['emacs', '--batch', '-Q', '--eval', f'(progn (find-file "{file}") (insert ";;") (sleep-for 60))'],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid
    wait_for('its lock', 20, lambda: os.path.islink(os.path.join(home, '.emacs.d/.#init.el')))
    return process, None


def export(cli, program, home):
    path = os.path.join(home, 'account.json')
    with open(path, 'w', encoding='utf-8') as out:
        json.dump(ACCOUNT, out)
    return subprocess.run([cli, 'export', program, '--account=' + path, '--json'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=60)


def files(home):
    """Every file's content, the programs' own notes aside."""
    found = {}
    for folder, _folders, names in os.walk(home):
        for name in names:
            path = os.path.join(folder, name)
            if name in ('.pinerc', 'init.el'):
                with open(path, 'rb') as file:
                    found[path] = file.read()
    return found


def end(process, terminal):
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    if terminal is not None:
        os.close(terminal)


def try_program(cli, program, start):
    with tempfile.TemporaryDirectory(prefix='postweg-open-') as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=os.path.join(home, '.config'), XDG_STATE_HOME=os.path.join(home, '.state'), TERM='xterm', LC_ALL='C.UTF-8')
        process, terminal = start(home)
        try:
            before = files(home)
            refused = export(cli, program, home)
            if refused.returncode == 0 or 'is running' not in refused.stdout or files(home) != before:
                raise Failure(f'{program} has its file open, and it was said: {refused.stdout}')
        finally:
            end(process, terminal)
        written = export(cli, program, home)
        if written.returncode != 0 or files(home) == before:
            raise Failure(f'{program} is closed, and it was said: {written.stdout}')
        print(program)


def main():
    os.environ.pop('DBUS_SESSION_BUS_ADDRESS', None)
    programs = {'alpine': alpine, 'emacs': emacs}
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        print('skipped: not installed: ' + ', '.join(missing))
        sys.exit(SKIPPED)
    for program, start in programs.items():
        try_program(os.path.abspath(sys.argv[1]), program, start)


if __name__ == '__main__':
    main()
