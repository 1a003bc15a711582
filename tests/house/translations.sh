#!/bin/sh
# Fails when po/POTFILES or German lags behind the sources, or a translation could break a sentence. $1: the project's folder
for tool in xgettext msgfmt python3; do
  command -v $tool >/dev/null || { echo "$tool is not installed"; exit 77; }
done
cd "$1" || exit 2
status=0
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT

# the tools' own view: everything is parsed, nothing open, nothing doubtful
LC_ALL=C msgfmt -c --check-accelerators=_ --statistics -o "$folder/de.mo" po/de.po 2>"$folder/msgfmt" || status=1
[ "$(wc -l <"$folder/msgfmt")" -eq 1 ] || status=1
grep -qE 'fuzzy|untranslated' "$folder/msgfmt" && status=1
grep -n '^#~' po/de.po && { echo "po/de.po keeps texts that are not used any more"; status=1; }
cat "$folder/msgfmt"

# the same keywords as meson's preset "glib"; window files are read below, since rules for them come with GTK
find src \( -name '*.c' -o -name '*.h' \) | LC_ALL=C sort >"$folder/sources"
xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dcgettext:2 \
  --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format \
  --flag=NC_:2:pass-c-format --flag=g_dngettext:2:pass-c-format \
  -f "$folder/sources" -o "$folder/sources.pot" 2>"$folder/xgettext" || { cat "$folder/xgettext"; exit 1; }

python3 - "$folder/sources.pot" <<'PYTHON' || status=1
import ast, glob, re, sys
import xml.etree.ElementTree as tree

complaints = []


def complain(text):
    complaints.append(text)


def read(path):
    """Reads a catalogue: (context, text, plural) -> (translations, files)."""
    entries = {}
    for block in re.split(r'\n\s*\n', open(path, encoding='utf-8').read()):
        fields, field, files = {}, None, []
        for line in block.split('\n'):
            if line.startswith('#:'):
                files += [re.sub(r':\d+$', '', word) for word in line[2:].split()]
            start = re.match(r'(msg\w+(?:\[\d\])?) "', line)
            if start:
                field = start[1]
                fields[field] = ''
                line = line[len(field) + 1:]
            if field and line.startswith('"'):
                fields[field] += ast.literal_eval(line)
        if fields.get('msgid'):
            key = fields.get('msgctxt'), fields['msgid'], fields.get('msgid_plural')
            entries[key] = [text for name, text in fields.items() if name.startswith('msgstr')], files
    return entries


def read_windows(used, listed):
    for path in sorted(glob.glob('src/**/*.ui', recursive=True)):
        for node in tree.parse(path).iter():
            if node.get('translatable') in ('yes', 'true', '1') and node.text:
                used.add((node.get('context'), node.text, None))
                listed.add(path)


def slots(text):
    """What is filled in when the program runs. A plural may leave out the number, so it is compared as a set."""
    return sorted(re.findall(r'\{\w+\}', text)) + sorted(re.findall(r'%(?:\d+\$)?[-+ 0-9.]*l*[a-zA-Z%]', text))


sources = read(sys.argv[1])
german = read('po/de.po')
used = set(sources)
files = {path for _, paths in sources.values() for path in paths}
read_windows(used, files)

potfiles = [line.rstrip('\n') for line in open('po/POTFILES') if not line.startswith('#')]
for path in sorted(files - set(potfiles)):
    complain(f'po/POTFILES lacks {path}')
for path in sorted(set(potfiles) - files):
    complain(f'po/POTFILES names {path}, which has no translatable text')
if potfiles != sorted(set(potfiles)):
    complain('po/POTFILES is not sorted')

for _, text, _ in sorted(used - set(german), key=str):
    complain(f'po/de.po lacks “{text}”')
for _, text, _ in sorted(set(german) - used, key=str):
    complain(f'po/de.po has “{text}”, which no source uses')

for (_, text, plural), (translations, _) in german.items():
    wanted = [slots(text)] + ([slots(plural)] if plural else [])
    for translation in translations:
        if slots(translation) not in wanted:
            complain(f'“{translation}” does not take the same values as “{text}”')
        if re.search('["”]|„[^“]*$', translation):
            complain(f'“{translation}”: German quotes are „ and “')
        if text[:1].isspace() != translation[:1].isspace() or text[-1:].isspace() != translation[-1:].isspace():
            complain(f'“{translation}” begins or ends with another space than “{text}”')

for text in complaints:
    print(text)
sys.exit(len(complaints) > 0)
PYTHON
exit $status
