"""Akonadi, KDE's store of mail, on the private session bus: asked, and given a letter to be sent."""
import glob
import os
import re
import sqlite3
import struct
import subprocess
import time

from lab import wait_for

NAME = 'org.freedesktop.Akonadi'
DATABASE = '.local/share/akonadi/akonadi.db'
OUTBOX = '.local/share/*/outbox/cur'
SENDER = 'akonadi_maildispatcher_agent'
WALLETS = {'imap': 'org.kde.Akonadi.Imap.Wallet', 'pop3': 'org.kde.Akonadi.POP3.Wallet'}


def gdbus_call(*words):
    said = subprocess.run(['gdbus', 'call', '--session', *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return said.stdout


def on_bus(name):
    return 'true' in gdbus_call('--dest', 'org.freedesktop.DBus', '--object-path', '/', '--method', 'org.freedesktop.DBus.NameHasOwner', name)


def call(service, path, method, *arguments):
    """Texts are written in quotes for gdbus; what is none is taken as it stands."""
    quoted = ['"' + word.replace('\\', '\\\\').replace('"', '\\"') + '"' if isinstance(word, str) else str(word).lower() for word in arguments]
    return gdbus_call('--dest', f'{NAME}.{service}', '--object-path', path, '--method', method, *quoted)


def name_of(resource):
    return call('Control', '/AgentManager', f'{NAME}.AgentManager.agentInstanceName', resource)


def set_online(agent):
    call(f'Agent.{agent}', '/', f'{NAME}.Agent.Status.setOnline', True)


def set_password(protocol, resource, password):
    call(f'Resource.{resource}', '/Settings', WALLETS[protocol] + '.setPassword', password)


def synchronize(resource):
    call(f'Resource.{resource}', '/', f'{NAME}.Resource.synchronize')


def stop():
    subprocess.run(['akonadictl', 'stop'], check=False, stderr=subprocess.DEVNULL)
    wait_for('its end', 30, lambda: not on_bus(NAME + '.Control'))


def text(value):
    """As Qt writes texts into streams."""
    data = value.encode('utf-16-be')
    return struct.pack('>I', len(data)) + data


def texts(*values):
    return struct.pack('>I', len(values)) + b''.join(text(value) for value in values)


def number_in(database, table, **values):
    """The number of the row that has these values, which is made if need be."""
    names, data = list(values), list(values.values())
    found = database.execute(f'SELECT id FROM {table} WHERE ' + ' AND '.join(f'{name} = ?' for name in names), data).fetchone()
    if found is not None:
        return found[0]
    return database.execute(f'INSERT INTO {table} ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})', data).lastrowid


def put_in_outbox(home, letter, sender, recipient, transport):
    """While Akonadi is stopped: what KMail's window does when a letter is to be sent at once."""
    letter = letter.encode()
    file = 'postweg-letter'
    with open(os.path.join(glob.glob(os.path.join(home, OUTBOX))[0], file), 'wb') as out:
        out.write(letter)
    parts = {('PLD', 'RFC822'): letter, ('ATR', 'AddressAttribute'): text(sender) + texts(recipient) + texts() + texts() + b'\0',
             ('ATR', 'TransportAttribute'): transport.encode(), ('ATR', 'DispatchModeAttribute'): b'immediately',
             ('ATR', 'SentBehaviourAttribute'): b'moveToDefault'}
    now = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime())
    database = sqlite3.connect(os.path.join(home, DATABASE))
    outbox = database.execute("SELECT id FROM CollectionTable WHERE name = 'outbox'").fetchone()[0]
    item = database.execute('INSERT INTO PimItemTable (rev, collectionId, mimeTypeId, datetime, atime, dirty, size, remoteId) VALUES (0, ?, ?, ?, ?, 0, ?, ?)',
                            [outbox, number_in(database, 'MimeTypeTable', name='message/rfc822'), now, now, len(letter), file]).lastrowid
    for (space, name), data in parts.items():
        database.execute('INSERT INTO PartTable (pimItemId, partTypeId, data, datasize, version, storage) VALUES (?, ?, ?, ?, 0, 0)',
                         [item, number_in(database, 'PartTypeTable', ns=space, name=name), data, len(data)])
    database.execute('INSERT INTO PimItemFlagRelation (PimItem_id, Flag_id) VALUES (?, ?)', [item, number_in(database, 'FlagTable', name='$QUEUED')])
    database.commit()
    database.close()


def remember_password(home, password):
    """As KMail does when it is told to: in the keyring, by the number of the transport. Returns: the number"""
    path = os.path.join(home, '.config/mailtransports')
    with open(path, encoding='utf-8') as file:
        settings = file.read()
    with open(path, 'w', encoding='utf-8') as file:
        file.write(settings.replace('auth=true\n', 'auth=true\nstorepass=true\n'))
    transport = re.search(r'^default-transport=(\d+)$', settings, re.MULTILINE)[1]
    subprocess.run(['secret-tool', 'store', '--label=KMail', 'xdg:schema', 'org.qt.keychain', 'user', transport, 'server', 'mailtransports', 'type', 'plaintext'],
                   input=password, text=True, check=True)
    return transport
