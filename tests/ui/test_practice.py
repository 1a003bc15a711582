#!/usr/bin/python3
"""Practice in the real window, with the keyboard alone: chosen, tested, mended, ended; and the window closed in the middle of it.

    test_practice.py POSTWEG

Runs inside display.py."""
import glob
import os
import signal
import socket
import sys
import tempfile

from drive import ENTRIES, Missing, Window
from test_road import ends_at_once

BAR = "Practice – nothing leaves this computer"


def folders(place):
    return glob.glob(os.path.join(place, "postweg-practice-*"))


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def to_list(window):
    window.press("Try a Practice Mailbox", "Return")
    window.find("Receives but Does Not Send")
    assert window.look(BAR) is None, "nobody practises yet"


def begin(window, case):
    """Returns the port of the server for receiving."""
    window.press(case, "Return")
    window.find("End Practice", {"push button"})
    window.find(BAR)
    window.find("E-Mail Address")
    window.picture("practice-address")
    window.press("Continue", "Return")
    place = window.find("Incoming Server", {"panel"})
    port = int(window.text(window.find("Port", ENTRIES, place)).replace(",", ""))
    assert is_open(port), "the practice server answers"
    window.press("Continue", "Return")
    window.find_text("The password of the practice mailbox is")
    window.find(BAR)
    return port


def mend(window):
    port = begin(window, "The wrong kind of encryption")
    window.press("Continue", "Return")
    window.find_text("^You can receive. You cannot send")
    window.find(BAR)
    window.picture("practice-result")
    assert window.look("Set Up a Mail Program") is None, "a practice account goes into no mail program"
    window.press("Mend and Test Again", "Return")
    window.find_text("^Both ways work")
    window.press("Try Another Case", "Return")
    window.find("The wrong kind of encryption")
    assert window.look(BAR) is None and not is_open(port), "practice is over"


def end_by_bar(window):
    port = begin(window, "The password is wrong")
    window.press("Continue", "Return")
    window.find_text("password")
    window.press("End Practice")
    window.find("The password is wrong")
    assert not is_open(port), "practice is over"
    window.key("alt+Left")
    window.find("Set Up an Account")


def main():
    (postweg,) = sys.argv[1:]
    signal.alarm(200)
    with tempfile.TemporaryDirectory(prefix="postweg-test-") as place:
        with Window([postweg], {"G_DEBUG": "fatal-criticals", "TMPDIR": place}) as window:
            try:
                to_list(window)
                window.picture("practice")
                mend(window)
                end_by_bar(window)
                to_list(window)
                port = begin(window, "The password is wrong")
                window.press("Continue", "Return")
                ends_at_once(window)
            except (AssertionError, Missing):
                window.picture("failed")
                raise
        assert not folders(place), "papers are left"
    assert not is_open(port), "the servers end with the window"
    print("all held")


if __name__ == "__main__":
    main()
