#!/usr/bin/python3
"""Runs a command on a private X server with a private session bus, home folder and window manager; all of it ends with the command.

    display.py [--accessible] [--tap] [--size=WxH] [--home=FOLDER] -- COMMAND…

Exit status: the command's; 77 with the reason when something that it needs is not installed (with --tap: 0, and a plan that
says so). G_DEBUG is for the command only: a window manager may warn."""
import argparse
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PR_SET_CHILD_SUBREAPER = 36
BROKEN_OFF = 256 - signal.SIGSEGV  # what is left of a negative exit status
SETTINGS = "[Settings]\ngtk-enable-animations=0\ngtk-font-name=Cantarell 11\n"
NEEDED = ["Xvfb", "dbus-run-session", "metacity"]


def skip(options, reason):
    print(f"1..0 # SKIP {reason}" if options.tap else reason)
    sys.exit(0 if options.tap else 77)


def need(options):
    for program in NEEDED:
        if shutil.which(program) is None:
            skip(options, f"{program} is not installed")


def environment(folder, options):
    home = options.home or os.path.join(folder, "home")
    config = os.path.join(folder, "config")
    os.makedirs(os.path.join(config, "gtk-4.0"))
    os.makedirs(home, exist_ok=True)
    for name in ("run", "cache", "state"):
        os.makedirs(os.path.join(folder, name), mode=0o700)
    with open(os.path.join(config, "gtk-4.0", "settings.ini"), "w", encoding="utf-8") as file:
        file.write(SETTINGS)
    kept = {name: value for name, value in os.environ.items()
            if name not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "NO_AT_BRIDGE")}
    kept.update({
        "HOME": home, "XDG_CONFIG_HOME": config, "XDG_RUNTIME_DIR": os.path.join(folder, "run"),
        "XDG_CACHE_HOME": os.path.join(folder, "cache"), "XDG_STATE_HOME": os.path.join(folder, "state"),
        "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GTK_USE_PORTAL": "0", "GIO_USE_VFS": "local",
        "GSETTINGS_BACKEND": "memory", "ADW_DISABLE_PORTAL": "1", "POSTWEG_G_DEBUG": kept.pop("G_DEBUG", ""),
    })
    if not options.accessible:
        kept.setdefault("GTK_A11Y", "none")
        kept["NO_AT_BRIDGE"] = "1"
    return kept


def start_x(options):
    """Returns the server's process and the name of its display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", options.size + "x24", "-nolisten", "tcp",
                               "-noreset"], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:  # the line may come in pieces
        number = answer.readline().strip()
    if not number:
        skip(options, "Xvfb did not start")
    return server, ":" + number


def children():
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
        return [int(pid) for pid in file.read().split()]


def clear_up():
    """Services that the session bus has started belong to this process now, since it is their subreaper."""
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        for pid in children():
            try:
                os.kill(pid, signal_number)
            except ProcessLookupError:
                pass
        end = time.monotonic() + 2
        while children() and time.monotonic() < end:
            try:
                os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            time.sleep(0.02)


def outside(options):
    need(options)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    status = on_a_display(options)
    # libatspi sometimes breaks off when what it looks at goes away; a window that does makes its driver end with status 1
    if options.accessible and status == BROKEN_OFF:
        print("the driver itself broke off; once more", file=sys.stderr)
        status = on_a_display(options)
    return status


def on_a_display(options):
    with tempfile.TemporaryDirectory(prefix="postweg-display-") as folder:
        env = environment(folder, options)
        server, env["DISPLAY"] = start_x(options)
        try:
            command = ["dbus-run-session", "--", sys.executable, __file__, "--inside", "--"] + options.command
            return subprocess.run(command, env=env, check=False).returncode
        finally:
            server.terminate()
            server.wait()
            clear_up()


def inside(options):
    """On the session bus: a window manager started outside would start a second one."""
    manager = subprocess.Popen(["metacity", "--sm-disable", "--no-composite"], env={**os.environ, "NO_AT_BRIDGE": "1"},
                               stderr=subprocess.DEVNULL)
    try:
        env = {**os.environ, "G_DEBUG": os.environ["POSTWEG_G_DEBUG"]}
        return subprocess.run(options.command, env=env, check=False).returncode
    finally:
        manager.terminate()
        manager.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accessible", action="store_true", help="leave the accessibility bus on")
    parser.add_argument("--tap", action="store_true")
    parser.add_argument("--size", default="1000x1300")
    parser.add_argument("--home")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    return inside(options) if options.inside else outside(options)


if __name__ == "__main__":
    sys.exit(main())
