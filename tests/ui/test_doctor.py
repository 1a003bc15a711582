#!/usr/bin/python3
"""The doctor in the real window, with the keyboard alone: an account of a mail program is tested, mended, written back and taken back.

    test_doctor.py POSTWEG POSTWEG-CLI

Runs inside display.py. The servers are those of the practice mailbox; the passwords are typed."""
import json
import os
import signal
import subprocess
import sys

from drive import ENTRIES, Missing, Window
from test_road import PROFILES, ends_at_once, read


def practise(cli, scenario):
    """Returns the process that plays the servers, and what it says about them."""
    process = subprocess.Popen([cli, "practice", scenario, "--json"], stdout=subprocess.PIPE, text=True)
    text = ""
    for line in process.stdout:
        text += line
        try:
            return process, json.loads(text)
        except ValueError:
            continue
    raise AssertionError("the practice servers did not start")


def set_up(cli, program, facts):
    subprocess.run([cli, "export", program, "--incoming=" + facts["incoming"], "--outgoing=" + facts["outgoing"],
                    "--address=" + facts["address"], "--name=You"], check=True, stdout=subprocess.DEVNULL)


def make_profile():
    home = os.environ["HOME"]
    assert "postweg-display-" in home, "never in somebody's own home"
    folder = os.path.join(home, ".thunderbird", "x.default-release")
    os.makedirs(folder)
    with open(os.path.join(home, ".thunderbird", "profiles.ini"), "w", encoding="utf-8") as file:
        file.write(PROFILES)
    prefs = os.path.join(folder, "prefs.js")
    with open(prefs, "w", encoding="utf-8"):
        pass
    return prefs


def doctor(window, facts, prefs):
    before = read(prefs)
    window.press("Find Out What Is Wrong", "Return")
    window.find("Thunderbird")
    window.picture("doctor")
    window.press(facts["address"], "Return")
    window.find("Password", ENTRIES)
    window.tab_to("Password")
    window.write(facts["password"])
    window.key("Return")
    window.find_text("^You can receive. You cannot send")
    assert not [text for text in window.all_texts() if text == facts["password"]], "the password can be read"
    window.press("Mend and Test Again", "Return")
    window.find_text("^Both ways work")
    window.press("Write the Mended Setting to Thunderbird", "Return")
    window.find("Show Changes", {"push button"})
    window.wait_for(lambda: window.enabled("Show Changes"), "the programs are listed")
    window.press("Show Changes", "Return")
    window.find("Write", {"push button"})
    window.picture("doctor-changes")
    assert read(prefs) == before, "something was written before it was asked for"
    window.press("Write", "Return")
    window.find("Undo", {"push button"})
    window.picture("doctor-written")
    assert read(prefs) != before, "nothing was written"
    window.press("Undo", "Return")
    window.find_text("taken back")
    assert read(prefs) == before, "undo left something"


def code(window):
    """A phone instead: the code is shown in the window, and the files are written only when that is wanted."""
    folder = os.path.join(os.environ["HOME"], "Postweg")
    window.press("Phone or Tablet")
    window.press("Thunderbird for Android")
    assert not window.checked("Put the Password in, Too"), "nobody has agreed to that"
    window.press("Show Changes", "Return")
    window.find("QR code for Thunderbird for Android, with the settings, without a password")
    window.picture("doctor-code")
    assert not os.path.exists(folder), "something was written before it was asked for"
    window.press("Choose Another", "Return")
    window.press("Put the Password in, Too")
    window.press("Show Changes", "Return")
    window.find("QR code for Thunderbird for Android, with the settings and the password")
    assert not [text for text in window.all_texts() if "practice\"" in text], "the password can be read"
    window.press("Write", "Return")
    window.find("Open Folder", {"push button"})
    assert len(os.listdir(folder)) == 2
    window.press("Undo", "Return")
    window.find_text("taken back")
    assert not os.path.exists(folder), "undo left something"


def main():
    postweg, cli = sys.argv[1:]
    prefs = make_profile()
    servers, facts = practise(cli, "sending-encryption")
    signal.alarm(200)
    try:
        set_up(cli, "thunderbird", facts)
        with Window([postweg, "--trust-file=" + facts["trust_file"]], {"G_DEBUG": "fatal-criticals"}) as window:
            try:
                doctor(window, facts, prefs)
                code(window)
                ends_at_once(window)
            except (AssertionError, Missing):
                window.picture("failed")
                raise
    finally:
        servers.terminate()
        servers.wait(10)
    print("all held")


if __name__ == "__main__":
    main()
