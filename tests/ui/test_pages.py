#!/usr/bin/python3
"""The pages that need no mail server, in the real window, with the keyboard alone: an error message explained, and who may be asked.

    test_pages.py POSTWEG

Runs inside display.py."""
import signal
import sys

from drive import Missing, Window
from test_road import ends_at_once

REFUSED = "550 5.1.1 User unknown"


def explain(window, shape):
    window.press("Explain an Error Message", "Return")
    window.find("Error Message", {"text"})
    window.tab_to("Error Message")
    window.write("the cat sat on the mat")
    window.find_text("^Postweg does not recognise this")
    window.picture("explain-not-recognised" + shape)
    window.key("ctrl+a", "BackSpace")
    window.wait_for(lambda: window.look("Try an Example") is not None, "an empty text")
    window.write(REFUSED)
    window.find_text("cause.* known for this")
    window.picture("explain" + shape)
    window.press("Copy the Answer")
    window.find_text("answer was copied")
    window.key("alt+Left")
    window.find("Set Up an Account")


def ask(window, shape):
    """Nothing goes out before the hosts were shown; what was agreed to is remembered."""
    window.press("Set Up an Account", "Return")
    window.type("E-Mail Address", "anna@postweg.test")
    window.find_text("^Your name service.*\nautoconfig.postweg.test")
    window.picture("asking" + shape)
    window.press("Ask the public database and the mail hoster too")
    window.press("Tell the domain’s own hosts the whole address")
    window.picture("asking-all" + shape)
    window.key("alt+Left")
    window.press("Set Up an Account", "Return")
    for name in ("Ask the public database and the mail hoster too", "Tell the domain’s own hosts the whole address"):
        assert window.checked(name), name
    window.press("Enter the Servers Myself")
    window.find("Use IMAP", {"push button"})
    window.click("Use IMAP")
    window.find("Incoming Server", {"panel"})
    window.picture("servers" + shape)


def shortcuts(window, shape):
    window.key("ctrl+question")
    window.find_text("Take the recommended way on")
    window.picture("shortcuts" + shape, title=".*")
    window.key("Escape", title=".*")
    window.wait_for(lambda: window.look("Take the recommended way on") is None, "the shortcuts are closed")


def main():
    (postweg,) = sys.argv[1:]
    shapes = {"": {}, "-dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}, "-contrast": {"ADW_DEBUG_HIGH_CONTRAST": "1"}}
    signal.alarm(220)
    for shape, env in shapes.items():
        with Window([postweg], {"G_DEBUG": "fatal-criticals", **env}) as window:
            try:
                if shape == "-dark":
                    window.resize(360, 640)
                shortcuts(window, shape)
                explain(window, shape)
                ask(window, shape)
                ends_at_once(window)
            except (AssertionError, Missing):
                window.picture("failed" + shape)
                raise
    print("all held")


if __name__ == "__main__":
    main()
