#!/usr/bin/env python3
"""Makes one C file of the provider lists, or checks them: compile.py --check LIST… | compile.py OUTPUT LIST…

A list is an INI file with one section for each provider; README.md says what its lines mean.
"""
import re
import sys
from collections import namedtuple

SINGLE = {'name', 'country', 'domains', 'big', 'hosts', 'mx', 'quirks', 'pop-keep-days', 'dead-end', 'help', 'source',
          'date', 'confidence'}
REPEATED = {'imap': 'POSTWEG_IMAP', 'pop3': 'POSTWEG_POP3', 'smtp': 'POSTWEG_SMTP', 'demand': None}
REQUIRED = ('name', 'country', 'source', 'date', 'confidence')
SECURITIES = {'tls': 'POSTWEG_TLS', 'starttls': 'POSTWEG_STARTTLS'}
AUTHS = {'password': 'POSTWEG_AUTH_PASSWORD', 'encrypted': 'POSTWEG_AUTH_ENCRYPTED', 'oauth2': 'POSTWEG_AUTH_OAUTH2'}
USERS = {'address': 'POSTWEG_USER_ADDRESS', 'local': 'POSTWEG_USER_LOCAL',
         'local.domain': 'POSTWEG_USER_LOCAL_DOMAIN', 'other': 'POSTWEG_USER_OTHER'}
# smtp-own-switch and user-differs follow from the servers and demands and are not written
QUIRKS = {'files-sent': 'FILES_SENT', 'pop-once': 'POP_ONCE', 'pop-web-decides': 'POP_WEB_DECIDES',
          'small-storage': 'SMALL_STORAGE', 'own-app-password': 'OWN_APP_PASSWORD',
          'pop-not-offered': 'POP_NOT_OFFERED'}
DEMANDS = {'enable', 'imap-enable', 'pop-enable', 'smtp-enable', 'app-password', 'app-password-if-2fa',
           'separate-password', 'authorization-code', 'oauth2-only', 'oauth2', 'admin', 'plan',
           'account-specific-host', 'poll-interval', 'migrating', 'check'}
EXPLAINS_NO_SERVERS = {'check', 'plan', 'account-specific-host'}
DEAD_ENDS = {'needs-bridge', 'no-imap-pop'}
# the ports of RFC 8314 and RFC 6409; a list never recommends a connection without encryption
PORTS = {('imap', 'tls'): {993}, ('imap', 'starttls'): {143}, ('pop3', 'tls'): {995}, ('pop3', 'starttls'): {110},
         ('smtp', 'tls'): {465, 587}, ('smtp', 'starttls'): {25, 587}}
MAX_AUTHS = 3

LABEL = r'[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
HOST = re.compile(rf'(?=.{{4,253}}$){LABEL}(?:\.{LABEL})*\.[a-z](?:[a-z0-9-]*[a-z0-9])?')
DATE = re.compile(r'(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?')
URL = re.compile(rf'https://{LABEL}(?:\.{LABEL})+(/[!-~]*)?')

Server = namedtuple('Server', 'protocol host port security auths user')
Demand = namedtuple('Demand', 'code protocol url since')  # as in PostwegPrerequisite


class Fault(Exception):
    """What is wrong, and where."""

    def __init__(self, place, message):
        super().__init__(f'{place}: {message}')


class Section:
    """One provider as it is written: key -> [(place, value)]."""

    def __init__(self, place, name):
        self.place, self.id, self.lines = place, name, {}

    def one(self, key, default=''):
        return self.lines[key][0][1] if key in self.lines else default

    def words(self, key):
        return [(self.lines[key][0][0], word) for word in self.one(key).split()]

    def where(self, key):
        return self.lines[key][0][0] if key in self.lines else self.place


def take_line(section, place, line):
    """KEY = VALUE, or more of the value before."""
    if section is None:
        raise Fault(place, 'this line stands before the first [section]')
    if line[0].isspace():
        if not section.lines:
            raise Fault(place, 'there is no line that this one could continue')
        last = list(section.lines)[-1]
        where, value = section.lines[last][-1]
        section.lines[last][-1] = (where, f'{value} {line.strip()}')
        return
    key, equals, value = (part.strip() for part in line.partition('='))
    if not equals or not value:
        raise Fault(place, 'a line has the form KEY = VALUE')
    if key not in SINGLE and key not in REPEATED:
        raise Fault(place, f'“{key}” is not a known key')
    if key in SINGLE and key in section.lines:
        raise Fault(place, f'“{key}” stands twice in [{section.id}]')
    # the last one read is the last of the dictionary, for lines that continue it
    section.lines[key] = section.lines.pop(key, []) + [(place, value)]


def read_list(path):
    sections = []
    with open(path, encoding='utf-8') as file:
        for number, raw in enumerate(file, 1):
            line, place = raw.rstrip(), f'{path}:{number}'
            if not line or line.lstrip().startswith('#'):
                continue
            if line.startswith('['):
                found = re.fullmatch(r'\[([a-z0-9][a-z0-9.-]*)\]', line)
                if not found:
                    raise Fault(place, 'a section is called [id], with small letters, digits, dots and hyphens')
                sections.append(Section(place, found[1]))
            else:
                take_line(sections[-1] if sections else None, place, line)
    return sections


def need(condition, place, message):
    if not condition:
        raise Fault(place, message)


def read_server(protocol, place, text):
    found = re.fullmatch(r'(\S+):(\d+) (\S+) (\S+) (\S+)', text)
    need(found, place, f'{protocol} has the form HOST:PORT SECURITY SIGN-IN[,SIGN-IN] USER')
    host, port, security, auths, user = found[1], int(found[2]), found[3], found[4].split(','), found[5]
    need(HOST.fullmatch(host), place, f'“{host}” is not a host name')
    need(1 <= port <= 65535, place, f'{port} is not a port')
    need(security in SECURITIES, place, f'the security is one of {", ".join(SECURITIES)}')
    need(port in PORTS[protocol, security], place, f'{port} is not a port for {protocol} with {security}')
    need(len(set(auths)) == len(auths) <= MAX_AUTHS and set(auths) <= set(AUTHS), place,
         f'a sign-in is one of {", ".join(AUTHS)}, each once')
    need(user in USERS, place, f'the user name is one of {", ".join(USERS)}')
    return Server(protocol, host, port, security, auths, user)


def read_demand(place, text):
    code, protocol, since, url = (text.split() + [''] * 4)[:4]
    need(3 <= len(text.split()) <= 4, place, 'demand has the form CODE PROTOCOL DATE [LINK]')
    need(code in DEMANDS, place, f'“{code}” is not a known demand')
    need(protocol in ('all', 'imap', 'pop3', 'smtp'), place, 'the protocol is one of all, imap, pop3, smtp')
    need(DATE.fullmatch(since), place, f'“{since}” is not a date of the form YYYY-MM or YYYY')
    need(not url or URL.fullmatch(url), place, f'“{url}” is not a https link')
    return Demand(code, '' if protocol == 'all' else protocol, url, since)


def check_words(section):
    for key in REQUIRED:
        need(key in section.lines, section.place, f'[{section.id}] lacks “{key}”')
    need({'domains', 'hosts', 'mx'} & set(section.lines) or section.servers, section.place,
         f'[{section.id}] has neither domains nor hosts')
    need(re.fullmatch(r'[A-Z]{2}|world', section.one('country')), section.where('country'),
         'the country is two capital letters, or world')
    need(DATE.fullmatch(section.one('date')), section.where('date'), 'the date has the form YYYY-MM or YYYY')
    need(section.one('confidence') in ('A', 'B', 'C'), section.where('confidence'), 'the confidence is A, B or C')
    need(section.one('pop-keep-days', '0').isdecimal(), section.where('pop-keep-days'), 'the days are a number')
    need(section.one('dead-end') in DEAD_ENDS | {''}, section.where('dead-end'),
         f'a dead end is one of {", ".join(sorted(DEAD_ENDS))}')
    need(not section.one('help') or URL.fullmatch(section.one('help')), section.where('help'),
         'the help is a https link')
    for place, quirk in section.words('quirks'):
        need(quirk in QUIRKS, place, f'“{quirk}” is not a known quirk')


def check_servers(section):
    protocols = {server.protocol for server in section.servers}
    if section.one('dead-end'):
        need(not protocols, section.place, f'[{section.id}] is a dead end and has servers')
    elif not protocols:
        need(EXPLAINS_NO_SERVERS & {demand.code for demand in section.demands}, section.place,
             f'[{section.id}] has no servers, and no demand says why')
    else:
        need('smtp' in protocols and protocols & {'imap', 'pop3'}, section.place,
             f'[{section.id}] needs an incoming and an outgoing server')
    need(not ('pop3' in protocols and 'pop-not-offered' in section.one('quirks').split()), section.where('quirks'),
         f'[{section.id}] offers no POP and has a POP server')
    need(len(set(section.servers_seen)) == len(section.servers_seen), section.place,
         f'a server of [{section.id}] stands twice')
    pairs = [(demand.code, demand.protocol) for demand in section.demands]
    need(len(set(pairs)) == len(pairs), section.place, f'a demand of [{section.id}] stands twice')


def check_names(section, domains):
    own = section.words('domains')
    for place, domain in own:
        need(HOST.fullmatch(domain), place, f'“{domain}” is not a domain in small letters')
        need(domain not in domains, place, f'{domain} belongs to [{domains.get(domain)}] already')
        domains[domain] = section.id
    for place, domain in section.words('big'):
        need(domain in [name for _, name in own], place, f'{domain} is no domain of [{section.id}]')
    for place, host in section.words('hosts'):
        need(HOST.fullmatch(host.removeprefix('.')), place, f'“{host}” is not a host name')
    for place, pattern in section.words('mx'):
        need(pattern.startswith('.') and HOST.fullmatch(pattern[1:]), place, f'“{pattern}” is not a dot and a domain')
        need(pattern not in domains, place, f'{pattern} belongs to [{domains.get(pattern)}] already')
        domains[pattern] = section.id


def complete(section, domains):
    section.servers = [read_server(protocol, place, text) for protocol in ('imap', 'pop3', 'smtp')
                       for place, text in section.lines.get(protocol, [])]
    section.servers_seen = [(server.protocol, server.host, server.port) for server in section.servers]
    section.demands = [read_demand(place, text) for place, text in section.lines.get('demand', [])]
    check_words(section)
    check_servers(section)
    check_names(section, domains)


def read_lists(paths):
    """All providers in the order of the lists, or a list of faults."""
    sections, faults, domains, ids = [], [], {}, {}
    for path in paths:
        try:
            sections += read_list(path)
        except Fault as fault:
            faults.append(str(fault))
    for section in sections:
        try:
            need(section.id not in ids, section.place, f'[{section.id}] stands at {ids.get(section.id)} already')
            ids[section.id] = section.place
            complete(section, domains)
        except Fault as fault:
            faults.append(str(fault))
    return sections, faults


def quirks_of(section):
    quirks = [QUIRKS[quirk] for _, quirk in section.words('quirks')]
    incoming = {server.user for server in section.servers if server.protocol != 'smtp'}
    outgoing = {server.user for server in section.servers if server.protocol == 'smtp'}
    if incoming != outgoing:
        quirks.append('USER_DIFFERS')
    if any(demand.code == 'smtp-enable' for demand in section.demands):
        quirks.append('SMTP_OWN_SWITCH')
    return ' | '.join(f'POSTWEG_QUIRK_{quirk}' for quirk in quirks) or '0'


def quoted(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'


def array(kind, name, rows):
    return [f'static const {kind} {name}[] = {{'] + [f'  {row},' for row in rows] + ['};'] if rows else []


def server_row(server):
    auths = ', '.join(AUTHS[auth] for auth in server.auths)
    return (f'{{ {REPEATED[server.protocol]}, {quoted(server.host)}, {server.port}, {SECURITIES[server.security]}, '
            f'{USERS[server.user]}, {len(server.auths)}, {{ {auths} }} }}')


def provider_row(number, section):
    # several domains may be none: the list ends with NULL in any case
    fields = [quoted(section.id), quoted(section.one('name')), quoted(section.one('country')), f'domains_{number}',
              f'servers_{number}' if section.servers else 'NULL', len(section.servers),
              f'demands_{number}' if section.demands else 'NULL', len(section.demands), quirks_of(section),
              section.one('pop-keep-days', '0'), quoted(section.one('dead-end')) if section.one('dead-end') else 'NULL',
              quoted(section.one('help')), quoted(section.one('source')), quoted(section.one('date')),
              f"'{section.one('confidence')}'"]
    return '{ ' + ', '.join(str(field) for field in fields) + ' }'


def domain_keys(sections):
    found = [(domain, number, item) for number, section in enumerate(sections)
             for item, domain in enumerate(section.domains)]
    return [f'{{ {number}, {item} }}' for _, number, item in sorted(found)]


def host_keys(sections, order):
    """The first provider of the lists that names a host owns it."""
    numbers = {section.id: number for number, section in enumerate(sections)}
    owners = {}
    for section in order:
        for item, server in enumerate(section.servers):
            owners.setdefault(server.host, (numbers[section.id], item))
    return [f'{{ {number}, {item} }}' for _, (number, item) in sorted(owners.items())]


def compiled(order):
    sections = sorted(order, key=lambda section: section.id)
    lines = ['/* Made by data/providers/compile.py; change the lists there. */', '#include "providers/table.h"', '']
    for number, section in enumerate(sections):
        section.domains = sorted(domain for _, domain in section.words('domains'))
        lines += array('char *const', f'domains_{number}', [quoted(domain) for domain in section.domains] + ['NULL'])
        lines += array('PostwegProviderServer', f'servers_{number}', [server_row(s) for s in section.servers])
        lines += array('PostwegPrerequisite', f'demands_{number}',
                       ['{ ' + ', '.join(map(quoted, demand)) + ' }' for demand in section.demands])
    rows = [provider_row(number, section) for number, section in enumerate(sections)]
    spare = sorted((host, number) for number, section in enumerate(sections) for _, host in section.words('hosts'))
    lines += array('PostwegProvider', 'providers', rows)
    lines += array('PostwegProviderKey', 'domains', domain_keys(sections))
    lines += array('PostwegProviderKey', 'hosts', host_keys(sections, order))
    lines += array('PostwegProviderHost', 'other_hosts', [f'{{ {quoted(host)}, {n} }}' for host, n in spare])
    mail = sorted((name, number) for number, section in enumerate(sections) for _, name in section.words('mx'))
    lines += array('PostwegProviderHost', 'mail_hosts', [f'{{ {quoted(name)}, {n} }}' for name, n in mail])
    lines += array('char *const', 'big', [quoted(d) for s in order for _, d in s.words('big')] + ['NULL'])
    lines += ['const PostwegProviderTable postweg_provider_table = {',
              '  providers, G_N_ELEMENTS (providers), domains, G_N_ELEMENTS (domains), hosts, G_N_ELEMENTS (hosts),',
              f'  {"other_hosts" if spare else "NULL"}, {len(spare)},',
              f'  {"mail_hosts" if mail else "NULL"}, {len(mail)}, big', '};', '']
    return '\n'.join(lines)


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        sections, faults = read_lists(arguments[1:])
    except (OSError, UnicodeDecodeError) as error:
        print(f'{error}', file=sys.stderr)
        return 2
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults or not sections:
        return 1
    if arguments[0] == '--check':
        print(f'{len(sections)} providers, {sum(len(section.words("domains")) for section in sections)} domains')
    else:
        with open(arguments[0], 'w', encoding='utf-8') as file:
            file.write(compiled(sections))
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
