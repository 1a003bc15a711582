#!/usr/bin/python3
"""Goes through every page as a screen reader and a keyboard see it, and says what is missing there.

    audit.py POSTWEG POSTWEG-CLI

Runs inside display.py. Exit status 1 with the list of what was found."""
import collections
import re
import signal
import sys
import tempfile
import time

from drive import Atspi, ENTRIES, GLib, Missing, Window, name_of, state
from test_doctor import make_profile, practise, set_up

S = Atspi.StateType
BUTTONS = {"push button", "toggle button", "check box", "radio button", "combo box"}
IMAGES = {"image", "icon"}
WINDOW_BUTTONS = {"Minimize", "Maximize", "Restore", "Close"}  # the window manager has keys of its own for them
PASSWORD = "correct horse battery"
MOST_STOPS = 90


def description_of(node):
    try:
        return node.get_description() or ""
    except GLib.Error:
        return ""


def ancestors(node):
    while True:
        try:
            node = node.get_parent()
        except GLib.Error:
            return
        if node is None or node.get_role_name() == "application":
            return
        yield node


def is_usable(node):
    """GTK tells only of the widget itself whether it is sensitive."""
    return state(node, S.FOCUSABLE) and state(node, S.SENSITIVE) and all(state(above, S.SENSITIVE) for above in ancestors(node))


def is_part(node):
    """A picture on a button, or in a row that is one thing for the keyboard, is said with it."""
    return any(name_of(above) and (above.get_role_name() in BUTTONS | ENTRIES | {"list item"}) for above in ancestors(node))


def group_of(node):
    """A screen reader says the name of a group when it is entered."""
    return next((name_of(above) for above in ancestors(node) if above.get_role_name() == "panel" and name_of(above)), "")


class Audit:
    def __init__(self, window):
        self.window = window
        self.found, self.pages = [], []
        self.focused = None
        self.listener = Atspi.EventListener.new(self.event)
        self.listener.register("object:state-changed:focused")
        self.listener.register("object:property-change:accessible-description")
        self.facts, self.news = {}, []

    def event(self, event):
        if event.type.endswith("focused") and event.detail1 == 1:
            self.focused = event.source
        elif event.type.endswith("description"):
            self.news.append(str(event.any_data))

    def report(self, page, what):
        self.found.append(f"{page}: {what}")

    def nodes(self):
        return [node for node in self.window.walk() if self.window.size(node) != (0, 0)]

    def names(self, page, nodes):
        """Whatever can be pressed or filled in, and every picture, has a name."""
        for node in nodes:
            role, name = node.get_role_name(), name_of(node)
            if not name and role in BUTTONS | ENTRIES and state(node, S.FOCUSABLE):
                self.report(page, f"a {role} in “{group_of(node)}” has no name")
            if not name and not description_of(node) and role in IMAGES and not is_part(node):
                self.report(page, f"a picture in “{group_of(node)}” says nothing")
            if "_" in name and role in BUTTONS:
                self.report(page, f"“{name}” is called with its mnemonic's mark")

    def twins(self, page, nodes):
        """Two buttons of one name would be told apart by nobody who does not see where they stand."""
        seen = collections.Counter((name_of(node), description_of(node), group_of(node)) for node in nodes
                                   if node.get_role_name() in BUTTONS and name_of(node) and state(node, S.FOCUSABLE))
        for (name, _, group), count in seen.items():
            if count > 1:
                self.report(page, f"{count} buttons in “{group}” are called “{name}”")

    def heading(self, page, nodes):
        if not any(node.get_role_name() == "heading" and name_of(node) for node in nodes):
            self.report(page, "there is no heading")

    def tab(self):
        """Returns what has the focus after Tab, or None where it stayed."""
        self.focused = None
        self.window.key_quickly("Tab")
        end = time.monotonic() + 5
        while self.focused is None and time.monotonic() < end:
            self.window.pump(0.01)
        return self.focused

    def keyboard(self, page, nodes):
        """Tab comes back to where it began, and has been everywhere on the way that can be pressed or filled in."""
        visited, first = [], self.tab()
        here = first
        while here is not None and len(visited) < MOST_STOPS:
            visited.append(name_of(here))
            if not visited[-1]:
                self.report(page, f"a {here.get_role_name()} gets the focus and has no name")
            here = self.tab()
            if here == first:
                break
        else:
            self.report(page, f"Tab does not come back; it was at last at {visited[-5:]}")
        for node in nodes:
            name = name_of(node)
            if node.get_role_name() in BUTTONS | ENTRIES and name not in WINDOW_BUTTONS | set(visited) and is_usable(node):
                self.report(page, f"the keyboard does not reach the {node.get_role_name()} “{name}”")

    def page(self, page):
        """Everything about what is shown now."""
        self.window.pump(0.3)
        nodes = self.nodes()
        self.names(page, nodes)
        self.twins(page, nodes)
        self.heading(page, nodes)
        self.keyboard(page, nodes)
        self.pages.append(page)

    def closed(self, title):
        children = [self.window.application.get_child_at_index(i) for i in range(self.window.application.get_child_count())]
        return not any(child is not None and name_of(child) == title and state(child, S.VISIBLE) for child in children)

    def heard(self, page, words):
        """Who does not look hears how it goes on, as long as somebody has looked at that before: GTK 4.8 tells of nothing else."""
        if not any(words in news for news in self.news):
            self.report(page, f"nobody is told “{words}”")

    def nowhere(self, page, secret):
        """What was typed as a password can be read no more. It may be an everyday word, and a part of others."""
        if any(re.search(rf"\b{re.escape(secret)}\b", text) for text in self.window.all_texts()
               if "practice mailbox" not in text):
            self.report(page, "the password can be read")


def welcome(audit, window):
    window.find("Set Up an Account")
    window.focus()
    audit.page("welcome")


def explain(audit, window):
    window.press("Explain an Error Message", "Return")
    window.find("Error Message", {"text"})
    audit.page("explain")
    window.tab_to("Error Message")
    window.write("535 5.7.8 authentication failed")
    window.find_text("cause.* known for this")
    audit.page("explain, with causes")
    window.key("alt+Left")


def address(audit, window):
    window.press("Set Up an Account", "Return")
    window.find("E-Mail Address", ENTRIES)
    audit.page("address")
    window.type("E-Mail Address", "anna@gmial.com")
    window.find("Did you mean anna@gmail.com?", {"push button"})
    audit.page("address, mistyped")
    window.press("Enter the Servers Myself")
    window.find("Use IMAP", {"push button"})
    audit.page("advice")
    window.click("Use IMAP")
    window.find("Incoming Server", {"panel"})
    audit.page("servers, empty")
    for _ in range(3):
        window.key("alt+Left")
    window.find("Set Up an Account")


def practice(audit, window):
    window.press("Try a Practice Mailbox", "Return")
    window.find("Receives but Does Not Send")
    audit.page("practice")
    window.press("The wrong kind of encryption", "Return")
    window.find("End Practice", {"push button"})
    audit.page("practice, address")
    window.press("Continue", "Return")
    window.find("Incoming Server", {"panel"})
    audit.page("practice, servers")
    window.press("Continue", "Return")
    window.find("Password", ENTRIES)
    audit.page("practice, password")
    window.tab_to("Password")
    window.write(PASSWORD)
    window.press("Continue", "Return")
    window.find("Test Again", {"push button"})
    audit.nowhere("practice, result", PASSWORD)
    audit.page("practice, refused")
    window.press("Letter to the Administrator")
    letter = window.dialog("Letter to the Administrator")
    audit.names("letter", list(window.walk(letter)))
    window.key("Escape", title=".*")
    window.wait_for(lambda: audit.closed("Letter to the Administrator"), "the letter is closed")
    window.press("Show the Test", "Return")
    window.find("Receiving", {"panel"})
    audit.page("test")
    window.press("Sign-In")
    window.find_text("The Server’s Own Words|What Went Wrong")
    audit.page("test, a station open")
    window.press("End Practice")
    window.find("Receives but Does Not Send")
    window.key("alt+Left")


def dialogs(audit, window):
    """Whatever opens in front of the window."""
    window.key("F10")
    window.find_text("^_?Keyboard Shortcuts")
    audit.names("menu", audit.nodes())
    window.key("Escape")
    window.key("ctrl+question")  # GTK's own search button in it has no name
    window.find_text("Take the recommended way on")
    window.key("Escape", title=".*")
    window.wait_for(lambda: window.look("Take the recommended way on") is None, "the shortcuts are closed")


def doctor(audit, window):
    """An account that stands in a mail program, the whole road."""
    window.press("Find Out What Is Wrong", "Return")
    window.find("Thunderbird")
    audit.page("doctor")
    window.press("It Worked Yesterday")
    audit.page("doctor, with a sentence")
    window.press(audit.facts["address"], "Return")
    window.find("Password", ENTRIES)
    audit.page("password")
    window.tab_to("Password")
    window.write(audit.facts["password"])
    audit.news.clear()
    window.key("Return")
    window.find_text("^Both ways work")
    audit.heard("test", "At work")
    audit.heard("test", "Works, ")
    audit.nowhere("result", audit.facts["password"])
    audit.page("result")
    window.press("Send a Mail to Myself")
    window.wait_for(lambda: window.look("Send a Mail to Myself") is not None, "what became of the mail", 60)
    window.find("Arrival")
    audit.page("result, a mail to oneself")
    window.press("Set Up Another Program", "Return")
    window.find("Show Changes", {"push button"})
    window.wait_for(lambda: window.enabled("Show Changes"), "the programs are listed")
    audit.page("mail program")
    window.click("Phone or Tablet")
    window.press("Thunderbird for Android")
    window.press("Show Changes", "Return")
    window.find("Write", {"push button"})
    audit.page("mail program, previewed")
    window.press("Write", "Return")
    window.find("Undo", {"push button"})
    audit.page("mail program, written")


def main():
    postweg, cli = sys.argv[1:]
    signal.alarm(560)
    make_profile()
    servers, facts = practise(cli, "works")
    set_up(cli, "thunderbird", facts)
    with tempfile.TemporaryFile("w+") as errors:
        try:
            with Window([postweg, "--trust-file=" + facts["trust_file"]], output=errors) as window:
                audit = Audit(window)
                audit.facts = facts
                try:
                    for part in welcome, dialogs, explain, address, practice, doctor:
                        part(audit, window)
                except (AssertionError, Missing):
                    window.picture("failed-audit")
                    print(*audit.found, sep="\n")
                    raise
        finally:
            servers.terminate()
            servers.wait(10)
            errors.seek(0)
            complaints = [line.strip() for line in errors if "CRITICAL" in line or "WARNING" in line]
    print(f"{len(audit.pages)} pages: {'; '.join(audit.pages)}", *audit.found, *complaints, sep="\n")
    return 1 if audit.found or complaints else 0


if __name__ == "__main__":
    sys.exit(main())
