"""A place of its own for a test with other people's programs: trusted test authority, session bus, keyring, empty home folder.

The script starts itself again in a mount namespace, where the list of trusted authorities has the test's authority too, and on a session
bus with an unlocked keyring. Everything is gone when it ends."""
import os
import shutil
import subprocess
import sys
import tempfile

from lab import SKIPPED, Lab

AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt'
NEEDED = ['unshare', 'mount', 'dbus-run-session', 'gnome-keyring-daemon', 'secret-tool', 'gdbus']
INSIDE = 'POSTWEG_TEST_INSIDE'


def skip(reason):
    print(f'skipped: {reason}')
    sys.exit(SKIPPED)


def trust(lab, folder):
    """From here on, programs that trust the system's list trust the lab."""
    bundle = os.path.join(folder, 'authorities.pem')
    with open(bundle, 'wb') as out:
        for path in (AUTHORITIES, lab.facts['ca']):
            with open(path, 'rb') as file:
                out.write(file.read() + b'\n')
    subprocess.run(['mount', '--bind', bundle, AUTHORITIES], check=True)
    os.environ['SSL_CERT_FILE'] = AUTHORITIES


def unlock_keyring():
    subprocess.run(['gnome-keyring-daemon', '--unlock', '--components=secrets'], input='only for this test\n', text=True, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20)
    # who asks before it has its name would start another one, which is locked
    subprocess.run(['gdbus', 'wait', '--session', '--timeout=20', 'org.freedesktop.secrets'], check=True)


def run(script, needed, test):
    """Calls test(lab, folder) in such a place. needed: commands without which the test is skipped."""
    missing = [name for name in NEEDED + needed if shutil.which(name) is None]
    if missing:
        skip('not installed: ' + ', '.join(missing))
    if INSIDE in os.environ:
        folder = os.environ[INSIDE]
        unlock_keyring()
        lab = Lab(sys.argv[2])
        try:
            trust(lab, folder)
            test(lab, folder)
        finally:
            lab.stop()
        return
    if subprocess.run(['unshare', '--mount', 'true'], check=False, stderr=subprocess.DEVNULL).returncode != 0:
        skip('no mount namespace can be made here')
    with tempfile.TemporaryDirectory(prefix='postweg-programs-', ignore_cleanup_errors=True) as folder:
        home = os.path.join(folder, 'home')
        os.mkdir(home, 0o700)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(('XDG_', 'G_DEBUG', 'DBUS_'))}
        environment.update({INSIDE: folder, 'HOME': home, 'XDG_RUNTIME_DIR': folder, 'LANG': 'C.UTF-8', 'LC_ALL': 'C.UTF-8'})
        command = ['unshare', '--mount', 'dbus-run-session', '--', sys.executable, script, *sys.argv[1:]]
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
