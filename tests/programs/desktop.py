#!/usr/bin/env python3
"""Real desktop programs receive and send with what Postweg wrote into an empty home folder.

Usage: desktop.py CLI LAB PROGRAM

The user's login is not the address, and the password is full of special characters; where the program has a place for it, it lies in a
keyring. They run on a display of their own."""
import glob
import imaplib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

import akonadi
import own_world
from lab import Failure, wait_for
from terminal import BOTH, EXTRA, Case, assert_sender


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
        if kind is not None:
            photograph('failed')
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
    return wait_for(what, seconds, ask)


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


def assert_refused(case, program, reason):
    try:
        case.export(program)
    except Failure as refusal:
        if reason in str(refusal):
            return
        raise
    raise Failure(f'the settings of {program} were written all the same')


def assert_refused_while_running(case, program):
    assert_refused(Case(case.cli, case.lab, case.folder, 'imap', 'tls', 'bob'), program, 'is running')


def geary(case):
    case.deliver()
    # it drops these characters from names of its own accounts
    geary_uses(case, lambda: assert_refused_while_running(case, 'geary'), lambda name: name.replace('"', '').replace('\\', ''))


def geary_uses(case, meanwhile=lambda: None, change=lambda name: name):
    with Program('geary', f'mailto:{case.bob()}?subject=sent%20{case.mark}&body=Hello.'):
        wait_for('the received mail', 60,
                 lambda: in_database('.local/share/geary/*/geary.db', 'SELECT 1 FROM MessageTable WHERE subject = ?', f'received {case.mark}'))
        meanwhile()
        head = press_until(['ctrl+Return'], 'the sent mail', 60, lambda: case.lab.find('bob', f'sent {case.mark}'))
        assert_sender(case, head, change)


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
    return in_files(case, '.local/share/evolution/mail/local/**')


def claws(case):
    """It asks for the password as nobody has told it, and gets it typed."""
    case.deliver()
    case.put('.claws-mail/clawsrc', '[Common]\nconfig_version=4\nenable_aspell=0\n')
    with Program('claws-mail'):
        wait_for('the program', 30, lambda: type_password(case) or windows('Claws Mail'))
        wait_for('the received mail', 90, lambda: asked_claws(case))
        assert_refused_while_running(case, 'claws-mail')
        case.command('claws-mail', '--compose', f'mailto:{case.bob()}?subject=sent%20{case.mark}&body=Hello.')
        wait_for('the letter', 20, lambda: windows('Compose message'))
        time.sleep(1)
        press('ctrl+Return')
        head = wait_for('the sent mail', 60, lambda: type_password(case) or case.lab.find('bob', f'sent {case.mark}'))
        # it does not protect backslashes in a quoted name
        assert_sender(case, head, lambda name: name.replace('\\', ''))
        case.command('claws-mail', '--quit')
        wait_for('the end', 20, lambda: not windows('Claws Mail'))


def type_password(case):
    """If it asks; to be remembered for this session. A window that has just come does not have the keyboard yet."""
    if windows('Input password'):
        time.sleep(1)
        subprocess.run(['xdotool', 'type', '--delay', '120', case.user['password']], check=True, stderr=subprocess.DEVNULL)
        press('Tab', 'space', 'Return')
        wait_for('the answer to the password', 10, lambda: not windows('Input password'))
        time.sleep(1)


def asked_claws(case):
    """While a dialogue is open it answers nothing, and whoever asks waits: the dialogue may open at any moment."""
    try:
        case.command('claws-mail', '--receive-all', seconds=10)
    except subprocess.TimeoutExpired:
        pass
    time.sleep(3)
    if windows('Input password'):
        type_password(case)
        return False
    if case.protocol == 'pop3':
        return in_files(case, 'Mail/inbox/*')
    inbox = f'#imap/{case.user["address"]}/INBOX'
    return inbox in case.command('claws-mail', '--status-full') and case.command('claws-mail', '--search', inbox, 's', f'received {case.mark}').strip() != ''


def sylpheed(case):
    case.deliver()
    with Program('sylpheed'):
        wait_for('the program', 30, lambda: windows('Sylpheed'))
        wait_for('the received mail', 60, lambda: asked_sylpheed(case))
        assert_refused_while_running(case, 'sylpheed')
        case.command('sylpheed', '--compose', f'mailto:{case.bob()}?subject=sent%20{case.mark}&body=Hello.')
        wait_for('the letter', 20, lambda: windows('Compose$'))
        time.sleep(1)
        # its button for sending: it knows no keys for that
        subprocess.run(['xdotool', 'mousemove', '--window', windows('Compose$')[0], '45', '45', 'click', '1'], check=True)
        head = wait_for('the sent mail', 60, lambda: case.lab.find('bob', f'sent {case.mark}'))
        assert_sender(case, head, lambda name: re.sub(r'["\\;]', '', name).replace('  ', ' '))
        case.command('sylpheed', '--exit')
        wait_for('the end', 20, lambda: not windows('Sylpheed'))


def asked_sylpheed(case):
    case.command('sylpheed', '--receive-all')
    time.sleep(2)
    if case.protocol == 'pop3':
        return in_files(case, 'Mail/inbox/*')
    counted = re.search(r'(\d+) #imap/[^/]*/INBOX$', case.command('sylpheed', '--status-full'), re.MULTILINE)
    return counted is not None and int(counted[1]) == messages_of(case)


def messages_of(case):
    """How many lie on the server, the one that was just delivered among them."""
    facts = case.lab.facts
    with imaplib.IMAP4_SSL(facts['host'], facts['ports']['imaps'], ssl_context=case.lab.trust) as imap:
        imap.authenticate('PLAIN', lambda _: f'\0{case.user["login"]}\0{case.user["password"]}'.encode())
        return int(imap.select('INBOX', readonly=True)[1][0])


def in_files(case, pattern):
    try:
        case.assert_received(pattern)
    except Failure:
        return False
    return True


def goa(case):
    """One account for two programs; its service has to sign in to both servers before they may use it. It cannot do so with every password."""
    for name in ('odd', 'stern'):
        assert_refused(Case(case.cli, case.lab, case.folder, 'imap', 'tls', name), 'goa', 'cannot sign in with a password')
    objects = case.command('gdbus', 'call', *GOA, '--object-path', '/org/gnome/OnlineAccounts', '--method', 'org.freedesktop.DBus.ObjectManager.GetManagedObjects')
    paths = re.findall(r"'(/org/gnome/OnlineAccounts/Accounts/\w+)'", objects)
    if len(paths) != 1:
        raise Failure(f'its service has these accounts: {objects}')
    case.command('gdbus', 'call', *GOA, '--object-path', paths[0], '--method', 'org.gnome.OnlineAccounts.Account.EnsureCredentials')
    case.deliver()
    geary_uses(case)
    if case.security == 'tls':
        evolution(Case(case.cli, case.lab, case.folder, case.protocol, case.security, case.name))


GOA = ['--session', '--dest', 'org.gnome.OnlineAccounts']


def kmail(case):
    """Akonadi, which fetches and sends KMail's mail. It asks for the password; what a person would type is handed over on the bus."""
    trust_in_folder(case)
    # the bus may be quicker to start it, which then needs the display too; services of other programs fare worse with one
    case.command('dbus-update-activation-environment', 'DISPLAY')
    case.put('.config/akonadi/akonadiserverrc', '[%General]\nDriver=QSQLITE\n')
    case.put(f'.config/akonadi/agent_config_{akonadi.SENDER}', '[Agent]\nDesiredOnlineState=false\n')
    case.put('.config/kwalletrc', '[Wallet]\nEnabled=false\nFirst Use=false\n')
    resource = f'akonadi_{case.protocol}_resource_0'
    case.deliver()
    with Akonadi():
        wait_for('the resource', 30, lambda: akonadi.on_bus(f'{akonadi.NAME}.Resource.{resource}'))
        wait_for('its name', 10, lambda: case.user['address'] in akonadi.name_of(resource))
        assert_refused_while_running(case, 'kmail')
        wait_for('the received mail', 40, lambda: akonadi_has(case, resource))
        if case.protocol == 'imap':
            wait_for('the folder of the outbox', 20, lambda: glob.glob(os.path.join(case.home, akonadi.OUTBOX)))
            wait_for('the outbox', 20, lambda: in_database(akonadi.DATABASE, 'SELECT 1 FROM CollectionTable WHERE name = ?', 'outbox'))
    if case.protocol == 'imap':
        kmail_sends(case)


def kmail_sends(case):
    """As it is the same server for both protocols, this is done for one of them."""
    transport = akonadi.remember_password(case.home, case.user['password'])
    akonadi.put_in_outbox(case.home, case.message(), case.user['address'], case.bob(), transport)
    with Akonadi():
        # what sends does not wait for what filters
        for agent in ('akonadi_mailfilter_agent', akonadi.SENDER):
            wait_for(agent, 30, lambda name=agent: akonadi.on_bus(f'{akonadi.NAME}.Agent.{name}'))
        akonadi.set_online(akonadi.SENDER)
        case.wait_until_sent()


class Akonadi(Program):
    def __init__(self):
        super().__init__('akonadi_control')

    def __exit__(self, *what):
        akonadi.stop()
        super().__exit__(*what)


def akonadi_has(case, resource):
    """When its question is put away it goes offline and forgets what it knew."""
    if windows('Password'):
        press('Escape')
        time.sleep(0.5)
    akonadi.set_password(case.protocol, resource, case.user['password'])
    akonadi.set_online(resource)
    akonadi.synchronize(resource)
    time.sleep(1.5)
    return in_database(akonadi.DATABASE, 'SELECT 1 FROM PartTable WHERE instr(data, ?)', f'received {case.mark}'.encode()) or \
        in_files(case, '.local/share/local-mail/**')


def trust_in_folder(case):
    """Qt looks into the folder of authorities, by the hash of their names."""
    folder = os.path.join(case.folder, 'certs')
    if os.path.isdir(folder):
        return
    shutil.copytree('/etc/ssl/certs', folder, symlinks=True, ignore_dangling_symlinks=True)
    name = case.command('openssl', 'x509', '-hash', '-noout', '-in', case.lab.facts['ca']).strip()
    shutil.copy(case.lab.facts['ca'], os.path.join(folder, name + '.0'))
    case.command('mount', '--bind', folder, '/etc/ssl/certs')


# what the program does, its commands, protocols and kinds of encryption, folders to be emptied and items to be forgotten afterwards
PROGRAMS = {
    'claws-mail': (claws, ['claws-mail', 'xdotool'], BOTH + [('pop3', 'tls'), ('pop3', 'starttls')], [], []),
    'sylpheed': (sylpheed, ['sylpheed', 'xdotool'], BOTH + [('pop3', 'tls'), ('pop3', 'starttls')], [], []),
    'evolution': (evolution, ['evolution', 'xdotool'], BOTH + [('pop3', 'tls'), ('pop3', 'starttls')],
                  ['.local/share/evolution'], [('eds-origin', 'evolution-data-server')]),
    'kmail': (kmail, ['akonadi_control', 'akonadictl', 'kmail', 'gdbus', 'openssl', 'xdotool'], BOTH + [('pop3', 'tls'), ('pop3', 'starttls')],
              ['.local/share/akonadi', '.local/share/local-mail', '.local/share/akonadi_maildir_resource_0'], [('server', 'mailtransports')]),
    'goa': (goa, ['geary', 'evolution', 'gdbus', 'xdotool'], [('imap', 'tls', 'dora'), ('imap', 'starttls', 'dora')],
            ['.local/share/geary', '.local/share/evolution'], [('xdg:schema', 'org.gnome.OnlineAccounts')]),
    'geary': (geary, ['geary', 'xdotool'], BOTH, ['.local/share/geary'], [('proto', 'IMAP'), ('proto', 'SMTP')]),
}
# undone after each case, while the service runs; files are thrown away
EXTRA['sylpheed'] = ['--password-in-file']
KEPT_BY_A_SERVICE = ['evolution', 'goa']


def forget(folders, items):
    home = os.environ['HOME']
    for item in items:
        subprocess.run(['secret-tool', 'clear', *item], check=False)
    names = [name for name in os.listdir(home) if name not in ('.local', '.config')]
    if os.path.isdir(os.path.join(home, '.config')):
        # a service that runs follows the one folder
        names += [os.path.join('.config', name) for name in os.listdir(os.path.join(home, '.config')) if name != 'goa-1.0']
    for name in [*folders, *names]:
        path = os.path.join(home, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.unlink(path)


def run_case(lab, kind):
    cli, _lab, program = sys.argv[1:4]
    case = Case(cli, lab, os.environ['XDG_RUNTIME_DIR'], *kind)
    if not case.export(program)['changes']:
        raise Failure('nothing was written')
    PROGRAMS[program][0](case)
    again = case.export(program)
    if again['changes']:
        raise Failure(f'a second time changes something: {again["changes"]}')


def clear(lab, kind):
    cli, _lab, program = sys.argv[1:4]
    try:
        if program in KEPT_BY_A_SERVICE:
            Case(cli, lab, os.environ['XDG_RUNTIME_DIR'], *kind).command(cli, 'undo')
    finally:
        forget(*PROGRAMS[program][3:])


def run_all(lab, _folder):
    """What is written wrongly fails twice; programs of many processes under a display without a person sometimes just get stuck."""
    program = sys.argv[3]
    with Display():
        for kind in PROGRAMS[program][2]:
            try:
                run_case(lab, kind)
            except Failure as failure:
                print(program, *kind, 'once more, since:', failure, file=sys.stderr)
                clear(lab, kind)
                run_case(lab, kind)
            print(program, *kind)
            clear(lab, kind)


if __name__ == '__main__':
    own_world.run(os.path.abspath(__file__), PROGRAMS[sys.argv[3]][1] + ['Xvfb', 'metacity', 'xdotool'], run_all)
