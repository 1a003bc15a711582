#!/usr/bin/env python3
"""Postweg's reader of prefs.js and Thunderbird's own agree on thousands of files, sound and damaged ones.

Usage: prefs_grammar.py READ-PREFS [SEED]
"""
import os
import random
import shutil
import subprocess
import sys
import tempfile

from marionette import Program

SKIPPED = 77
CASES, AT_ONCE = 3000, 300

PIECES = [['user_pref(', 'pref(', 'sticky_pref(', 'user_pref (', 'user_pref/*c*/('],
          ['"a"', "'b'", '"\\u0061c"', '""'], [',', ' , ', ', //c\n'],
          ['1', '-5', '+3', 'true', 'false', '"t"', "'t\\'q'", '"\\x41\\u20ac"', '"two\nlines"', '"\\uD83D\\uDE00"', '"ü"'],
          [')', ' )'], [';', ' ;', ';\n', ';\r\n', '; # e\n']]
DAMAGE = ['user_pref(', '"', "'", ',', '1', '(', ')', ';', '\n', '\r', ' ', '\t', '\v', '// c\n', '# c\n', '/* x */', '/*',
          '*/', '\\', '\\"', '\\n', '\\t', '\\x4', '\\xfc', '\\u12', '\\uD83D', '\\uDE00', 'true', 'True', '-', '+', '- ',
          '2147483647', '2147483648', '-2147483648', '-2147483649', '1.5', '1e5', '0x1', '007', 'x', '_', '漢', '\ufeff']

THEIRS = '''
const hex = s => [...s].map(c => c.charCodeAt(0).toString(16).padStart(2, "0")).join("");
return args[0].map(text => {
  let found = "valid", refused = false;
  Services.prefs.parsePrefsFromBuffer(text.match(/../g).map(x => parseInt(x, 16)), {
    onBoolPref(kind, name, value) { found += ` 0:${value ? 1 : 0}:${hex(name)}:`; },
    onIntPref(kind, name, value) { found += ` 1:${value}:${hex(name)}:`; },
    onStringPref(kind, name, value) { found += ` 2:0:${hex(name)}:${hex(value)}`; },
    onError() { refused = true; },
  }, "case");
  return refused ? "refused" : found;
});
'''


def make_case(chance):
    text = ''.join(''.join(chance.choice(choices) for choices in PIECES) for _ in range(chance.randint(1, 3)))
    for _ in range(chance.randint(0, 2)):
        place, kind = chance.randrange(len(text)), chance.random()
        if kind < 0.5:
            text = text[:place] + chance.choice(DAMAGE) + text[place:]
        elif kind < 0.8:
            text = text[:place] + text[place + chance.randint(1, 3):]
        else:
            text = text[:place + 1]
        text = text or ' '
    return text.encode().hex()


def ask_thunderbird(cases, folder):
    profile = os.path.join(folder, 'profile')
    os.mkdir(profile)
    with open(os.path.join(profile, 'user.js'), 'w', encoding='ascii') as file:
        file.write('user_pref("marionette.port", 0);\n')
    environment = {'HOME': folder, 'XDG_RUNTIME_DIR': folder, 'LANG': 'C.UTF-8', 'PATH': os.environ['PATH']}
    answers = []
    with Program(['thunderbird', '-profile', profile], profile, environment, subprocess.DEVNULL) as program:
        for start in range(0, len(cases), AT_ONCE):
            answers += program.run(THEIRS, cases[start:start + AT_ONCE])
    return answers


def main():
    if not shutil.which('thunderbird'):
        print('skipped: Thunderbird is not installed')
        sys.exit(SKIPPED)
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    cases = [make_case(chance) for _ in range(CASES)]
    ours = subprocess.run([sys.argv[1]], input='\n'.join(cases) + '\n', stdout=subprocess.PIPE, text=True,
                          check=True).stdout.splitlines()
    with tempfile.TemporaryDirectory(prefix='postweg-prefs-', ignore_cleanup_errors=True) as folder:
        theirs = ask_thunderbird(cases, folder)
    different = [(case, a, b) for case, a, b in zip(cases, ours, theirs, strict=True) if a != b]
    for case, a, b in different[:10]:
        print(bytes.fromhex(case), '\n  Postweg     ', a, '\n  Thunderbird ', b)
    print(f'{len(cases)} files, {sum(b != "refused" for b in theirs)} of them valid, {len(different)} read differently')
    sys.exit(1 if different else 0)


if __name__ == '__main__':
    main()
