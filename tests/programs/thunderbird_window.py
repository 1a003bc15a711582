#!/usr/bin/python3
"""Real Thunderbird opens a profile that the window wrote: as thunderbird.py, with the window in place of the command.

Usage: thunderbird_window.py UI-TESTS POSTWEG CLI LAB imap|pop3     (inside display.py of the window's tests)
"""
import json
import subprocess
import sys

from lab import Failure
from thunderbird import Case, run_case

ui_tests, postweg, cli, lab_program, protocol = sys.argv[1:6]
sys.path.insert(0, ui_tests)
from drive import Window  # noqa: E402
from test_road import enter_password, to_password  # noqa: E402


class WindowCase(Case):
    """An empty home; a person goes from Welcome to the written profile."""

    def __init__(self, lab, folder):
        super().__init__(cli, lab, protocol, folder)
        self.into_made = False
        self.account['name'] = 'Alice'  # as the road types it

    def write_in_window(self):
        environment = {'HOME': self.home, 'XDG_STATE_HOME': self.environment['XDG_STATE_HOME'], 'G_DEBUG': 'fatal-criticals'}
        with Window([postweg, '--trust-file=' + self.lab.facts['ca']], environment) as window:
            to_password(window, self.lab.facts, self.protocol, 'smtps')
            enter_password(window, self.password)
            window.find_text('^Both ways work')
            window.click('Set Up a Mail Program')
            window.click('Show Changes')
            window.click('Write')
            window.find('Undo', {'push button'})

    def accounts(self):
        done = subprocess.run([self.cli, 'programs', '--json', '--home=' + self.home], env=self.environment, stdout=subprocess.PIPE,
                              text=True, check=True)
        return [account for program in json.loads(done.stdout)['programs'] for account in program['accounts']]

    def run(self):
        self.store()
        self.write_in_window()
        written = self.accounts()
        if len(written) != 1:
            raise Failure(f'{len(written)} accounts instead of 1')
        self.receive_and_send(self.profile())
        if self.accounts() != written:
            raise Failure('the account reads differently after Thunderbird has used it')


if __name__ == '__main__':
    run_case(WindowCase, lab_program)
