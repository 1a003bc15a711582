#!/usr/bin/python3
"""What reaches the system's journal from the window while a password is typed and used with all debugging on; and that killing it then leaves
no core file. The journal is the test's own: see tests/cli/journal.py.

    test_journal.py POSTWEG LAB

Runs inside display.py. Exit status 77 with the reason where the mail servers cannot run or the kernel gives no mount namespace."""
import json
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from drive import ENTRIES, LIMIT, Missing, Window  # noqa: E402  (the folder must be known first)
from journal import DEBUG, WHO, Journal, allow_core, ends_with_core, forms, journal_hears, own_run, run_inside  # noqa: E402
from test_secrets import to_password  # noqa: E402

MORE = {"GTK_DEBUG": "actions,builder,keybindings,text", "GDK_DEBUG": "events,misc,clipboard,input"}


def use_password(window, facts):
    to_password(window, facts)
    window.mouse(window.find("Password", ENTRIES))
    window.write(facts["users"][WHO]["password"])
    window.click("Continue")
    window.find_text("^Both ways work")
    window.click("Send a Mail to Myself")
    window.find_text("^The mail came back after")


def inside(facts, postweg):
    secret = facts["users"][WHO]["password"]
    wanted = forms(secret)
    own_run()
    allow_core()
    signal.alarm(LIMIT)
    with Journal() as journal:
        journal_hears(journal, wanted, secret)
        with Window([postweg, "--trust-file=" + facts["ca"]], {**DEBUG, **MORE, **journal.environment()}, journal.stream) as window:
            try:
                use_password(window, facts)
            except (AssertionError, Missing):
                window.picture("failed")
                raise
            assert not ends_with_core(window.process), "what was in memory is in a core file now"
        journal.end()
        print(journal.messages, "messages,", len(journal.received), "bytes")
        assert journal.messages > 0, "nothing was written to the journal with all debugging on"
        assert not journal.found(wanted), "in the journal: " + ", ".join(journal.found(wanted))
    return 0


def main():
    if sys.argv[1] == "--inside":
        return inside(json.loads(sys.argv[2]), *sys.argv[3:])
    return run_inside(__file__, sys.argv[2], [os.path.abspath(sys.argv[1])])


if __name__ == "__main__":
    sys.exit(main())
