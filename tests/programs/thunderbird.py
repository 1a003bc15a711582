#!/usr/bin/env python3
"""Real Thunderbird opens a profile that Postweg wrote, receives a mail and sends one that arrives.

Usage: thunderbird.py CLI LAB imap|pop3

imap: a home where Thunderbird never ran; Postweg makes the profile and Thunderbird must open it by itself.
pop3: a profile that Thunderbird made; Postweg adds the account.
The passwords and the test authority are put into Thunderbird's own stores by its own services, before Postweg writes.
"""
import base64
import email.header
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import uuid

from lab import SKIPPED, Failure, Lab, wait_for
from marionette import Program

STORES = ['key4.db', 'cert9.db', 'pkcs11.txt', 'logins.json', 'logins.db']
# how the test itself reaches the program; nothing here concerns accounts
HARNESS = 'user_pref("marionette.port", 0);\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n'

STORE = '''
const [ca, origin, user, password] = args;
Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(ca, "CT,,");
const LoginInfo = Components.Constructor("@mozilla.org/login-manager/loginInfo;1", Ci.nsILoginInfo, "init");
await Services.logins.initializationPromise;
await Services.logins.addLoginAsync(new LoginInfo(origin, null, origin, user, password, "", ""));
return (await Services.logins.getAllLogins()).length;
'''

INBOX = '''
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const server = MailServices.accounts.accounts.map(a => a.incomingServer).find(s => s.type == args[0]);
const inbox = server?.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
return inbox ? [...inbox.messages].map(m => m.mime2DecodedSubject) : [];
'''

SEND = '''
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const [type, to, subject] = args;
const account = MailServices.accounts.accounts.find(a => a.incomingServer.type == type);
const params = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
params.composeFields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
params.composeFields.to = to;
params.composeFields.subject = subject;
params.composeFields.body = "Sent by the test.\\n";
params.identity = account.defaultIdentity;
params.format = Ci.nsIMsgCompFormat.PlainText;
MailServices.compose.OpenComposeWindowWithParams(null, params);
const wait = async condition => { while (!condition()) await new Promise(r => win().setTimeout(r, 100)); };
const main = Services.wm.getMostRecentWindow("mail:3pane");
const win = () => main;
const compose = () => Services.wm.getMostRecentWindow("msgcompose");
await wait(() => compose()?.document.readyState == "complete" && compose().gWindowLocked === false &&
                 compose().gMsgCompose?.editor && !compose().ComposeFieldsReady?.pending);
await new Promise(r => main.setTimeout(r, 1000));
compose().goDoCommand("cmd_sendNow");
await wait(() => !compose() || Services.wm.getEnumerator(null).hasMoreElements() &&
                 [...Services.wm.getEnumerator(null)].some(w => w.location.href.includes("commonDialog")));
return [...Services.wm.getEnumerator(null)].map(w => w.location.href);
'''


class Case:
    """One protocol from an empty home to a mail that has arrived."""

    def __init__(self, cli, lab, protocol, folder):
        self.cli, self.lab, self.protocol, self.folder = cli, lab, protocol, folder
        self.into_made = protocol == 'pop3'  # add to a profile that Thunderbird made, or make one
        self.home = os.path.join(folder, 'home')
        self.made = os.path.join(folder, 'made')
        for path in (self.home, self.made):
            os.mkdir(path, 0o700)
        self.environment = {'HOME': self.home, 'XDG_STATE_HOME': os.path.join(folder, 'state'),
                            'XDG_RUNTIME_DIR': folder, 'LANG': 'C.UTF-8', 'PATH': os.environ['PATH'],
                            'MOZ_HEADLESS': '1', 'MOZ_CRASHREPORTER_DISABLE': '1'}
        self.log = open(os.path.join(folder, 'log'), 'w', encoding='utf-8')
        user = lab.facts['users']['alice']
        host, ports = lab.facts['host'], lab.facts['ports']
        self.account = {
            'name': 'Alice Prüfung', 'address': user['address'],
            'incoming': {'protocol': protocol, 'host': host, 'port': ports[protocol + 's'], 'security': 'tls',
                         'user': user['login'], 'auth': 'password'},
            'outgoing': {'protocol': 'smtp', 'host': host, 'port': ports['submission'], 'security': 'starttls',
                         'user': user['login'], 'auth': 'password'},
            'pop': {'keep_on_server': True, 'delete_after_days': 14, 'delete_when_deleted': False}}
        self.password = user['password']

    def store(self):
        """A first run of Thunderbird without an account, in which it learns the password and the authority."""
        self.put(self.made, 'user.js', HARNESS)
        with open(self.lab.facts['ca'], encoding='ascii') as file:
            der = ssl.PEM_cert_to_DER_cert(file.read())
        kind = {'imap': 'imap', 'pop3': 'mailbox'}[self.protocol]
        elsewhere = dict(self.environment, HOME=self.folder)  # the home of the test proper stays untouched
        with Program(['thunderbird', '-profile', self.made], self.made, elsewhere, self.log) as program:
            stored = program.run(STORE, base64.b64encode(der).decode(), f'{kind}://{self.lab.facts["host"]}',
                                 self.account['incoming']['user'], self.password)
        if stored != 1:
            raise Failure(f'{stored} passwords are stored instead of 1')

    @staticmethod
    def put(folder, name, text):
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write(text)

    def export(self):
        """Returns: the number of files that changed"""
        self.put(self.folder, 'account.json', json.dumps(self.account))
        arguments = [self.cli, 'export', 'thunderbird', '--account=' + os.path.join(self.folder, 'account.json'),
                     '--json']
        if self.into_made:
            arguments.append('--profile=' + self.made)
        done = subprocess.run(arguments, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return len(json.loads(done.stdout)['changes'])

    def profile(self):
        """The profile that holds the account now, with the stores of the first run in it."""
        if self.into_made:
            return self.made
        root = os.path.join(self.home, '.thunderbird')
        found = [os.path.join(root, name) for name in os.listdir(root) if os.path.isdir(os.path.join(root, name))]
        if len(found) != 1:
            raise Failure(f'{len(found)} profiles instead of 1')
        for name in STORES:
            if os.path.exists(os.path.join(self.made, name)):
                shutil.copy(os.path.join(self.made, name), found[0])
        self.put(found[0], 'user.js', HARNESS)
        return found[0]

    def command(self, profile):
        return ['thunderbird', '-profile', profile] if self.into_made else ['thunderbird']

    def receive_and_send(self, profile):
        received, sent = f'to Thunderbird {uuid.uuid4()}', f'from Thunderbird {uuid.uuid4()}'
        self.lab.deliver('alice', received)
        with Program(self.command(profile), profile, self.environment, self.log) as program:
            wait_for('the test mail', 60, lambda: received in program.run(INBOX, self.protocol))
            windows = program.run(SEND, self.protocol, self.lab.facts['users']['bob']['address'], sent)
            if any('commonDialog' in window for window in windows):
                raise Failure('Thunderbird asks something instead of sending')
            head = wait_for('the sent mail', 30, lambda: self.lab.find('bob', sent))
        sender = next(line for line in head.splitlines() if line.startswith('From: '))
        text = str(email.header.make_header(email.header.decode_header(sender[len('From: '):])))
        if text != f'{self.account["name"]} <{self.account["address"]}>':
            raise Failure(f'the sender is {text}')

    def run(self):
        self.store()
        changes = self.export()
        if changes != (2 if self.protocol == 'imap' else 1):
            raise Failure(f'{changes} changes')
        self.receive_and_send(self.profile())
        # Thunderbird has rewritten its file: the account is still the same to us
        if self.export() != 0:
            raise Failure('the account reads differently after Thunderbird has used it')


def run_case(make_case, lab_program):
    """make_case: takes the lab and a folder of its own. Ends the process with 77 where something is not installed."""
    if not shutil.which('thunderbird'):
        print('skipped: Thunderbird is not installed')
        sys.exit(SKIPPED)
    lab = Lab(lab_program)
    try:
        with tempfile.TemporaryDirectory(prefix='postweg-thunderbird-', ignore_cleanup_errors=True) as folder:
            case = make_case(lab, folder)
            try:
                case.run()
            except Exception:
                case.log.flush()
                with open(case.log.name, encoding='utf-8', errors='replace') as file:
                    lines = [line for line in file if line.strip() and 'gtk_icon_theme' not in line]
                    sys.stderr.writelines(lines[-40:])
                raise
    finally:
        lab.stop()
    print('Thunderbird has received and sent')


def main():
    cli, lab_program, protocol = sys.argv[1:4]
    run_case(lambda lab, folder: Case(cli, lab, protocol, folder), lab_program)


if __name__ == '__main__':
    main()
