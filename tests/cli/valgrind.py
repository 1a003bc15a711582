#!/usr/bin/env python3
"""The command under valgrind: no access outside of what is allocated, nothing lost, in its main commands.

    valgrind.py CLI LAB {quick|all}

quick: what needs no server. Exit status 77 with the reason where valgrind or, for “all”, the mail servers are missing."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

SKIPPED, FOUND = 77, 99
VALGRIND = ["valgrind", "--quiet", "--leak-check=full", "--errors-for-leak-kinds=definite", "--show-leak-kinds=definite",
            f"--error-exitcode={FOUND}", "--num-callers=30"]
PROFILES = "[Profile0]\nName=x\nIsRelative=1\nPath=x.default\nDefault=1\n\n[General]\nStartWithLastProfile=1\nVersion=2\n"
QUICK = [["--help"], ["explain", "--protocol=smtp", "535 5.7.8 Error: authentication failed"],
         ["discover", "--consent=offline", "--json", "anna@gmx.de"]]
MORE = [["--version"], ["explain", "--json", "A1 NO [ALERT] Application-specific password required"], ["discover", "anna@gmial.com"],
        ["advise", "--devices=several", "--provider=gmx.de"], ["programs", "--json"], ["test"]]


def say(arguments, status):
    print(f"{'found something' if status == FOUND else 'nothing lost':16} {arguments[0]} (exit {status})", flush=True)
    return status != FOUND


class World:
    """A home with an empty Thunderbird, and what a test needs to reach the servers."""
    def __init__(self, cli, folder, facts=None):
        self.cli, self.folder, self.facts, self.clean = cli, folder, facts, True
        self.env = {"HOME": folder, "XDG_RUNTIME_DIR": folder, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "G_SLICE": "always-malloc"}
        os.makedirs(f"{folder}/.thunderbird/x.default")
        self.write(".thunderbird/profiles.ini", PROFILES)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o600)
        return path

    def run(self, *arguments):
        done = subprocess.run([*VALGRIND, self.cli, *arguments], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False, timeout=300)
        if done.returncode == FOUND:
            print(done.stderr)
        self.clean = say(arguments, done.returncode) and self.clean
        return done

    def account(self, name, port="imaps"):
        user, host, ports = self.facts["users"][name], self.facts["host"], self.facts["ports"]
        return [f"--address={user['address']}", f"--incoming=imaps://{user['login'].replace('@', '%40')}@{host}:{ports[port]}",
                f"--outgoing=smtps://{user['login'].replace('@', '%40')}@{host}:{ports['smtps']}"]

    def practice(self):
        """It runs until it is told to end."""
        process = subprocess.Popen([*VALGRIND, self.cli, "practice", "--json", "works"], env=self.env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for line in process.stdout:
            if line.startswith("}"):
                break
        process.send_signal(signal.SIGTERM)
        errors = process.communicate(timeout=120)[1]
        if process.returncode == FOUND:
            print(errors)
        self.clean = say(["practice"], process.returncode) and self.clean

    def servers(self):
        trust = "--trust-file=" + self.facts["ca"]
        password = "--password-file=" + self.write("password", self.facts["users"]["alice"]["password"])
        self.run("test", *self.account("alice"), trust, password, "--json")
        self.run("test", *self.account("alice"), trust, password, "--ports", "--transcript")
        self.run("test", *self.account("alice"), trust, password, "--send-to-self")
        self.run("test", *self.account("bob"), trust, password)
        self.run("test", *self.account("alice", "submission"), trust, password)
        self.run("report", *self.account("alice"), trust, password, "--format=html")
        self.batch(trust)
        self.practice()
        undo = json.loads(self.run("export", "thunderbird", *self.account("alice", "imap"), "--json").stdout)["undo"]
        self.run("programs", "--json")
        self.run("repair", "thunderbird", "account1", trust, password)
        self.run("undo")
        self.run("undo", undo)

    def batch(self, trust):
        lines = ["address,user,password,incoming,outgoing"]
        for name in ("alice", "bob", "dora", "erwin", "full"):
            user, host, ports = self.facts["users"][name], self.facts["host"], self.facts["ports"]
            password = '"' + user["password"].replace('"', '""') + '"'
            lines.append(f"{user['address']},{user['login']},{password},imaps://{host}:{ports['imaps']},smtps://{host}:{ports['smtps']}")
        path = self.write("list.csv", "\n".join(lines) + "\n")
        for form in ("json", "csv", "html", "prometheus"):
            self.run("batch", trust, "--format=" + form, path)


def everything(cli, lab_program, folder):
    with subprocess.Popen([lab_program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as lab:
        line = lab.stdout.readline()
        if not line:
            print("SKIP the mail servers cannot be started here")
            return None
        world = World(cli, folder, json.loads(line))
        try:
            for arguments in QUICK + MORE:
                world.run(*arguments)
            world.servers()
        finally:
            lab.stdin.close()
    return world


def main():
    cli, lab_program, which = sys.argv[1:]
    if shutil.which("valgrind") is None:
        print("SKIP valgrind is not installed")
        return SKIPPED
    with open(cli, "rb") as file:
        if re.search(rb"__[at]san_init", file.read()):
            print("SKIP valgrind and sanitizers do not go together")
            return SKIPPED
    with tempfile.TemporaryDirectory(prefix="postweg-valgrind-") as folder:
        if which == "all":
            world = everything(cli, lab_program, folder)
            if world is None:
                return SKIPPED
        else:
            world = World(cli, folder)
            for arguments in QUICK:
                world.run(*arguments)
    return 0 if world.clean else 1


if __name__ == "__main__":
    sys.exit(main())
