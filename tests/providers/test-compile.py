#!/usr/bin/env python3
"""Lists with faults: compile.py names file, line and fault, and makes nothing. Argument: compile.py"""
import contextlib
import importlib.util
import io
import pathlib
import subprocess
import sys
import tempfile

GOOD = '''# a comment
[example]
name = Example
country = DE
domains = example.org
          example.net
big = example.org
imap = imap.example.org:993 tls oauth2,password address
pop3 = pop.example.org:995 tls password local
smtp = smtp.example.org:587 starttls password address
hosts = old.example.org .example.com
demand = app-password all 2026-08 https://example.org/help
demand = smtp-enable smtp 2026
quirks = pop-once small-storage
pop-keep-days = 30
help = https://example.org/
source = example.org
date = 2026-08
confidence = A
'''

# what is replaced in the good list, by what, the line that is named, part of the message
FAULTS = (
    ('[example]', '[Example]', 2, 'a section is called'),
    ('[example]\n', '', 2, 'before the first'),
    ('name = Example', 'name', 3, 'KEY = VALUE'),
    ('name = Example', 'name =', 3, 'KEY = VALUE'),
    ('name = Example', 'nmae = Example', 3, '“nmae” is not a known key'),
    ('country = DE', 'name = Twice', 4, 'stands twice'),
    ('country = DE', 'country = Germany', 4, 'two capital letters'),
    ('country = DE\n', '', 2, 'lacks “country”'),
    ('source = example.org\n', '', 2, 'lacks “source”'),
    ('[example]', '[example]\n  more', 3, 'could continue'),
    ('domains = example.org', 'domains = Example.org', 5, 'not a domain'),
    ('domains = example.org', 'domains = example', 5, 'not a domain'),
    ('domains = example.org', 'domains = -a.example.org', 5, 'not a domain'),
    ('domains = example.org', 'domains = exämple.org', 5, 'not a domain'),
    ('example.net', 'example.org', 5, 'belongs to [example] already'),
    ('big = example.org', 'big = example.com', 7, 'is no domain of'),
    ('imap.example.org:993', 'imap_example.org:993', 8, 'is not a host name'),
    ('imap.example.org:993', '192.0.2.1:993', 8, 'is not a host name'),
    ('imap.example.org:993', 'wNNNN.example.org:993', 8, 'is not a host name'),
    ('imap.example.org:993', 'imap.example.org', 8, 'has the form HOST:PORT'),
    ('imap.example.org:993', 'imap.example.org:99999', 8, 'is not a port'),
    ('imap.example.org:993', 'imap.example.org:0', 8, 'is not a port'),
    ('pop.example.org:995', 'pop.example.org:993', 9, '993 is not a port for pop3'),
    ('imap.example.org:993', 'imap.example.org:587', 8, '587 is not a port for imap'),
    ('993 tls', '993 starttls', 8, '993 is not a port for imap with starttls'),
    ('995 tls', '110 plain', 9, 'the security is one of'),
    ('oauth2,password', 'oauth2,oauth2', 8, 'each once'),
    ('oauth2,password', 'secret', 8, 'a sign-in is one of'),
    ('tls password local', 'tls password mine', 9, 'the user name is one of'),
    ('smtp = smtp.example.org:587 starttls password address\n', '', 2, 'an incoming and an outgoing'),
    ('pop3 = pop.example.org:995 tls password local', 'imap = imap.example.org:993 tls password local', 2,
     'stands twice'),
    ('.example.com', '.-example.com', 11, 'is not a host name'),
    ('hosts = old.example.org .example.com', 'mx = mail.example.org', 11, 'is not a dot and a domain'),
    ('hosts = old.example.org .example.com', 'mx = .mail_example.org', 11, 'is not a dot and a domain'),
    ('hosts = old.example.org .example.com', 'mx = .example.org .example.org', 11, 'belongs to [example] already'),
    ('app-password all', 'app-pasword all', 12, '“app-pasword” is not a known demand'),
    ('app-password all', 'app-password jmap', 12, 'the protocol is one of'),
    ('all 2026-08', 'all 2026-13', 12, 'is not a date'),
    ('all 2026-08', 'all', 12, 'is not a date'),
    ('https://example.org/help', 'http://example.org/help', 12, 'is not a https link'),
    ('https://example.org/help', 'https://example.org/a page', 12, 'demand has the form'),
    ('demand = smtp-enable smtp 2026', 'demand = app-password all 2026', 2, 'stands twice'),
    ('pop-once', 'pop-twice', 14, '“pop-twice” is not a known quirk'),
    ('pop-once', 'pop-not-offered', 14, 'offers no POP'),
    ('= 30', '= month', 15, 'the days are a number'),
    ('help = https://example.org/', 'help = example.org', 16, 'the help is a https link'),
    ('help = ', 'dead-end = no-way\nhelp = ', 16, 'a dead end is one of'),
    ('help = ', 'dead-end = no-imap-pop\nhelp = ', 2, 'is a dead end and has servers'),
    ('date = 2026-08', 'date = August', 18, 'the date has the form'),
    ('confidence = A', 'confidence = D', 19, 'the confidence is A, B or C'),
)


def run(compiler, *arguments):
    """In this process, since starting Python a hundred times takes longer than all the rest."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = compiler.main([str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())


def load(path):
    spec = importlib.util.spec_from_file_location('compile_lists', path)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def expect(condition, what, result):
    if not condition:
        sys.exit(f'{what}\nstatus {result.returncode}\n{result.stdout}{result.stderr}')


def check_faults(compiler, folder):
    for number, (old, new, line, message) in enumerate(FAULTS):
        path = folder / f'fault-{number}.ini'
        assert GOOD.count(old) >= 1, old
        path.write_text(GOOD.replace(old, new, 1), encoding='utf-8')
        result = run(compiler, '--check', path)
        expect(result.returncode == 1, f'{new!r} is accepted', result)
        expect(f'{path}:{line}: ' in result.stderr and message in result.stderr, f'{new!r} is not named', result)
        made = folder / 'made.c'
        expect(run(compiler, made, path).returncode == 1 and not made.exists(), f'{new!r} is compiled', result)


def check_good(compiler, folder):
    path, made = folder / 'good.ini', folder / 'good.c'
    path.write_text(GOOD, encoding='utf-8')
    result = run(compiler, '--check', path)
    expect(result.returncode == 0 and result.stdout == '1 providers, 2 domains\n', 'a good list is refused', result)
    result = run(compiler, made, path)
    expect(result.returncode == 0 and not result.stderr, 'a good list is not compiled', result)
    text = made.read_text(encoding='utf-8')
    for part in ('"smtp.example.org", 587, POSTWEG_STARTTLS, POSTWEG_USER_ADDRESS, 1, { POSTWEG_AUTH_PASSWORD }',
                 'POSTWEG_AUTH_OAUTH2, POSTWEG_AUTH_PASSWORD', 'POSTWEG_QUIRK_SMTP_OWN_SWITCH', '".example.com"',
                 '{ "app-password", "", "https://example.org/help", "2026-08" }', 'POSTWEG_QUIRK_USER_DIFFERS'):
        expect(part in text, f'{part} is missing in the C file', result)


def check_several(compiler, folder):
    """Faults of all sections are named at once; the same domain or id in two lists is one."""
    one, two = folder / 'one.ini', folder / 'two.ini'
    one.write_text(GOOD, encoding='utf-8')
    two.write_text(GOOD.replace('[example]', '[other]') + GOOD, encoding='utf-8')
    result = run(compiler, '--check', one, two)
    expect(result.returncode == 1 and result.stderr.count('\n') == 2, 'not both faults are named', result)
    expect(f'{two}:5: example.org belongs to [example] already' in result.stderr, 'same domain', result)
    expect(f'{two}:21: [example] stands at {one}:2 already' in result.stderr, 'same id', result)


def check_unreadable(compiler, folder):
    latin = folder / 'latin.ini'
    latin.write_bytes(b'[example]\nname = M\xfcller\n')
    for what in (['--check', folder / 'not-there.ini'], ['--check', latin], ['--check'], []):
        result = run(compiler, *what)
        expect(result.returncode == 2 and result.stderr and 'Traceback' not in result.stderr, f'{what}', result)


def check_as_program(path, folder):
    for arguments, status in (('--check', folder / 'good.ini'), 0), (('--check', folder / 'fault-0.ini'), 1):
        result = subprocess.run([sys.executable, path, *arguments], capture_output=True, text=True, check=False)
        expect(result.returncode == status, 'the exit status', result)


def main():
    compiler = load(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_faults(compiler, folder)
        check_good(compiler, folder)
        check_several(compiler, folder)
        check_unreadable(compiler, folder)
        check_as_program(sys.argv[1], folder)
    print(f'{len(FAULTS)} faults named')


if __name__ == '__main__':
    main()
