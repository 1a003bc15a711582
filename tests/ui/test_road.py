#!/usr/bin/python3
"""The whole road in the real window, against a real Dovecot and Postfix: from Welcome to a written profile and back.

    test_road.py POSTWEG LAB {imap|pop3|mend}

Runs inside display.py. Exit status 77 with the reason where the mail servers cannot run."""
import glob
import json
import os
import shutil
import signal
import subprocess
import sys

from drive import ENTRIES, LIMIT, Missing, Window

PROFILES = """[Profile0]
Name=default-release
IsRelative=1
Path=x.default-release
Default=1

[General]
StartWithLastProfile=1
Version=2
"""


def start_lab(program):
    """Returns the process, which ends when its input does, and what it says about itself."""
    lab = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    line = lab.stdout.readline()
    if not line:
        print(lab.stderr.read().strip() or "the mail servers did not start")
        sys.exit(77)
    return lab, json.loads(line)


def make_profile():
    home = os.environ["HOME"]
    assert "postweg-display-" in home, "never in somebody's own home"
    root = os.path.join(home, ".thunderbird")
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(os.path.join(root, "x.default-release"))
    with open(os.path.join(root, "profiles.ini"), "w", encoding="utf-8") as file:
        file.write(PROFILES)
    return os.path.join(root, "x.default-release", "prefs.js")


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def fill_server(window, group, host, port, user):
    place = window.find(group, {"panel"})
    window.type("Server", host, place)
    window.type("Port", str(port), place)
    window.type("User Name", user, place)


def enter_servers(window):
    """No name service knows the laboratory's domain, or none can be asked: the page says so, and leads on all the same."""
    window.find_text("There is no domain lab.test|cannot be looked up|not connected")
    window.picture("2-address-answer")
    window.click("Enter the Servers Myself")


def to_password(window, lab, protocol, outgoing):
    user = lab["users"]["alice"]
    window.find("Set Up an Account")
    window.picture("1-welcome")
    window.click("Set Up an Account")
    window.type("Your Name", "Alice")
    window.type("E-Mail Address", user["address"])
    window.find_text("autoconfig.lab.test")
    window.picture("2-address")
    window.click("Continue")
    enter_servers(window)
    window.find("Use IMAP", {"push button"})
    window.picture("3-advice")
    window.click("Use POP" if protocol == "pop3" else "Use IMAP")
    window.find("Incoming Server", {"panel"})
    fill_server(window, "Incoming Server", lab["host"], lab["ports"][protocol + "s"], user["login"])
    fill_server(window, "Outgoing Server", lab["host"], lab["ports"][outgoing], user["login"])
    window.picture("4-servers")
    window.click("Continue")
    window.find("Password", ENTRIES)


def enter_password(window, password):
    window.type("Password", password)
    window.picture("5-password")
    assert any(password in text for text in window.all_texts()), "the driver would see a password if there were one"
    window.click("Continue")
    window.find("Receiving")
    window.picture("6-test")
    left = [text for text in window.all_texts() if password in text]
    assert not left, "the password can be read on the accessibility bus after its page was left"


def write_and_undo(window, prefs, expected):
    window.click("Set Up a Mail Program")
    window.find("Show Changes", {"push button"})
    window.picture("8-program")
    window.mouse(window.find("Show Changes", {"push button"}), clicks=2)
    window.find("Write", {"push button"})
    window.picture("9-changes")
    assert read(prefs) == "", "something was written before it was asked for"
    window.click("Write")
    window.find("Undo", {"push button"})
    window.picture("10-written")
    for part in expected:
        assert part in read(prefs), f"prefs.js lacks {part}"
    window.click("Undo")
    window.find_text("taken back")
    assert read(prefs) == "", "undo left something"
    window.picture("11-undone")


def look_back(window):
    """Alt+Left goes back to a test that is over; it is not run again, and its stations open."""
    window.key("alt+Left")
    window.find("Receiving")
    window.click("Encryption")
    window.find_text("Issued by")
    window.picture("6-test-open")
    window.press("Sign-In")
    window.find_text("The server knows you now")
    assert not window.checked("Encryption"), "one station at a time is open"
    window.press("Close the Details")
    window.wait_for(lambda: window.look("Close the Details") is None, "the details go away")
    window.click("Continue")


def road(window, lab, protocol, prefs):
    password = lab["users"]["alice"]["password"]
    to_password(window, lab, protocol, "smtps")
    enter_password(window, password)
    window.find_text("^Both ways work")
    window.picture("7-result")
    look_back(window)
    kind = "pop3" if protocol == "pop3" else "imap"
    write_and_undo(window, prefs, [f'"{kind}"', "alice@lab.test", str(lab["ports"][protocol + "s"]), str(lab["ports"]["smtps"])])
    assert password not in read(prefs)


def mend(window, lab, prefs):
    """The port for STARTTLS with SSL/TLS: one side fails, Postweg knows why and mends it."""
    to_password(window, lab, "imap", "submission")
    enter_password(window, lab["users"]["alice"]["password"])
    window.find_text("^You can receive. You cannot send")
    window.find_text("SSL/TLS → STARTTLS")
    window.picture("7-result")
    window.click("Mend and Test Again")
    window.find_text("^Both ways work")
    window.picture("7-mended")
    write_and_undo(window, prefs, ["alice@lab.test", str(lab["ports"]["submission"])])


def ends_at_once(window):
    """Ctrl+W, wherever one is."""
    window.key("ctrl+w")
    status = window.process.wait(10)
    assert status == 0, f"the program ended with status {status}"


def main():
    postweg, lab_program, which = sys.argv[1:]
    lab, facts = start_lab(lab_program)
    prefs = make_profile()
    signal.alarm(LIMIT)
    try:
        with Window([postweg, "--trust-file=" + facts["ca"]], {"G_DEBUG": "fatal-criticals"}) as window:
            try:
                if which == "mend":
                    mend(window, facts, prefs)
                else:
                    road(window, facts, which, prefs)
                ends_at_once(window)
            except (AssertionError, Missing):
                window.picture("failed")
                raise
        assert not glob.glob(os.path.join(os.environ["HOME"], "core*"))
    finally:
        lab.stdin.close()
        lab.wait(20)
    print("all held")


if __name__ == "__main__":
    main()
