#!/usr/bin/python3
"""Where a password is found after somebody typed it into the window, it was used, and its page was left: the memory of the process, the
accessibility bus, everything that was printed with all debugging on, and every file. One copy is meant to be there, in locked memory that no
core file holds, for testing again; with the next address none is. “shown”: with the eye at the end of the field the password is read on the
screen first; while it is shown, GTK's picture of the text has a copy of its own, which nobody can guard.

    test_secrets.py POSTWEG LAB {hidden|shown}

Runs inside display.py. Exit status 77 with the reason where the mail servers cannot run or the memory cannot be read."""
import os
import re
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from drive import ENTRIES, LIMIT, Missing, Window  # noqa: E402  (the folder must be known first)
from journal import WHO, forms  # noqa: E402
from test_road import fill_server, start_lab  # noqa: E402

DEBUG = {"G_MESSAGES_DEBUG": "all", "GTK_DEBUG": "actions,builder,keybindings,text", "GDK_DEBUG": "events,misc,clipboard,input",
         "GNUTLS_DEBUG_LEVEL": "9", "G_DEBUG": "fatal-criticals"}
BIGGEST = 256 << 20
TAIL = "the end, as freed memory keeps it"


def forms_in_memory(secret):
    return {**forms(secret), TAIL: secret.encode()[16:]}


def mappings(pid):
    """Yields the writable ones: start, end, name, and whether it is locked and left out of core files."""
    with open(f"/proc/{pid}/smaps", encoding="utf-8", errors="replace") as file:
        text = file.read()
    for block in re.split(r"(?m)^(?=[0-9a-f]+-[0-9a-f]+ )", text):
        head = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)", block)
        if head is None or not head[3].startswith("rw"):
            continue
        flags = re.search(r"VmFlags: (.*)", block)[1].split()
        yield int(head[1], 16), int(head[2], 16), head[4] or "(own)", "lo" in flags, "dd" in flags


def search_memory(pid, wanted):
    """Returns what was found in guarded memory, and what elsewhere, as lists of texts."""
    guarded, elsewhere = [], []
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for start, end, name, locked, undumped in mappings(pid):
            if end - start > BIGGEST:
                continue
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except OSError:  # a device's, or gone
                continue
            for form, needle in wanted.items():
                if form == TAIL and locked and undumped:
                    continue  # it counts as a copy already
                places = [place.start() for place in re.finditer(re.escape(needle), data)]
                (guarded if locked and undumped else elsewhere).extend(
                    f"{form} in {name} at {start + place:x}{'' if locked else ', not locked'}" for place in places)
                if os.environ.get("POSTWEG_SHOW_LEAKS") and not (locked and undumped):
                    for place in places:
                        print(form, data[max(0, place - 96):place + 96])
    return guarded, elsewhere


def search_files(folders, wanted):
    count, found = 0, []
    for folder in folders:
        for root, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(root, name)
                if os.path.isfile(path):
                    count += 1
                    with open(path, "rb") as file:
                        data = file.read()
                    found += [f"{form} in {path}" for form, needle in wanted.items() if needle in data]
    return count, found


def to_password(window, facts):
    user = facts["users"][WHO]
    window.click("Set Up an Account")
    window.type("Your Name", "Stern")
    window.type("E-Mail Address", user["address"])
    window.find_text("autoconfig.lab.test")
    window.click("Continue")
    window.find_text("There is no domain lab.test|cannot be looked up|not connected")
    window.click("Enter the Servers Myself")
    window.find("Use IMAP", {"push button"})
    window.click("Use IMAP")
    window.find("Incoming Server", {"panel"})
    fill_server(window, "Incoming Server", facts["host"], facts["ports"]["imaps"], user["login"])
    fill_server(window, "Outgoing Server", facts["host"], facts["ports"]["smtps"], user["login"])
    window.click("Continue")


def nobody_knows(pid, wanted, copies, when):
    guarded, elsewhere = search_memory(pid, wanted)
    print(f"{when}: {len(guarded)} copies in guarded memory, {len(elsewhere)} elsewhere")
    assert not elsewhere, f"{when}: " + "; ".join(elsewhere)
    assert len(guarded) == copies, f"{when}: " + "; ".join(guarded)


def look_at_it(window, field):
    """The eye at the end of the field: the password can be read on the screen from now on."""
    window.mouse(next(node for node in window.walk(field) if node.get_role_name() == "image"))
    window.mouse(field)


def type_and_use(window, facts, wanted, shown):
    """By keyboard: what comes over the accessibility bus would lie in its buffers."""
    pid = window.process.pid
    secret = facts["users"][WHO]["password"]
    to_password(window, facts)
    field = window.find("Password", ENTRIES)
    window.mouse(field)
    if shown:
        look_at_it(window, field)
    window.write(secret)
    window.picture("typed")
    guarded, elsewhere = search_memory(pid, wanted)
    print(f"while it is typed: {len(guarded)} copies in guarded memory, {len(elsewhere)} elsewhere")
    assert guarded or elsewhere, "the search would find a password if there were one"
    window.click("Continue")
    window.find_text("^Both ways work")
    nobody_knows(pid, wanted, 1, "after the test")
    window.click("Set Up a Mail Program")
    window.find_text("Mail Program")
    nobody_knows(pid, wanted, 1, "on the last page")
    left = [text for text in window.all_texts() if secret in text]
    assert not left, "the password can be read on the accessibility bus after its page was left"


def another_address(window, wanted):
    """The next account begins without the password of the last one."""
    for _ in range(8):
        if window.look("Set Up an Account"):
            break
        window.key("alt+Left")
    window.click("Set Up an Account")
    window.type("E-Mail Address", "anna@gmx.de")
    window.click("Continue")
    window.find("Use IMAP", {"push button"})
    nobody_knows(window.process.pid, wanted, 0, "with another address")


def main():
    postweg, lab_program, which = sys.argv[1:]
    home = os.environ["HOME"]
    with open(postweg, "rb") as file:
        program = file.read()
        if b"__asan_init" in program or b"__tsan_init" in program:
            print("SKIP sanitizers keep what was freed")
            return 77
    lab, facts = start_lab(lab_program)
    wanted = forms_in_memory(facts["users"][WHO]["password"])
    signal.alarm(LIMIT)
    output = os.path.join(home, "printed")
    with open(output, "wb") as printed:
        try:
            with Window([postweg, "--trust-file=" + facts["ca"]], DEBUG, printed) as window:
                try:
                    if not os.access(f"/proc/{window.process.pid}/mem", os.R_OK):
                        print("SKIP the memory of a process that is closed to others can be read by root only")
                        return 77
                    type_and_use(window, facts, wanted, which == "shown")
                    another_address(window, wanted)
                except (AssertionError, Missing):
                    window.picture("failed")
                    raise
        finally:
            lab.stdin.close()
            lab.wait(20)
    count, found = search_files({home, os.path.dirname(os.environ["XDG_RUNTIME_DIR"])}, wanted)
    print(f"{count} files, {os.path.getsize(output)} bytes printed")
    assert os.path.getsize(output) > 1000, "debugging is not on"
    assert not found, "; ".join(found)
    print("all held")
    return 0


if __name__ == "__main__":
    sys.exit(main())
