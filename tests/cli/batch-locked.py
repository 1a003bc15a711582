#!/usr/bin/env python3
"""The service of data/systemd does its work behind its own locks: as nobody, without new privileges, with its filter of system
calls and its address families, in a file system that is read-only but for its own folder, with a /tmp of its own, and with the list
handed over as systemd does it. Its network stays the one of the mail servers.

    batch-locked.py CLI LAB UNIT

What systemd thinks of the unit is asked as well. Exit status 77 with the reason where that cannot be tried."""
import ctypes
import ctypes.util
import errno
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
NOBODY = 65534
ALLOW, REFUSE, EQUAL, NO_NEW_PRIVS = 0x7FFF0000, 0x00050000 | errno.EPERM, 4, 38
NEW_NAMESPACES = 0x00020000 | 0x08000000 | 0x04000000  # mounts, IPC, host name
PRIVATE, BIND, RECURSIVE, HERE, READ_ONLY = 1 << 18, 1 << 12, 1 << 14, -100, 1
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16}


class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("how", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def settings(unit):
    found = {}
    for line in open(unit, encoding="utf-8"):
        if "=" in line and not line.startswith("#"):
            name, value = line.rstrip("\n").split("=", 1)
            found.setdefault(name, []).append(value)
    return found


def expand(words):
    """Names of system calls, with systemd's groups resolved."""
    names = set()
    for word in words:
        if not word.startswith("@"):
            names.add(word)
            continue
        text = subprocess.run(["systemd-analyze", "syscall-filter", word], stdout=subprocess.PIPE, text=True, check=True, timeout=20).stdout
        members = [line.strip() for line in text.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
        names |= expand(members)
    return names


def allowed_calls(unit):
    names = set()
    for value in unit["SystemCallFilter"]:
        words = expand(value.lstrip("~").split())
        names = names - words if value.startswith("~") else names | words
    return names - {"unshare", "setns"} if unit["RestrictNamespaces"] == ["yes"] else names


def make_filter(unit):
    library = ctypes.CDLL(ctypes.util.find_library("seccomp") or "libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(REFUSE)))
    for name in sorted(allowed_calls(unit) - {"socket"}):
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            library.seccomp_rule_add_array(context, ctypes.c_uint32(ALLOW), number, 0, None)
    socket = library.seccomp_syscall_resolve_name(b"socket")
    for family in unit["RestrictAddressFamilies"][0].split():
        comparison = Comparison(0, EQUAL, FAMILIES[family], 0)
        assert library.seccomp_rule_add_array(context, ctypes.c_uint32(ALLOW), socket, 1, ctypes.byref(comparison)) == 0
    return library, context


class MountChange(ctypes.Structure):
    _fields_ = [("set", ctypes.c_uint64), ("clear", ctypes.c_uint64), ("propagation", ctypes.c_uint64), ("users", ctypes.c_uint64)]


def own_file_system(writable):
    """ProtectSystem=strict and PrivateTmp=yes: everything is read-only but one folder."""
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.unshare(NEW_NAMESPACES) == 0, "unshare"
    assert libc.mount(None, b"/", None, ctypes.c_ulong(PRIVATE | RECURSIVE), None) == 0, "private"
    assert libc.mount(writable.encode(), writable.encode(), None, ctypes.c_ulong(BIND), None) == 0, "bind"
    for path, change in (("/", MountChange(READ_ONLY, 0, 0, 0)), (writable, MountChange(0, READ_ONLY, 0, 0))):
        assert libc.mount_setattr(HERE, path.encode(), 0x8000, ctypes.byref(change), ctypes.c_size_t(32)) == 0, "read-only"
    for folder in (b"/tmp", b"/var/tmp"):
        assert libc.mount(b"tmpfs", folder, b"tmpfs", ctypes.c_ulong(0), None) == 0, "tmp"


def can_have_own_file_system():
    try:
        return subprocess.run(["true"], check=False, preexec_fn=lambda: own_file_system("/run")).returncode == 0
    except subprocess.SubprocessError:
        return False


def lock(library, context, writable):
    own_file_system(writable)
    os.chdir("/")
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    os.umask(0o022)
    assert ctypes.CDLL(None).prctl(NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    assert library.seccomp_load(context) == 0


def make_world(folder, cli, facts):
    """What the service finds: folders as a service manager makes them, and a program that nobody may run."""
    host, ports = facts["guarded_host"], facts["ports"]
    lines = ["address,user,password,incoming,outgoing"]
    for name, password in (("alice", None), ("bob", None), ("carol", "Falsch-gemerkt-7")):
        user = facts["users"][name]
        lines.append(f"{user['address']},{user['login']},{password or user['password']},imaps://{host}:{ports['imaps']},smtps://{host}:{ports['smtps']}")
    os.chmod(folder, 0o755)
    for name, mode in (("credentials", 0o550), ("run", 0o755)):
        os.mkdir(f"{folder}/{name}")
        os.chown(f"{folder}/{name}", 0 if name == "credentials" else NOBODY, NOBODY)
        os.chmod(f"{folder}/{name}", mode)
    with open(f"{folder}/credentials/accounts.csv", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    os.chown(file.name, 0, NOBODY)
    os.chmod(file.name, 0o440)
    shutil.copy(cli, f"{folder}/postweg-cli")
    shutil.copy(facts["ca"], f"{folder}/ca.pem")
    os.chmod(f"{folder}/ca.pem", 0o644)


def run_locked(unit, folder, command):
    environment = {"ASAN_OPTIONS": "detect_leaks=0", "TSAN_OPTIONS": "report_bugs=0", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
                   "CREDENTIALS_DIRECTORY": f"{folder}/credentials", "RUNTIME_DIRECTORY": f"{folder}/run"}
    library, context = make_filter(unit)
    return subprocess.run(["/bin/sh", "-c", command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False,
                          timeout=60, preexec_fn=lambda: lock(library, context, f"{folder}/run"))


def run_service(unit, folder):
    command = re.fullmatch(r"/bin/sh -c '(.*)'", unit["ExecStart"][0])[1]
    return run_locked(unit, folder, command.replace("postweg-cli batch", f"{folder}/postweg-cli batch --trust-file={folder}/ca.pem"))


def check_locks(unit, folder):
    """They hold: what the service has no business with fails, its own folder does not."""
    for command, allowed in (('touch "$RUNTIME_DIRECTORY/x" && rm "$RUNTIME_DIRECTORY/x"', True), ("touch /tmp/x", True), ("ls /tmp/*", False),
                             (f"touch {folder}/x", False), ("touch /dev/shm/x", False), ("mount -t tmpfs none /mnt", False), ("unshare -U true", False),
                             ("python3 -c 'import socket; socket.socket(socket.AF_INET)'", True),
                             ("python3 -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)'", False),
                             ("python3 -c 'import os; os.setuid(0)'", False), ("chroot / true", False)):
        done = run_locked(unit, folder, command)
        assert (done.returncode == 0) == allowed, f"{command}: {done.returncode} {done.stderr}"


def check_unit(path):
    """systemd's own opinion: nothing unknown in it, and hardly anything that it may do."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(path, folder)
        text = open(copy, encoding="utf-8").read()
        with open(copy, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(?m)^Documentation=.*\n", "", text))  # the manual may not be installed yet
        done = subprocess.run(["systemd-analyze", "verify", copy], stderr=subprocess.PIPE, text=True, check=False, timeout=60)
        assert done.returncode == 0 and not done.stderr, done.stderr
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", path], stdout=subprocess.PIPE, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout.splitlines()[-1]
    print(done.stdout.splitlines()[-1])


def check_service(unit, facts, folder):
    done = run_service(unit, folder)
    print(done.stderr)
    metrics = open(f"{folder}/run/accounts.prom", encoding="utf-8").read()
    assert str(done.returncode) in unit["SuccessExitStatus"][0].split(), done.returncode
    assert done.returncode == 3, done.returncode
    for line in ('{address="alice@lab.test",side="receive"} 1', '{address="bob@lab.test",side="send"} 1', '{address="carol@lab.test",side="receive"} 0'):
        assert "postweg_account_works" + line in metrics, metrics
    assert os.listdir(f"{folder}/run") == ["accounts.prom"]
    for secret in ("Falsch-gemerkt-7", facts["users"]["alice"]["password"]):
        assert secret not in metrics + done.stderr


def main():
    cli, lab_program, path = sys.argv[1:]
    if shutil.which("systemd-analyze") is None or os.geteuid() != 0:
        print("SKIP systemd-analyze is not installed, or this is not root")
        return SKIPPED
    check_unit(path)
    if not can_have_own_file_system():
        print("SKIP this kernel gives the service no file system of its own")
        return SKIPPED
    with subprocess.Popen([lab_program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as lab, \
            tempfile.TemporaryDirectory(prefix="postweg-locked-", dir="/run") as folder:
        line = lab.stdout.readline()
        if not line:
            print("SKIP the mail servers cannot be started here")
            return SKIPPED
        facts = json.loads(line)
        make_world(folder, cli, facts)
        check_locks(settings(path), folder)
        check_service(settings(path), facts, folder)
        lab.stdin.close()
    return 0


sys.exit(main())
