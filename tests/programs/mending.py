#!/usr/bin/env python3
"""Accounts that stand wrong in files of other programs are tested, mended where they stand, and taken back to the byte.

Usage: mending.py CLI LAB"""
import json
import os
import subprocess
import sys
import tempfile

from lab import Failure, Lab


class Home:
    """A person's home folder with settings of several programs, each with one thing wrong."""

    def __init__(self, cli, lab, folder):
        self.cli, self.lab, self.home = cli, lab, os.path.join(folder, 'home')
        self.user = lab.facts['users']['alice']
        self.password = os.path.join(folder, 'password')
        self.environment = dict(os.environ, HOME=self.home, XDG_CONFIG_HOME=os.path.join(self.home, '.config'),
                                XDG_STATE_HOME=os.path.join(folder, 'state'))
        os.mkdir(self.home, 0o700)
        with open(os.open(self.password, os.O_CREAT | os.O_WRONLY, 0o600), 'w', encoding='utf-8') as file:
            file.write(self.user['password'])

    def path(self, name):
        return os.path.join(self.home, name)

    def put(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(os.open(self.path(name), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), 'w', encoding='utf-8') as file:
            file.write(text)

    def read(self, name):
        with open(self.path(name), encoding='utf-8') as file:
            return file.read()

    def run(self, *words):
        """Returns: status and what was printed as JSON"""
        done = subprocess.run([self.cli, *words, '--json'], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False, timeout=100)
        if not done.stdout:
            raise Failure(f'{words} ended with {done.returncode}: {done.stderr}')
        return done.returncode, json.loads(done.stdout)


def cases(facts, login):
    """Program, file, id, the wrong file, what must stand in the mended one."""
    host, ports, escaped = facts['host'], facts['ports'], login.replace('@', '%40')
    return [
        ('msmtp', '.msmtprc', 'a', f'# mine\naccount a\nhost {host}\nport {ports["submission"]}\ntls on\ntls_starttls off\nauth on\n'
                                   f'user {login}\nfrom {login}\n', 'tls_starttls on\n'),
        ('mbsync', '.mbsyncrc', 'a', f'# mine\nIMAPAccount a\nHost {host}\nPort {ports["imap"]}\nUser {login}\nSSLType IMAPS\n',
         'SSLType STARTTLS\n'),
        ('aerc', '.config/aerc/accounts.conf', 'a', f'# mine\n[a]\nsource = imaps://{escaped}@{host}:{ports["imap"]}\n'
                                                    f'outgoing = smtps+plain://{escaped}@{host}:{ports["smtps"]}\nfrom = A <{login}>\n',
         f'source = imap://{escaped}@{host}:{ports["imap"]}\n'),
        ('fetchmail', '.fetchmailrc', host, f'# mine\npoll {host} proto pop3 service {ports["pop3"]} user "{login}" ssl keep\n', 'TLS1.2+'),
        ('mutt', '.muttrc', None, f'# mine\nset folder = "imaps://{escaped}@{host}:{ports["imaps"]}/"\n'
                                  f'set smtp_url = "smtps://{escaped}@{host}:{ports["submission"]}/"\nset from = "{login}"\n',
         f'"smtp://{escaped}@{host}:{ports["submission"]}/"'),
    ]


def mend(home, program, name, account, wrong, right):
    home.put(name, wrong)
    trust = '--trust-file=' + home.lab.facts['ca']
    status, _said = home.run('repair', program, account or home.path(name), '--password-file=' + home.password, trust)
    if status != 0 or right not in home.read(name) or not home.read(name).startswith('# mine\n'):
        raise Failure(f'{program}: status {status}, the file is now\n{home.read(name)}')
    status, _said = home.run('undo')
    if status != 0 or home.read(name) != wrong:
        raise Failure(f'{program}: undo leaves\n{home.read(name)}')
    print(program)


def main():
    cli, lab_program = sys.argv[1:3]
    lab = Lab(lab_program)
    try:
        with tempfile.TemporaryDirectory(prefix='postweg-mending-') as folder:
            home = Home(os.path.abspath(cli), lab, folder)
            for case in cases(lab.facts, home.user['login']):
                mend(home, *case)
    finally:
        lab.stop()


if __name__ == '__main__':
    main()
