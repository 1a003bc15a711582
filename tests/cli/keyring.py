#!/usr/bin/env python3
"""postweg-cli takes the password from the person's keyring: a real one, on a private session bus.

    keyring.py CLI LAB

Exit status 77 with the reason where the keyring or the mail servers cannot run."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
NEEDED = ["dbus-run-session", "gnome-keyring-daemon", "secret-tool", "gdbus"]
KEYRING_PASSWORD = "only for this test\n"


def store(server, user, protocol, password):
    """As any program that knows the network schema would."""
    subprocess.run(["secret-tool", "store", "--label=test", "xdg:schema", "org.gnome.keyring.NetworkPassword", "user", user,
                    "server", server, "protocol", protocol], input=password, text=True, check=True, timeout=20)


def test(cli, facts, user):
    login, host, ports = facts["users"][user]["login"], facts["guarded_host"], facts["ports"]
    done = subprocess.run([cli, "test", "--json", "--keyring", "--trust-file=" + facts["ca"], f"--incoming=imaps://{login}@{host}:{ports['imaps']}",
                           f"--outgoing=smtps://{login}@{host}:{ports['smtps']}"], stdout=subprocess.PIPE, text=True, check=False, timeout=60)
    return done.returncode, json.loads(done.stdout)["verdict"], done.stdout


def on_the_bus(cli, lab_program):
    with subprocess.Popen([lab_program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as lab:
        line = lab.stdout.readline()
        if not line:
            print("SKIP the mail servers cannot be started here")
            return SKIPPED
        facts = json.loads(line)
        subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input=KEYRING_PASSWORD, text=True, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20)
        # who asks before it has its name would start another one, which is locked
        subprocess.run(["gdbus", "wait", "--session", "--timeout=20", "org.freedesktop.secrets"], check=True)
        password = facts["users"]["alice"]["password"]
        store(facts["guarded_host"], facts["users"]["alice"]["login"], "imap", password)
        status, verdict, output = test(cli, facts, "alice")
        assert (status, verdict) == (0, "works"), (status, verdict)
        assert password not in output
        assert test(cli, facts, "bob")[:2] == (4, "not-tested"), "a password that is not there was found"
        lab.stdin.close()
    return 0


def main():
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        print("SKIP not installed:", ", ".join(missing))
        return SKIPPED
    if sys.argv[1] == "--on-the-bus":
        return on_the_bus(*sys.argv[2:])
    with tempfile.TemporaryDirectory(prefix="postweg-keyring-", ignore_cleanup_errors=True) as folder:
        environment = dict(os.environ, HOME=folder, XDG_RUNTIME_DIR=folder, XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder, XDG_CACHE_HOME=folder)
        return subprocess.run(["dbus-run-session", "--", sys.executable, __file__, "--on-the-bus", *sys.argv[1:]], env=environment,
                              check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
