#!/usr/bin/python3
"""From the start of a program to its first picture, its memory then, and what it does when nobody does anything: beside an empty GTK 4 window
and programs of the same kind, where they are installed. Medians of starts in turn, with a warm cache.

    bench_start.py POSTWEG EMPTY

Runs inside display.py. A picture is one when the largest window of the program shows twelve colours or more."""
import ctypes
import glob
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 7
COLOURS = 12
TOO_LONG = 60  # s
SETTLE, IDLE = 4, 10  # s
VIEWABLE, Z_PIXMAP = 2, 2
OTHERS = [["gnome-text-editor", "--standalone"], ["geary"], ["thunderbird", "--no-remote", "--profile", "{folder}"]]


class Attributes(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int), ("between", ctypes.c_char * 76),
                ("map_state", ctypes.c_int), ("rest", ctypes.c_char * 64)]


class Image(ctypes.Structure):
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.POINTER(ctypes.c_ubyte)), ("order", ctypes.c_int * 4), ("depth", ctypes.c_int), ("bytes_per_line", ctypes.c_int)]


class Screen:
    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        for name, result in (("XOpenDisplay", ctypes.c_void_p), ("XDefaultRootWindow", ctypes.c_ulong), ("XGetImage", ctypes.POINTER(Image))):
            getattr(self.x, name).restype = result
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        self.root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))
        self.quiet = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
        self.x.XSetErrorHandler(self.quiet)  # windows go away while we look

    def children(self):
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        found = ctypes.POINTER(ctypes.c_ulong)()
        if not self.x.XQueryTree(self.display, self.root, ctypes.byref(root), ctypes.byref(parent), ctypes.byref(found), ctypes.byref(count)):
            return []
        windows = [found[i] for i in range(count.value)]
        if found:
            self.x.XFree(found)
        return windows

    def largest(self):
        """The window manager's frame of the only program that runs here, or None."""
        best, area = None, 120 * 80
        for window in self.children():
            facts = Attributes()
            if self.x.XGetWindowAttributes(self.display, ctypes.c_ulong(window), ctypes.byref(facts)) and facts.map_state == VIEWABLE \
                    and facts.width * facts.height > area:
                best, area = (window, facts.width, facts.height), facts.width * facts.height
        return best

    def colours(self, place):
        window, width, height = place
        image = self.x.XGetImage(self.display, ctypes.c_ulong(window), 0, 0, width, height, ctypes.c_ulong(0xFFFFFFFF), Z_PIXMAP)
        if not image:
            return 0
        size = image.contents.bytes_per_line * image.contents.height
        pixels = memoryview(ctypes.string_at(image.contents.data, size)).cast("I")
        self.x.XDestroyImage(image)
        return len(set(pixels[::7]))


def tree(pid):
    """The process and all that it has started."""
    pids = [pid]
    for one in pids:
        for path in glob.glob(f"/proc/{one}/task/*/children"):
            try:
                with open(path, encoding="ascii") as file:
                    pids += [int(child) for child in file.read().split()]
            except OSError:
                pass
    return pids


def resident(pid):
    total = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/status", encoding="ascii", errors="replace") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))
        except OSError:
            pass
    return total / 1024


def ticks(pid):
    total = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/stat", encoding="ascii", errors="replace") as file:
                total += sum(int(field) for field in file.read().rsplit(")", 1)[1].split()[11:13])
        except OSError:
            pass
    return total


def stop(process, screen):
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    end = time.monotonic() + 5
    while screen.largest() and time.monotonic() < end:
        time.sleep(0.05)


def start(screen, command, idle):
    """Returns ms until the first picture, MiB at that moment and, if wanted, MiB and ticks of 10 ms at rest."""
    with tempfile.TemporaryDirectory(prefix="postweg-start-") as folder:
        begun = time.monotonic()
        process = subprocess.Popen([part.format(folder=folder) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        try:
            while True:
                place = screen.largest()
                if place and screen.colours(place) >= COLOURS:
                    break
                if process.poll() is not None or time.monotonic() - begun > TOO_LONG:
                    return None
                time.sleep(0.002)
            ms, mib = (time.monotonic() - begun) * 1000, resident(process.pid)
            if not idle:
                return ms, mib
            time.sleep(SETTLE)
            before = ticks(process.pid)
            time.sleep(IDLE)
            return ms, mib, resident(process.pid), ticks(process.pid) - before
        finally:
            stop(process, screen)


def main():
    postweg, empty = sys.argv[1:]
    commands = [[empty], [postweg]] + [command for command in OTHERS if shutil.which(command[0])]
    screen = Screen()
    rest = {}
    for command in list(commands):  # warms the cache, too
        found = start(screen, command, True)
        if found is None:
            print(f"{os.path.basename(command[0])}: no window")
            commands.remove(command)
        else:
            rest[command[0]] = found[2:]
    runs = {command[0]: [] for command in commands}
    for _ in range(RUNS):
        for command in commands:
            runs[command[0]].append(start(screen, command, False))
    floor = statistics.median(ms for ms, _ in runs[empty])
    for name, found in runs.items():
        ms, mib = (statistics.median(one[i] for one in found) for i in (0, 1))
        print(f"{os.path.basename(name):18} first picture {ms:5.0f} ms ({ms / floor:5.2f} times), {mib:4.0f} MiB; "
              f"at rest {rest[name][0]:4.0f} MiB, {rest[name][1]} ticks of 10 ms in {IDLE} s")


main()
