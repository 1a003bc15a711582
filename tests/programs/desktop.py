#!/usr/bin/env python3
"""Real desktop programs receive and send with what Postweg wrote into an empty home folder.

Usage: desktop.py CLI LAB PROGRAM

The user's login is not the address, and the password is full of special characters; where the program has a place for it, it lies in a
keyring. They run on a display of their own."""
import glob
import os
import shutil
import sqlite3
import subprocess
import sys
import time

import own_world
from lab import Failure, wait_for
from terminal import BOTH, Case, assert_sender


class Display:
    """A private X server with a window manager, which windows need to get the keyboard."""

    def __enter__(self):
        reading, writing = os.pipe()
        self.server = subprocess.Popen(['Xvfb', '-displayfd', str(writing), '-screen', '0', '1200x900x24', '-nolisten', 'tcp', '-noreset'],
                                       pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as answer:
            os.environ.update(DISPLAY=':' + answer.readline().strip(), GDK_BACKEND='x11', NO_AT_BRIDGE='1', GTK_USE_PORTAL='0', GIO_USE_VFS='local',
                              WEBKIT_DISABLE_COMPOSITING_MODE='1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS='1', GSETTINGS_BACKEND='memory')
        self.manager = subprocess.Popen(['metacity', '--sm-disable', '--no-composite'], stderr=subprocess.DEVNULL)
        return self

    def __exit__(self, *_what):
        for process in (self.manager, self.server):
            process.terminate()
            process.wait()


class Program:
    """with Program(command): the program runs until the end of the block."""

    def __init__(self, *command):
        self.log = open(os.path.join(os.environ['XDG_RUNTIME_DIR'], 'log'), 'w+', encoding='utf-8')
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, kind, _value, _trace):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if kind is not None:
            self.log.seek(0)
            print(self.log.read()[-3000:], file=sys.stderr)
        self.log.close()


def press(*keys):
    subprocess.run(['xdotool', 'key', '--clearmodifiers', '--delay', '400', *keys], check=True, stderr=subprocess.DEVNULL)


def windows(name):
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return found.stdout.split()


def photograph(name):
    """For who looks after a failure."""
    if 'POSTWEG_TEST_PICTURES' in os.environ:
        subprocess.run(['import', '-window', 'root', os.path.join(os.environ['POSTWEG_TEST_PICTURES'], name + '.png')], check=False)


def press_until(keys, what, seconds, question):
    """Windows are ready for keys at a time of their own."""
    def ask():
        answer = question()
        if not answer:
            press(*keys)
            time.sleep(1)
        return answer
    try:
        return wait_for(what, seconds, ask)
    finally:
        photograph(what.replace(' ', '-'))


def in_database(pattern, query, value):
    """Whether one of these databases of a running program has such a row."""
    for path in glob.glob(os.path.join(os.environ['HOME'], pattern)):
        try:
            with sqlite3.connect(f'file:{path}?mode=ro', uri=True, timeout=5) as database:
                if database.execute(query, [value]).fetchone() is not None:
                    return True
        except sqlite3.Error:
            pass
    return False


def assert_refused_while_running(case, program):
    try:
        Case(case.cli, case.lab, case.folder, 'imap', 'tls', 'bob').export(program)
    except Failure as refusal:
        if 'is running' in str(refusal):
            return
        raise
    raise Failure(f'{program} runs, and its settings were written all the same')


def geary(case):
    case.deliver()
    with Program('geary', f'mailto:{case.bob()}?subject=sent%20{case.mark}&body=Hello.'):
        wait_for('the received mail', 60,
                 lambda: in_database('.local/share/geary/*/geary.db', 'SELECT 1 FROM MessageTable WHERE subject = ?', f'received {case.mark}'))
        assert_refused_while_running(case, 'geary')
        head = press_until(['ctrl+Return'], 'the sent mail', 60, lambda: case.lab.find('bob', f'sent {case.mark}'))
        # it drops these characters from names by itself
        assert_sender(case, head, lambda name: name.replace('"', '').replace('\\', ''))


def evolution(case):
    case.deliver()
    with Program('evolution', '--force-online', f'mailto:{case.bob()}?subject=sent%20{case.mark}&body=Hello.'):
        # it asks whether the keys were meant
        head = press_until(['ctrl+Return', 'Return'], 'the sent mail', 60, lambda: case.lab.find('bob', f'sent {case.mark}'))
        assert_sender(case, head)
    with Program('evolution', '--force-online'):
        wait_for('the received mail', 60, lambda: evolution_has(case))


def evolution_has(case):
    if case.protocol == 'imap':
        return in_database('.cache/evolution/mail/*/folders.db', 'SELECT 1 FROM INBOX WHERE subject = ?', f'received {case.mark}')
    try:
        case.assert_received('.local/share/evolution/mail/local/**')
    except Failure:
        return False
    return True


# what the program does, its commands, protocols and kinds of encryption, folders to be emptied and items to be forgotten afterwards
PROGRAMS = {
    'evolution': (evolution, ['evolution', 'xdotool'], BOTH + [('pop3', 'tls'), ('pop3', 'starttls')],
                  ['.local/share/evolution'], [('eds-origin', 'evolution-data-server')]),
    'geary': (geary, ['geary', 'xdotool'], BOTH, ['.local/share/geary'], [('proto', 'IMAP'), ('proto', 'SMTP')]),
}
# undone after each case, while the service runs; files are thrown away
KEPT_BY_A_SERVICE = ['evolution']


def forget(folders, items):
    home = os.environ['HOME']
    for item in items:
        subprocess.run(['secret-tool', 'clear', *item], check=False)
    for name in [*folders, *(name for name in os.listdir(home) if name != '.local')]:
        path = os.path.join(home, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.unlink(path)


def run_all(lab, _folder):
    cli, _lab, program = sys.argv[1:4]
    use, _commands, cases, folders, items = PROGRAMS[program]
    with Display():
        for kind in cases:
            case = Case(cli, lab, os.environ['XDG_RUNTIME_DIR'], *kind)
            if not case.export(program)['changes']:
                raise Failure('nothing was written')
            use(case)
            again = case.export(program)
            if again['changes']:
                raise Failure(f'a second time changes something: {again["changes"]}')
            if program in KEPT_BY_A_SERVICE:
                case.command(cli, 'undo')
            print(program, *kind)
            forget(folders, items)


if __name__ == '__main__':
    own_world.run(os.path.abspath(__file__), PROGRAMS[sys.argv[3]][1] + ['Xvfb', 'metacity', 'xdotool'], run_all)
