#!/usr/bin/env python3
"""How many round trips a check costs, beside other programs on the same servers, through a relay that delays every byte.

Usage: round_trips.py CLI LAB

The relay cannot delay TCP's own handshake, so one round trip comes on top of every figure. Sign-in included everywhere; times are medians of
three runs, round trips are (time at 200 ms - time at 50 ms) / 150 ms."""
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from lab import Lab

DELAYS = [0, 0.05, 0.2]  # s, there and back
RUNS = 3


class Relay:
    """One port in front of another; bytes wait half the delay in each direction."""

    def __init__(self):
        self.delay = 0
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def open(self, port):
        """Returns: the port in front"""
        async def start():
            server = await asyncio.start_server(lambda reader, writer: self.serve(reader, writer, port), '127.0.0.1', 0)
            return server.sockets[0].getsockname()[1]
        return asyncio.run_coroutine_threadsafe(start(), self.loop).result(10)

    async def serve(self, reader, writer, port):
        far_reader, far_writer = await asyncio.open_connection('127.0.0.1', port)
        await asyncio.gather(self.carry(reader, far_writer), self.carry(far_reader, writer))

    async def carry(self, reader, writer):
        loop = asyncio.get_running_loop()
        queue = asyncio.Queue()

        async def deliver():
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0, due - loop.time()))
                if not data:
                    break
                writer.write(data)
                await writer.drain()
            writer.close()

        task = asyncio.create_task(deliver())
        try:
            while True:
                data = await reader.read(65536)
                queue.put_nowait((loop.time() + self.delay / 2, data))
                if not data:
                    break
            await task
        except ConnectionError:
            task.cancel()


def commands(cli, lab, ports, folder):
    """Name of what is done -> name of the program -> its command."""
    user, ca = lab.facts['users']['alice'], lab.facts['ca']
    login, password, bob = user['login'], user['password'], lab.facts['users']['bob']['address']
    secret, mbsyncrc = os.path.join(folder, 'password'), os.path.join(folder, 'mbsyncrc')
    with open(os.open(secret, os.O_CREAT | os.O_WRONLY, 0o600), 'w', encoding='utf-8') as file:
        file.write(password)
    with open(mbsyncrc, 'w', encoding='utf-8') as file:
        file.write(f'IMAPStore far\nHost localhost\nPort {ports["imaps"]}\nUser {login}\nPass {password}\nSSLType IMAPS\nCertificateFile {ca}\n\n'
                   f'MaildirStore near\nPath {folder}/\nInbox {folder}/INBOX\n\nChannel c\nFar :far:\nNear :near:\n')
    postweg = [cli, 'test', '--json', '--password-file=' + secret, '--trust-file=' + ca]
    curl = ['curl', '-s', '--cacert', ca, '-u', f'{login}:{password}']
    swaks = ['swaks', '--server', 'localhost', '--tls-verify', '--tls-ca-path', ca, '--auth', 'PLAIN', '--auth-user', login, '--auth-password', password,
             '--from', login, '--to', bob, '--quit-after', 'RCPT', '--silent', '3']
    servers = {'imaps': f'--incoming=imaps://{login}@localhost:{ports["imaps"]}', 'pop3s': f'--incoming=pop3s://{login}@localhost:{ports["pop3s"]}',
               'smtps': f'--outgoing=smtps://{login}@localhost:{ports["smtps"]}', 'imap': f'--incoming=imap://{login}@localhost:{ports["imap"]}',
               'submission': f'--outgoing=smtp://{login}@localhost:{ports["submission"]}'}
    return {
        'IMAP, TLS': {'postweg': postweg + [servers['imaps']], 'curl': curl + [f'imaps://localhost:{ports["imaps"]}/INBOX', '-X', 'NOOP'],
                      'mbsync': ['mbsync', '-c', mbsyncrc, '-l', 'c']},
        'IMAP, STARTTLS': {'postweg': postweg + [servers['imap']], 'curl': curl + ['--ssl-reqd', f'imap://localhost:{ports["imap"]}/INBOX', '-X', 'NOOP']},
        'POP3, TLS': {'postweg': postweg + [servers['pop3s']], 'curl': curl + [f'pop3s://localhost:{ports["pop3s"]}', '-X', 'NOOP', '-I']},
        'SMTP, TLS': {'postweg': postweg + [servers['smtps']], 'curl': curl + [f'smtps://localhost:{ports["smtps"]}', '-X', 'NOOP'],
                      'swaks': swaks + ['--tls-on-connect', '--port', str(ports['smtps'])]},
        'SMTP, STARTTLS': {'postweg': postweg + [servers['submission']], 'curl': curl + ['--ssl-reqd', f'smtp://localhost:{ports["submission"]}', '-X', 'NOOP'],
                           'swaks': swaks + ['--tls', '--port', str(ports['submission'])]},
        'IMAP and SMTP, TLS': {'postweg': postweg + [servers['imaps'], servers['smtps']]},
    }


def seconds(command):
    times = []
    for _run in range(RUNS):
        start = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False, timeout=60)
        if done.returncode not in (0, 1, 2):  # one side only is no failure here
            return None
        times.append(time.monotonic() - start)
    return statistics.median(times)


def main():
    lab = Lab(sys.argv[2])
    relay = Relay()
    try:
        with tempfile.TemporaryDirectory(prefix='postweg-round-trips-') as folder:
            ports = {name: relay.open(lab.facts['ports'][name]) for name in ('imaps', 'imap', 'pop3s', 'smtps', 'submission')}
            print(f'{"":20} {"":10} {"0 ms":>8} {"50 ms":>8} {"200 ms":>8}  round trips')
            for what, programs in commands(os.path.abspath(sys.argv[1]), lab, ports, folder).items():
                for name, command in programs.items():
                    if not shutil.which(command[0]):
                        continue
                    times = []
                    for relay.delay in DELAYS:
                        times.append(seconds(command))
                    if None in times:
                        print(f'{what:20} {name:10} did not work')
                        continue
                    print(f'{what:20} {name:10} {times[0] * 1000:8.0f} {times[1] * 1000:8.0f} {times[2] * 1000:8.0f}  {(times[2] - times[1]) / 0.15:.1f}')
    finally:
        lab.stop()


if __name__ == '__main__':
    main()
