#!/usr/bin/env python3
"""What reaches the system's journal while a password is used and all debugging is on: a journal of the test's own stands where the program looks
for the system's, in a mount namespace, and standard error leads into it as it does for a service or a program of the desktop.

    journal.py CLI LAB

Exit status 77 with the reason where the mail servers cannot run or the kernel gives no mount namespace."""
import base64
import contextlib
import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

SKIPPED = 77
FOLDER = "/run/systemd/journal"
DEBUG = {"G_MESSAGES_DEBUG": "all", "GNUTLS_DEBUG_LEVEL": "9", "G_DEBUG": "fatal-criticals"}
LOG_DEBUG = 1 << 7  # GLib's level
BIGGEST = 64 << 20


def forms(secret):
    """What the secret looks like wherever it is written, by name."""
    plain = secret.encode()
    found = {"plain": plain, "UTF-16": secret.encode("utf-16-le"), "UTF-32": secret.encode("utf-32-le"),
             "percent-encoded": urllib.parse.quote(secret, safe="").encode(), "hexadecimal": plain.hex().encode(),
             "hexadecimal, upper case": plain.hex().upper().encode()}
    for skip in range(3):  # whole groups look the same, whatever stands before and behind
        part = plain[skip:skip + (len(plain) - skip) // 3 * 3]
        found[f"base64 from byte {skip}"] = base64.b64encode(part)
    return found


class Journal:
    """Where programs look for the system's: datagrams as sd_journal_send writes them, a stream for what is printed, and syslog."""

    def __init__(self):
        self.received, self.messages, self.ended = bytearray(), 0, False
        os.makedirs(FOLDER)
        self.inputs = [self.bind("socket"), self.bind("dev-log")]
        listening = self.bind("stdout", socket.SOCK_STREAM)
        listening.listen()
        self.stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.stream.connect(f"{FOLDER}/stdout")
        self.inputs.append(listening.accept()[0])
        self.thread = threading.Thread(target=self.collect)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    @staticmethod
    def bind(name, kind=socket.SOCK_DGRAM):
        made = socket.socket(socket.AF_UNIX, kind)
        made.bind(f"{FOLDER}/{name}")
        return made

    def environment(self):
        facts = os.fstat(self.stream.fileno())
        return {"JOURNAL_STREAM": f"{facts.st_dev}:{facts.st_ino}"}

    def take(self, source):
        """Large messages come as the descriptor of a file."""
        data, descriptors, _, _ = socket.recv_fds(source, 1 << 20, 8)
        self.messages += source is self.inputs[0]
        self.received += data + b"\n"
        for descriptor in descriptors:
            self.received += os.pread(descriptor, BIGGEST, 0) + b"\n"
            os.close(descriptor)

    def collect(self):
        while True:
            ready = select.select(self.inputs, [], [], 0.2)[0]
            for source in ready:
                self.take(source)
            if self.ended and not ready:
                return

    def end(self):
        """What is on its way is still taken."""
        self.ended = True
        self.thread.join()

    def found(self, wanted):
        return [name for name, needle in wanted.items() if needle in self.received]


def log_by_glib(text):
    """In a process whose standard error is the journal's."""
    glib = ctypes.CDLL("libglib-2.0.so.0")
    glib.g_log(b"the-test", LOG_DEBUG, b"%s", text.encode())


def journal_hears(journal, wanted, secret):
    """The search finds a secret that goes through GLib's own writer, and one that is only printed."""
    for words in ([sys.executable, __file__, "--log", secret], ["printf", "%s", secret]):
        before, length = journal.messages, len(journal.received)
        subprocess.run(words, env={**os.environ, **DEBUG, **journal.environment()}, stdout=journal.stream, stderr=journal.stream, check=True)
        end = time.monotonic() + 20
        while not journal.found(wanted) and time.monotonic() < end:
            time.sleep(0.05)
        assert journal.found(wanted) == ["plain"], f"{words[0]}: a secret in the journal would not be found"
        assert (journal.messages > before) == (words[0] != "printf"), "GLib did not write to the journal"
        assert len(journal.received) > length
        journal.received.clear()


def namespace(command):
    """Returns: the command in a mount namespace, where it may mount; None where the kernel gives none."""
    for words in (["unshare", "--mount", "--"], ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount", "--"]):
        try:
            done = subprocess.run(words + ["mount", "-t", "tmpfs", "tmpfs", "/run"], stderr=subprocess.DEVNULL, check=False, timeout=20)
        except OSError:
            return None
        if done.returncode == 0:
            return words + command
    return None


def own_run():
    """/run is empty from here on, and nobody outside sees what is put there."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run"], check=True, timeout=20)


@contextlib.contextmanager
def laboratory(program):
    """Yields what it says about itself, or None where it cannot run."""
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as lab:
        line = lab.stdout.readline()
        try:
            yield json.loads(line) if line else None
        finally:
            lab.stdin.close()


def run_inside(script, lab_program, arguments):
    """Starts the servers, and the script's other half in the namespace. Returns: its exit status"""
    with laboratory(lab_program) as facts:
        if facts is None:
            print("SKIP the mail servers cannot be started here")
            return SKIPPED
        command = namespace([sys.executable, script, "--inside", json.dumps(facts), *arguments])
        if command is None:
            print("SKIP this kernel gives no mount namespace")
            return SKIPPED
        return subprocess.run(command, check=False).returncode


# the command

WHO = "stern"  # a password that every encoding changes


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path


def account(folder, facts, name, incoming="imap"):
    user = facts["users"][WHO]
    server = {"host": facts["guarded_host"], "security": "tls", "user": user["login"], "auth": "password"}
    return write(folder, name, json.dumps({"name": "Stern", "address": user["address"],
                                           "incoming": {**server, "protocol": incoming, "port": facts["ports"][incoming + "s"]},
                                           "outgoing": {**server, "protocol": "smtp", "port": facts["ports"]["smtps"]}}))


def batch_list(folder, facts):
    user, host, ports = facts["users"][WHO], facts["guarded_host"], facts["ports"]
    line = {"address": user["address"], "user": user["login"], "password": user["password"],
            "incoming": f"imaps://{host}:{ports['imaps']}", "outgoing": f"smtps://{host}:{ports['smtps']}"}
    return write(folder, "list.jsonl", json.dumps(line) + "\n")


def commands(folder, facts):
    """Yields each that is told the password, with the exit status that it has to have."""
    password = facts["users"][WHO]["password"]
    trust = "--trust-file=" + facts["ca"]
    known = [trust, "--password-file=" + write(folder, "password", password + "\n")]
    wrong = [trust, "--password-file=" + write(folder, "longer", password + password + "\n")]
    imap, pop3 = "--account=" + account(folder, facts, "imap.json"), "--account=" + account(folder, facts, "pop3.json", "pop3")

    yield ["test", imap, *known], 0
    yield ["test", pop3, *known, "--json", "--transcript"], 0
    yield ["test", imap, *known, "--send-to-self"], 0
    yield ["test", imap, *wrong, "--transcript"], 3
    yield ["report", imap, *known], 0
    yield ["batch", batch_list(folder, facts), trust], 0


def no_core(cli, facts, folder):
    """Killed by a signal that makes others leave their memory in a file. Waits for a server that says nothing, with the password in its hands."""
    def end_of(words):
        process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                                   preexec_fn=allow_core)
        return process

    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        url = f"imaps://{WHO}@127.0.0.1:{silent.getsockname()[1]}"
        process = end_of([cli, "test", "--only=incoming", "--incoming=" + url, "--password-file=" + os.path.join(folder, "password")])
        with silent.accept()[0]:
            assert not ends_with_core(process), "what was in memory is in a core file now"
    sleeping = end_of(["sleep", "60"])
    if not ends_with_core(sleeping):
        print("nobody leaves a core file here: the limits of this machine are too narrow to tell")


def allow_core():
    import resource
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def ends_with_core(process):
    """By SIGABRT. Returns: whether the kernel has written one, or has handed it to somebody"""
    os.kill(process.pid, signal.SIGABRT)
    status = os.waitpid(process.pid, 0)[1]
    process.returncode = -signal.SIGABRT
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT, status
    return os.WCOREDUMP(status)


def inside(facts, cli):
    secret = facts["users"][WHO]["password"]
    wanted = forms(secret)
    own_run()
    with tempfile.TemporaryDirectory(prefix="postweg-journal-") as folder, Journal() as journal:
        environment = {**os.environ, **DEBUG, **journal.environment(), "HOME": folder, "XDG_RUNTIME_DIR": folder}
        journal_hears(journal, wanted, secret)
        for words, status in commands(folder, facts):
            done = subprocess.run([cli, *words], env=environment, stdin=subprocess.DEVNULL, stdout=journal.stream, stderr=journal.stream, check=False,
                                  timeout=120)
            assert done.returncode == status, (words, done.returncode, bytes(journal.received[-2000:]))
            print(words[0], done.returncode, journal.messages, "messages,", len(journal.received), "bytes")
        no_core(cli, facts, folder)
        journal.end()
        assert journal.messages > 0, "nothing was written to the journal with all debugging on"
        assert not journal.found(wanted), "in the journal: " + ", ".join(journal.found(wanted))
    return 0


def main():
    if sys.argv[1] == "--log":
        return log_by_glib(sys.argv[2])
    if sys.argv[1] == "--inside":
        return inside(json.loads(sys.argv[2]), *sys.argv[3:])
    return run_inside(__file__, sys.argv[2], [os.path.abspath(sys.argv[1])])


if __name__ == "__main__":
    sys.exit(main())
