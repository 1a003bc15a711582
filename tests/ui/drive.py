"""Drives the window as a person with a screen reader, a keyboard and a mouse does: by AT-SPI, and by X where GTK 4.8 offers no action."""
import os
import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402  (the version must be chosen first)

ENTRIES = {"text", "entry", "password text", "spin button"}
SLOWER = int(os.environ.get("POSTWEG_SLOWER", "1"))
WAIT = 20 * SLOWER  # s
LIMIT = 200 * SLOWER  # s, of a whole test


class Missing(AssertionError):
    pass


def wake_bus():
    """The registry must answer before the program starts, or the program may miss it."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 20000, None)
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    bus = Gio.DBusConnection.new_for_address_sync(address.unpack()[0], flags, None, None)
    for _ in range(20):
        try:
            bus.call_sync("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root", "org.a11y.atspi.Accessible",
                          "GetChildren", None, None, 0, 4000, None)
            break
        except GLib.Error:
            time.sleep(0.2)
    bus.close_sync()


def name_of(node):
    """GTK 4.8 calls nameless widgets by their class and says some names twice, the first time with the mnemonic's mark."""
    try:
        name = node.get_name() or ""
    except GLib.Error:  # it went away while we were looking
        return ""
    half = len(name) // 2
    if name[half:half + 1] == " " and name[:half].replace("_", "", 1 - len(name) % 2) == name[half + 1:]:
        return name[half + 1:]
    return "" if re.fullmatch(r"(Gtk|Adw|Postweg)[A-Z]\w+", name) else name


def state(node, wanted):
    node.clear_cache()
    return node.get_state_set().contains(wanted)


class Window:
    def __init__(self, command, env=None, output=None):
        """output: a file for everything that the program prints."""
        wake_bus()
        Atspi.init()
        self.process = subprocess.Popen(command, env={**os.environ, **(env or {})}, stdout=output, stderr=output)
        self.application = self.wait_for(self.find_application, "the program on the accessibility bus")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)

    @staticmethod
    def pump(seconds=0.05):
        context = GLib.MainContext.default()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            while context.iteration(False):
                pass
            time.sleep(0.005)

    def wait_for(self, look, what, seconds=WAIT):
        end = time.monotonic() + seconds
        while True:
            found = look()
            if found:
                return found
            if self.process.poll() is not None:
                raise Missing(f"the program ended with status {self.process.returncode}, awaited: {what}")
            if time.monotonic() > end:
                raise Missing(f"not shown within {seconds} s: {what}; shown: {self.names()}")
            self.pump(0.1)

    def find_application(self):
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            try:
                if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                    child.set_cache_mask(Atspi.Cache.NONE)
                    return child
            except GLib.Error:
                pass
        return None

    # looking

    def walk(self, node=None, everything=False):
        """What is shown, from the outside in. Pages that are not shown are invisible, but stay in the tree."""
        node = node or self.application
        for i in range(node.get_child_count()):
            try:
                child = node.get_child_at_index(i)
                if child is None or not (everything or state(child, Atspi.StateType.VISIBLE)):
                    continue
                yield child
                yield from self.walk(child, everything)
            except GLib.Error:
                continue

    def look(self, name, roles=None, inside=None):
        for node in self.walk(inside):
            try:
                if name_of(node) == name and (roles is None or node.get_role_name() in roles) and self.size(node) != (0, 0):
                    return node
            except GLib.Error:
                continue
        return None

    def dialog(self, title):
        """Waits for another window of the program, of this title."""
        def look():
            self.application.clear_cache()
            for i in range(self.application.get_child_count()):
                child = self.application.get_child_at_index(i)
                if child is not None and name_of(child) == title and state(child, Atspi.StateType.VISIBLE):
                    return child
            return None
        return self.wait_for(look, f"a window called “{title}”")

    @staticmethod
    def size(node):
        if "Component" not in node.get_interfaces():
            return (0, 0)
        place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        return (place.width, place.height)

    def find(self, name, roles=None, inside=None, seconds=WAIT):
        return self.wait_for(lambda: self.look(name, roles, inside), f"“{name}”", seconds)

    def names(self):
        return [name for name in (name_of(node) for node in self.walk()) if name]

    def find_text(self, pattern, seconds=WAIT):
        """Waits until a name that is shown matches, and returns it."""
        def look():
            return next((name for name in self.names() if re.search(pattern, name)), None)
        return self.wait_for(look, f"a text like “{pattern}”", seconds)

    @staticmethod
    def text(node):
        if "Text" not in node.get_interfaces():
            return ""
        count = Atspi.Text.get_character_count(node)
        return Atspi.Text.get_text(node, 0, count) if count > 0 else ""

    def all_texts(self):
        """Every name, description and content that the accessibility bus gives away, also of what is not shown."""
        for node in self.walk(everything=True):
            yield node.get_name() or ""
            yield node.get_description() or ""
            yield self.text(node)

    def enabled(self, name):
        return state(self.find(name, {"push button"}), Atspi.StateType.SENSITIVE)

    # doing

    def click(self, name, inside=None):
        node = self.find(name, None, inside)
        for candidate in [node] + list(self.walk(node)):
            if "Action" in candidate.get_interfaces() and Atspi.Action.get_n_actions(candidate) > 0 and candidate.get_role_name() == "push button":
                self.wait_for(lambda button=candidate: state(button, Atspi.StateType.SENSITIVE), f"“{name}”, to be pressed")
                Atspi.Action.do_action(candidate, 0)
                self.pump(0.2)
                return
        self.mouse(node)

    def type(self, name, text, inside=None):
        node = self.find(name, ENTRIES, inside)
        Atspi.EditableText.set_text_contents(node, text)
        self.pump(0.1)

    def choose(self, name, index, inside=None):
        """Chooses the answer with this number in a list that unfolds."""
        self.mouse(self.find(name, {"combo box"}, inside))
        self.pump(0.3)
        self.key("Home", *["Down"] * index, "Return")
        self.pump(0.3)

    def window_id(self, title="Postweg"):
        """The program also has helper windows of one pixel."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--all", "--pid", str(self.process.pid), "--name", f"^{title}$"],
                               capture_output=True, text=True, check=False).stdout.split()
        return found[-1] if found else None

    def geometry(self, title="Postweg"):
        """Place and size on the screen; xdotool counts the window manager's frame twice."""
        text = subprocess.run(["xwininfo", "-id", self.window_id(title)], capture_output=True, text=True, check=True).stdout
        names = {"X": "Absolute upper-left X", "Y": "Absolute upper-left Y", "WIDTH": "Width", "HEIGHT": "Height"}
        return {key: int(re.search(name + r": +(-?\d+)", text).group(1)) for key, name in names.items()}

    def mouse(self, node, clicks=1):
        """Places are told relative to the frame; the X window may have a shadow around it, equally wide on all sides."""
        place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        frame = Atspi.Component.get_extents(self.application.get_child_at_index(0), Atspi.CoordType.WINDOW)
        window = self.geometry()
        border = max(0, (window["WIDTH"] - frame.width) // 2)
        self.focus()  # the first click on a window without the focus would only give it the focus
        x = window["X"] + border + place.x + place.width // 2
        y = window["Y"] + border + place.y + place.height // 2
        again = ["sleep", "0.12", "mousemove_relative", "1", "0", "click", "1"] * (clicks - 1)  # no hand is quite still
        subprocess.run(["xdotool", "mousemove", "--sync", str(x), str(y), "click", "1", *again], check=True)
        self.pump(0.2)

    def focus(self, title="Postweg"):
        subprocess.run(["xdotool", "windowfocus", "--sync", self.window_id(title)], check=False, stderr=subprocess.DEVNULL)

    def key(self, *keys, title="Postweg"):
        self.focus(title)
        subprocess.run(["xdotool", "key", "--delay", "40", *keys], check=True)
        self.pump(0.2)

    @staticmethod
    def key_quickly(key):
        """Into whatever has the focus, without waiting for what comes of it."""
        subprocess.run(["xdotool", "key", key], check=True)

    def tab_to(self, name, keys="Tab", limit=60):
        """Goes from one to the next with the keyboard until something of this name has the focus, which brings it into view."""
        self.find(name)
        places = [node for node in self.walk() if name_of(node) == name]
        for _ in range(limit):
            if any(state(node, Atspi.StateType.FOCUSED) for node in places):
                return
            self.key(keys)
        raise Missing(f"“{name}” cannot be reached with the keyboard")

    def press(self, name, key="space"):
        """With the keyboard alone."""
        self.tab_to(name)
        self.key(key)

    def write(self, text):
        """Types into whatever has the focus."""
        self.focus()
        subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)
        self.pump(0.1)

    def checked(self, name):
        return any(state(node, Atspi.StateType.CHECKED) or state(node, Atspi.StateType.PRESSED)
                   for node in self.walk() if name_of(node) == name)

    def resize(self, width, height):
        subprocess.run(["xdotool", "windowsize", "--sync", self.window_id(), str(width), str(height)], check=False, timeout=10)
        self.pump(0.5)

    def picture(self, name, title="Postweg"):
        """Into the folder that POSTWEG_PICTURES names, if any."""
        folder = os.environ.get("POSTWEG_PICTURES")
        if folder:
            os.makedirs(folder, exist_ok=True)
            self.wait_for(lambda: self.window_id(title), "the window on the screen")
            self.pump(0.3)
            place = self.geometry(title)
            crop = "{WIDTH}x{HEIGHT}+{X}+{Y}".format(**place)
            subprocess.run(["import", "-window", "root", "-crop", crop, "+repage", os.path.join(folder, name + ".png")], check=True)
