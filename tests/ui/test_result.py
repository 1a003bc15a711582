#!/usr/bin/python3
"""What a person does with a result, in the real window and against real servers: hands it on, and sends a mail to oneself.

    test_result.py POSTWEG LAB

Runs inside display.py. Exit status 77 with the reason where the mail servers cannot run."""
import imaplib
import os
import signal
import ssl
import stat
import sys
import urllib.parse

from drive import LIMIT, Missing, Window
from test_road import enter_password, read, start_lab, to_password

OPENED = "opened-mail.txt"
OPENER = """[Desktop Entry]
Type=Application
Name=Mail Program of the Test
Exec={script} %u
MimeType=x-scheme-handler/mailto;
NoDisplay=true
"""


def own_home():
    home = os.environ["HOME"]
    assert "postweg-display-" in home, "never in somebody's own home"
    return home


def make_opener():
    """A mail program that only writes down what it was asked to open."""
    script = os.path.join(own_home(), "opener.sh")
    with open(script, "w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\nprintf %s "$1" > "{own_home()}/{OPENED}.part"\nmv "{own_home()}/{OPENED}.part" "{own_home()}/{OPENED}"\n')
    os.chmod(script, stat.S_IRWXU)
    folder = os.path.join(own_home(), ".local", "share", "applications")
    os.makedirs(folder)
    with open(os.path.join(folder, "opener.desktop"), "w", encoding="utf-8") as file:
        file.write(OPENER.format(script=script))
    with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "mimeapps.list"), "w", encoding="utf-8") as file:
        file.write("[Default Applications]\nx-scheme-handler/mailto=opener.desktop\n")


def save_as(window, path, answer=None):
    """Through the toolkit's own dialog; answer: what is said when the file is there already."""
    window.click("Save Report")
    dialog = window.dialog("Save Report")
    window.type("Name:", path, dialog)
    window.picture("7-save")
    window.click("Save", dialog)
    if answer:
        window.click(answer, window.find("Question", {"alert"}))


def hand_on(window, secret):
    home = own_home()
    page = os.path.join(home, "report.html")
    notes = os.path.join(home, "report.md")

    window.press("Copy Report")
    window.find_text("was copied, without addresses")
    save_as(window, page)
    window.find_text("saved as “.*report.html”")
    text = read(page)
    assert text.startswith("<!DOCTYPE html>"), text[:80]
    assert "alice" not in text and secret not in text, "the report is blackened unless it is wanted otherwise"
    window.press("With addresses and server names")
    save_as(window, notes)
    window.find_text("saved as “.*report.md”")
    text = read(notes)
    assert text.startswith("#") and "alice@lab.test" in text and secret not in text, text[:200]
    window.picture("7-saved")
    nowhere = os.path.join(home, "closed")
    os.makedirs(nowhere)
    if os.geteuid() != 0:
        os.chmod(nowhere, stat.S_IRUSR | stat.S_IXUSR)
        save_as(window, os.path.join(nowhere, "report.html"))
        window.find_text("You may not write")


def write_letter(window, secret):
    window.click("Letter to the Administrator")
    dialog = window.dialog("Letter to the Administrator")
    letter = window.text(window.find("Letter", {"text"}, dialog))
    assert letter.startswith("Subject: ") and "alice@lab.test" in letter and secret not in letter, letter
    window.picture("7-letter", "Letter to the Administrator")
    window.click("Copy Letter")
    window.find_text("letter was copied")
    window.click("Open in Mail Program")
    window.find_text("is in your mail program")
    path = os.path.join(own_home(), OPENED)
    window.wait_for(lambda: os.path.exists(path), "the mail program of the test")
    parts = urllib.parse.parse_qs(read(path).removeprefix("mailto:?"), strict_parsing=True)
    assert letter.startswith("Subject: " + parts["subject"][0] + "\n\n"), parts
    assert letter.split("\n\n", 1)[1] == parts["body"][0].replace("\r\n", "\n"), parts
    window.key("Escape", title="Letter to the Administrator")
    window.wait_for(lambda: window.look("Copy Letter") is None, "the letter goes away")


def deliver(window):
    """The little road to its end, with the hops, then once more, stopped on the way."""
    window.find_text("^One small mail goes out to your own address")
    window.click("Send a Mail to Myself")
    window.wait_for(lambda: window.look("Stop", {"push button"}) or window.look("The Way It Took"), "the mail on its way, or back already")
    window.picture("7-mail-on-its-way")
    window.find_text("^The mail came back after")
    window.find_text("removed again")
    window.find_text("^Both ways work")
    for station in ("Sender", "Recipient", "Message", "Arrival"):
        assert window.find(station).get_description().startswith("Works"), station
    window.press("The Way It Took")
    window.find_text("encrypt")
    window.picture("7-mail-arrived")
    window.click("Send a Mail to Myself")
    window.key("Escape")
    window.wait_for(lambda: window.look("Send a Mail to Myself") is not None, "the mail was cleared up")
    window.find_text("The mail (came back|went out)|No mail was sent")
    window.picture("7-mail-stopped")


def count_mail(facts):
    user = facts["users"]["alice"]
    context = ssl.create_default_context(cafile=facts["ca"])
    with imaplib.IMAP4_SSL(facts["host"], facts["ports"]["imaps"], ssl_context=context) as server:
        server.login(user["login"], user["password"])
        return int(server.select("INBOX", readonly=True)[1][0])


def close_in_between(window, facts):
    """The window is closed while the mail is on its way: it goes at once, the program when the mailbox is as it was."""
    before = count_mail(facts)
    window.click("Send a Mail to Myself")
    window.key("ctrl+w")
    status = window.process.wait(20)
    assert status == 0, f"the program ended with status {status}"
    assert count_mail(facts) == before, "the mail was left in the mailbox"


def look_at_ports(window, facts):
    """A test with the map of ports: as a table that opens, with a word for each state."""
    window.click("Look at the Ports")
    window.find_text("ports are open")
    window.press("localhost")
    window.find_text(f"Port {facts['ports']['imaps']}, IMAP")
    window.find_text("IPv4, 127.0.0.1: open")
    window.picture("7-ports")


def look_around(window):
    """The same page in a narrow window."""
    window.resize(360, 640)
    for name in ("Send a Mail to Myself", "Look at the Ports", "Copy Report"):
        window.tab_to(name)
        window.picture("7-narrow-" + name.split()[0].lower())
    window.resize(860, 720)


def main():
    postweg, lab_program = sys.argv[1:]
    lab, facts = start_lab(lab_program)
    secret = facts["users"]["alice"]["password"]
    make_opener()
    signal.alarm(LIMIT)
    try:
        with Window([postweg, "--trust-file=" + facts["ca"]], {"G_DEBUG": "fatal-criticals"}) as window:
            try:
                to_password(window, facts, "imap", "submission")
                enter_password(window, secret)
                window.find_text("^You can receive. You cannot send")
                assert window.look("Send a Mail to Myself") is None, "nothing is sent while sending does not work"
                hand_on(window, secret)
                write_letter(window, secret)
                window.click("Mend and Test Again")
                window.find_text("^Both ways work")
                assert window.look("Letter to the Administrator") is None, "there is nothing to complain about"
                deliver(window)
                look_around(window)
                look_at_ports(window, facts)
                close_in_between(window, facts)
            except (AssertionError, Missing):
                window.picture("failed")
                raise
    finally:
        lab.stdin.close()
        lab.wait(20)
    print("all held")


if __name__ == "__main__":
    main()
