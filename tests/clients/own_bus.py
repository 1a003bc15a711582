#!/usr/bin/env python3
"""Runs a test on a session bus of its own, with an empty home folder, where a service of the desktop is installed.

Usage: own_bus.py SERVICE COMMAND…

SERVICE is the start of its bus name; without it the test is skipped (TAP)."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile


def main():
    service, command = sys.argv[1], sys.argv[2:]
    if not glob.glob(f'/usr/share/dbus-1/services/{service}*.service') or shutil.which('dbus-run-session') is None:
        print(f'1..0 # SKIP {service} is not installed')
        return 0
    with tempfile.TemporaryDirectory(prefix='postweg-bus-', ignore_cleanup_errors=True) as home:
        run = os.path.join(home, 'run')
        os.mkdir(run, 0o700)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(('XDG_', 'DBUS_')) and name != 'DISPLAY'}
        # the service may warn, the test may not
        debug = kept.pop('G_DEBUG', '')
        kept.update(HOME=home, XDG_RUNTIME_DIR=run, GSETTINGS_BACKEND='memory', GIO_USE_VFS='local')
        return subprocess.run(['dbus-run-session', '--', 'env', 'G_DEBUG=' + debug, *command], env=kept, check=False).returncode


if __name__ == '__main__':
    sys.exit(main())
