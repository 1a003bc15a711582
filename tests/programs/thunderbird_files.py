#!/usr/bin/env python3
"""Real Thunderbird takes what Postweg writes for administrators (policies.json) and for a profile in use (a ZIP for its import).

Usage: thunderbird_files.py CLI LAB"""
import json
import os
import shutil
import subprocess
import sys

import own_world
from lab import Failure
from marionette import Program

# without a network, since the servers do not exist
HARNESS = ('user_pref("marionette.port", 0);\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
           'user_pref("offline.startup_state", 3);\n')

ACCOUNTS = '''
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
return MailServices.accounts.accounts.filter(a => a.incomingServer.type != "none").map(a => [a.incomingServer.type, a.incomingServer.hostname,
  a.incomingServer.port, a.incomingServer.socketType, a.incomingServer.username, a.defaultIdentity.fullName, a.defaultIdentity.email,
  MailServices.outgoingServer.getServerByIdentity(a.defaultIdentity).QueryInterface(Ci.nsISmtpServer).hostname]);
'''

IMPORT = '''
const { ThunderbirdProfileImporter } = ChromeUtils.importESModule("resource:///modules/ThunderbirdProfileImporter.sys.mjs");
const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
file.initWithPath(args[0]);
const importer = new ThunderbirdProfileImporter();
if (!importer.validateSource(file))
  throw new Error("no profile in it");
// as its import dialog does
const zip = Cc["@mozilla.org/libjar/zip-reader;1"].createInstance(Ci.nsIZipReader);
const folder = file.parent.clone();
folder.append("unpacked");
folder.create(Ci.nsIFile.DIRECTORY_TYPE, 0o700);
zip.open(file);
for (const name of zip.findEntries(null)) {
  const target = folder.clone();
  target.append(name);
  zip.extract(name, target);
}
zip.close();
await importer.startImport(folder, { accounts: true, addressBooks: false, calendars: false, mailMessages: false });
Services.prefs.savePrefFile(null);
return true;
'''


def account(protocol):
    return {'name': 'Ödön "Odd" O\'Neill', 'address': 'odd@lab.test',
            'incoming': {'protocol': protocol, 'host': 'in.lab.test', 'port': 1993, 'security': 'tls', 'user': 'u%1', 'auth': 'password'},
            'outgoing': {'protocol': 'smtp', 'host': 'out.lab.test', 'port': 1587, 'security': 'starttls', 'user': 'u%1', 'auth': 'password'},
            'pop': {'keep_on_server': True, 'delete_after_days': 14, 'delete_when_deleted': False}}


def expected(protocol):
    return [protocol, 'in.lab.test', 1993, 3, 'u%1', 'Ödön "Odd" O\'Neill', 'odd@lab.test', 'out.lab.test']


def export(cli, folder, program, protocol):
    path = os.path.join(folder, 'account.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(account(protocol), file)
    output = os.path.join(folder, f'{program}-{protocol}')
    subprocess.run([cli, 'export', program, '--account=' + path, '--output=' + output], check=True, stdout=subprocess.DEVNULL)
    return output


def new_profile(folder, name):
    profile = os.path.join(folder, name)
    os.mkdir(profile, 0o700)
    with open(os.path.join(profile, 'user.js'), 'w', encoding='utf-8') as file:
        file.write(HARNESS)
    return profile


def environment(folder):
    return {'HOME': os.environ['HOME'], 'XDG_RUNTIME_DIR': folder, 'LANG': 'C.UTF-8', 'PATH': os.environ['PATH'], 'MOZ_HEADLESS': '1',
            'MOZ_CRASHREPORTER_DISABLE': '1'}


def assert_accounts(found, protocol):
    if found != [expected(protocol)]:
        raise Failure(f'Thunderbird has {found} instead of {expected(protocol)}')


def by_policies(cli, folder, log, protocol):
    """The folder of the computer's policies is covered by one of our own; we are in a mount namespace."""
    written = export(cli, folder, 'thunderbird-policies', protocol)
    subprocess.run(['mount', '-t', 'tmpfs', 'none', '/etc/thunderbird'], check=True)
    os.mkdir('/etc/thunderbird/policies')
    shutil.copy(os.path.join(written, 'policies.json'), '/etc/thunderbird/policies')
    profile = new_profile(folder, 'policies-' + protocol)
    with Program(['thunderbird', '-profile', profile], profile, environment(folder), log) as program:
        assert_accounts(program.run(ACCOUNTS), protocol)
    subprocess.run(['umount', '/etc/thunderbird'], check=True)


def by_import(cli, folder, log, protocol):
    """Into a profile that is open, which needs a new start afterwards."""
    written = export(cli, folder, 'thunderbird-zip', protocol)
    profile = new_profile(folder, 'import-' + protocol)
    zipped = os.path.join(written, os.listdir(written)[0])
    with Program(['thunderbird', '-profile', profile], profile, environment(folder), log) as program:
        program.run(IMPORT, zipped)
    with Program(['thunderbird', '-profile', profile], profile, environment(folder), log) as program:
        assert_accounts(program.run(ACCOUNTS), protocol)


def run_all(_lab, folder):
    with open(os.path.join(folder, 'log'), 'w', encoding='utf-8') as log:
        by_policies(sys.argv[1], folder, log, 'imap')
        by_import(sys.argv[1], folder, log, 'imap')
    print('Thunderbird has taken both files')


if __name__ == '__main__':
    own_world.run(os.path.abspath(__file__), ['thunderbird'], run_all)
