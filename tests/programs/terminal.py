#!/usr/bin/env python3
"""Real programs of the terminal receive and send with what Postweg wrote into an empty home folder.

Usage: terminal.py CLI LAB PROGRAM

The user's login is not the address, and the password is full of special characters; it lies in a keyring."""
import email
import email.policy
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import uuid

import own_world
from lab import Failure, wait_for
from screen import Screen

# hostile to naive writers; and one that stays readable in the file
NAMES = {'starttls': "Änne-Marie O'Neill, jr.", 'tls': 'Ödön "Odd" O\'Neill; #1 $x \\ %41'}


class Case:
    """One program, one protocol, one kind of encryption."""

    def __init__(self, cli, lab, folder, protocol, security, name='odd'):
        self.cli, self.lab, self.folder = cli, lab, folder
        self.home = os.environ['HOME']
        self.protocol, self.security = protocol, security
        self.name, self.user = name, lab.facts['users'][name]
        self.mark = str(uuid.uuid4())

    def server(self, protocol):
        ports = self.lab.facts['ports']
        names = {('smtp', 'tls'): 'smtps', ('smtp', 'starttls'): 'submission'}
        name = names.get((protocol, self.security), protocol + ('s' if self.security == 'tls' else ''))
        return {'protocol': protocol, 'host': self.lab.facts['host'], 'port': ports[name], 'security': self.security,
                'user': self.user['login'], 'auth': 'password'}

    def export(self, program):
        """Returns: what the command said"""
        account = {'name': NAMES[self.security], 'address': self.user['address'], 'incoming': self.server(self.protocol), 'outgoing': self.server('smtp'),
                   'pop': {'keep_on_server': True, 'delete_after_days': 0, 'delete_when_deleted': False}}
        paths = [os.path.join(self.folder, name) for name in ('account.json', 'password')]
        for path, text in zip(paths, (json.dumps(account), self.user['password'])):
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            os.chmod(path, 0o600)
        arguments = [self.cli, 'export', program, '--account=' + paths[0], '--password-file=' + paths[1], '--json', *EXTRA.get(program, [])]
        done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
        if done.returncode != 0:
            raise Failure(f'export ended with {done.returncode}: {done.stderr}{done.stdout}')
        return json.loads(done.stdout)

    def command(self, *words, text=None, seconds=60):
        done = subprocess.run(words, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', errors='replace', check=False, timeout=seconds)
        if done.returncode != 0:
            raise Failure(f'{words} ended with {done.returncode}: {done.stdout}')
        return done.stdout

    def message(self):
        """What a person would write to Bob."""
        return (f'From: <{self.user["address"]}>\nTo: <{self.bob()}>\nSubject: sent {self.mark}\n\nHello.\n')

    def put(self, path, text):
        """A file below the home folder, which concerns no account."""
        full = os.path.join(self.home, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'w', encoding='utf-8') as file:
            file.write(text)

    def bob(self):
        return self.lab.facts['users']['bob']['address']

    def deliver(self):
        self.lab.deliver(self.name, f'received {self.mark}')

    def wait_until_sent(self):
        """Returns: the header of the mail that has come to Bob"""
        return wait_for('the sent mail', 30, lambda: self.lab.find('bob', f'sent {self.mark}'))

    def assert_received(self, pattern):
        """The mail stands in a file that the pattern finds below the home folder."""
        for path in glob.glob(os.path.join(self.home, pattern), recursive=True):
            if os.path.isfile(path):
                with open(path, encoding='utf-8', errors='replace') as file:
                    if f'received {self.mark}' in file.read():
                        return
        raise Failure(f'the mail is not in {pattern}')


def assert_sender(case, head, change=lambda name: name):
    """Name and address came to the recipient as they were meant."""
    message = email.message_from_string(head, policy=email.policy.default)
    sender = message['From'].addresses[0]
    if (sender.display_name, sender.addr_spec) != (change(NAMES[case.security]), case.user['address']):
        raise Failure(f'the sender is {sender.display_name!r} in {head}')


def msmtp(case):
    case.command('msmtp', case.bob(), text=case.message())
    case.wait_until_sent()


def mbsync(case):
    case.deliver()
    case.command('mbsync', '--all')
    case.assert_received('Mail/*/INBOX/*/*')


def getmail(case):
    """It delivers nothing into a Maildir as root, so the mail goes into a file here, once it has accepted our destination."""
    case.deliver()
    case.command('getmail', '--dump')
    path = os.path.join(case.home, '.config/getmail/getmailrc')
    with open(path, encoding='utf-8') as file:
        settings = file.read()
    mail = os.path.join(case.home, 'mail')
    case.put(path, re.sub(r'type = Maildir\npath = .*', f'type = MDA_external\npath = /usr/bin/tee\nallow_root_commands = true\narguments = ("{mail}",)', settings))
    case.command('getmail')
    case.assert_received('mail')


def offlineimap(case):
    case.deliver()
    case.command('offlineimap', '-o', '-u', 'basic')
    case.assert_received('Mail/*/INBOX/*/*')


def aerc(case):
    case.deliver()
    case.put('.config/aerc/aerc.conf', '[compose]\neditor=true\n')
    with Screen(['aerc', f'mailto:{case.bob()}?subject=sent%20{case.mark}&body=Hello.']) as screen:
        screen.wait_for('Send this email?')
        screen.type('y')
        # its composer turns these characters into others by itself
        assert_sender(case, case.wait_until_sent(), lambda name: name.replace('"', "'").replace('\\ ', ''))
        screen.wait_for(f'received {case.mark}')


def mutt_of(program):
    def mutt(case):
        case.deliver()
        # hooks of the file system for POP's local inbox, which concerns no account
        local = ['-e', 'set spoolfile=~/inbox mbox=~/mbox folder=~'] if case.protocol == 'pop3' else []
        case.put('inbox', '')
        with Screen([program, *local]) as screen:
            if case.protocol == 'pop3':
                screen.wait_for('inbox')
                screen.type('G')
            screen.wait_for(f'received {case.mark}'[:40])
        case.command(program, '-s', f'sent {case.mark}', case.bob(), text='Hello.\n')
        assert_sender(case, case.wait_until_sent())
    return mutt


def git(case):
    mails = os.path.join(case.home, 'mails')
    case.put('mails/1.patch', f'From: {case.user["address"]}\nSubject: sent {case.mark}\n\nHello.\n')
    case.command('git', '-c', 'user.name=Odd', '-c', 'user.email=' + case.user['address'], 'send-email', '--to=' + case.bob(), '--confirm=never', '--suppress-cc=all', mails + '/1.patch')
    case.wait_until_sent()


def fetchmail(case):
    case.deliver()
    mail = os.path.join(case.home, 'mail')
    case.command('fetchmail', '--mda', f'tee {mail}')
    case.assert_received('mail')


EMACS_SENDS = '''(progn
  (require 'message) (setq mail-user-agent 'message-user-agent message-confirm-send nil)
  (compose-mail "%s" "sent %s") (message-goto-body) (insert "Hello.")
  (message-send))'''
EMACS_RECEIVES = '''(progn
  (require 'gnus) (require 'nnimap)
  (nnimap-open-server (nth 1 gnus-select-method) (cddr gnus-select-method))
  (with-current-buffer (nnimap-buffer)
    (nnimap-command "SELECT INBOX")
    (message "%%s" (cdr (nnimap-command "UID SEARCH SUBJECT \\"received %s\\"")))))'''


def emacs(case):
    case.deliver()
    start = ['emacs', '--batch', '-l', os.path.join(case.home, '.emacs.d/init.el'), '--eval']
    case.command(*start, EMACS_SENDS % (case.bob(), case.mark))
    # it encodes a quoted name as it stands, with the backslashes
    assert_sender(case, case.wait_until_sent(), lambda name: re.sub(r'(["\\\\])', r'\\\1', name))
    said = case.command(*start, EMACS_RECEIVES % case.mark)
    if not re.search(r'SEARCH"? "?\d', said):
        raise Failure(f'Gnus does not find the mail: {said}')


MU4E = '''(progn
  (package-initialize) (require 'mu4e) (setq message-confirm-send nil message-kill-buffer-on-exit t)
  (defun wait-for (what test)
    (with-timeout (40 (error "No %%s: %%s" what (with-current-buffer "*Messages*" (buffer-string))))
      (while (not (funcall test)) (accept-process-output nil 0.1))))
  (mu4e t)
  (wait-for "mu" 'mu4e-running-p)
  (let (done)
    (add-hook 'mu4e-index-updated-hook (lambda () (setq done t)))
    (mu4e-update-mail-and-index t)
    (wait-for "mail" (lambda () done)))
  (let (done)
    (add-hook 'mu4e-headers-found-hook (lambda () (setq done t)))
    (mu4e-search "subject:received")
    (wait-for "headers" (lambda () done)))
  (message "%%s" (with-current-buffer "*mu4e-headers*" (buffer-string)))
  (compose-mail "%s" "sent %s")
  (message-goto-body) (insert "Hello.")
  (message-send-and-exit)
  (let (done)
    (add-hook 'mu4e-index-updated-hook (lambda () (setq done t)))
    (mu4e-update-mail-and-index t)
    (wait-for "mail" (lambda () done))))'''


def mu4e(case):
    """It fetches by itself, finds the mail and sends; what it has sent is filed on the server. It asks whether to make each folder."""
    case.deliver()
    case.command('mu', 'init', '--maildir=' + os.path.join(case.home, 'Mail'), '--my-address=' + case.user['address'])
    said = case.command('emacs', '--batch', '-l', os.path.join(case.home, '.emacs.d/init.el'), '--eval', MU4E % (case.bob(), case.mark), text='yes\n' * 9)
    if f'received {case.mark}' not in said:
        raise Failure(f'mu4e does not find the mail: {said}')
    # it encodes a quoted name as it stands, with the backslashes before the quotes
    assert_sender(case, case.wait_until_sent(), lambda name: name.replace('"', '\\"'))
    if not case.lab.find(case.name, f'sent {case.mark}', 'Sent'):
        raise Failure(f'the sent mail is not filed: {said}')


TLS = [('imap', 'tls')]
BOTH = [('imap', 'tls'), ('imap', 'starttls')]
# what the program does, its commands besides its own, protocols and kinds of encryption with the user
PROGRAMS = {
    'aerc': (aerc, ['aerc'], BOTH),
    'emacs': (emacs, ['emacs'], [('imap', 'tls', 'stern'), ('imap', 'starttls', 'stern')]),
    'fetchmail': (fetchmail, ['fetchmail'], BOTH + [('pop3', 'tls'), ('pop3', 'starttls')]),
    'getmail': (getmail, ['getmail'], [('imap', 'tls', 'stern'), ('pop3', 'tls')]),
    'git': (git, ['git'], BOTH),
    'mbsync': (mbsync, ['mbsync'], BOTH),
    'msmtp': (msmtp, ['msmtp'], BOTH),
    'mu4e': (mu4e, ['emacs', 'mu', 'mbsync'], BOTH),
    'mutt': (mutt_of('mutt'), ['mutt'], BOTH + [('pop3', 'tls'), ('pop3', 'starttls')]),
    'neomutt': (mutt_of('neomutt'), ['neomutt'], BOTH + [('pop3', 'tls'), ('pop3', 'starttls')]),
    'offlineimap': (offlineimap, ['offlineimap'], BOTH),
}
EXTRA = {'fetchmail': ['--password-in-file']}


def forget():
    """Each case begins with an empty home folder and without passwords; the keyring's own files lie in .local."""
    home = os.environ['HOME']
    for service in ('imap', 'pop3', 'smtp'):
        subprocess.run(['secret-tool', 'clear', 'service', service], check=False)
    for name in os.listdir(home):
        path = os.path.join(home, name)
        if os.path.isdir(path) and name != '.local':
            shutil.rmtree(path)
        elif os.path.isfile(path):
            os.unlink(path)


def run_all(lab, _folder):
    cli, _lab, program = sys.argv[1:4]
    use, _commands, cases = PROGRAMS[program]
    # programs put their files where a test's own files do not stand
    folder = os.environ['XDG_RUNTIME_DIR']
    for kind in cases:
        case = Case(cli, lab, folder, *kind)
        said = case.export(program)
        if not said['changes']:
            raise Failure('nothing was written')
        use(case)
        again = case.export(program)
        if again['changes']:
            raise Failure(f'a second time changes something: {again["changes"]}')
        print(program, *kind)
        forget()


if __name__ == '__main__':
    own_world.run(os.path.abspath(__file__), PROGRAMS[sys.argv[3]][1], run_all)
