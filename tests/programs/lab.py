"""The private mail servers, as tests that drive other people's programs see them."""
import imaplib
import json
import smtplib
import ssl
import subprocess
import sys
import time

SKIPPED = 77


class Failure(Exception):
    """What was expected did not come."""


def wait_for(what, seconds, question):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = question()
        if answer:
            return answer
        time.sleep(0.5)
    raise Failure(f'{what} did not come within {seconds} s')


class Lab:
    """The private servers; they end when their input is closed."""

    def __init__(self, command):
        self.process = subprocess.Popen([command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            if self.process.wait() == SKIPPED:
                print('skipped: the mail servers cannot be started here')
                sys.exit(SKIPPED)
            raise Failure('the mail servers did not start')
        self.facts = json.loads(line)
        self.trust = ssl.create_default_context(cafile=self.facts['ca'])

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)

    def deliver(self, user, subject):
        with smtplib.SMTP(self.facts['host'], self.facts['ports']['smtp']) as smtp:
            smtp.starttls(context=self.trust)
            address = self.facts['users'][user]['address']
            smtp.sendmail('', [address], f'From: <{address}>\r\nTo: <{address}>\r\nSubject: {subject}\r\n\r\nHello.\r\n')

    def find(self, name, subject, folder='INBOX'):
        user = self.facts['users'][name]
        with imaplib.IMAP4_SSL(self.facts['host'], self.facts['ports']['imaps'], ssl_context=self.trust) as imap:
            imap.authenticate('PLAIN', lambda _challenge: f'\0{user["login"]}\0{user["password"]}'.encode())
            imap.select(folder, readonly=True)
            numbers = imap.search(None, 'SUBJECT', f'"{subject}"')[1][0].split()
            return imap.fetch(numbers[0], '(RFC822.HEADER)')[1][0][1].decode() if numbers else None
