"""A mail server (RFC 5321, as much of it as a client needs) that keeps what it took."""

import re
import socketserver
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Mail:
    recipient: str
    message_id: str
    at: float


class MailServer:
    def __init__(self):
        self.mails, self.lock = [], threading.Lock()
        keep = self.keep

        class Handler(socketserver.StreamRequestHandler):
            def say(self, line):
                self.wfile.write(line.encode() + b"\r\n")

            def handle(self):
                self.say("220 chaos")
                recipients = []
                while line := self.rfile.readline():
                    word = line[:4].upper()
                    if word == b"RCPT":
                        recipients.append(re.search(rb"<([^>]*)>", line).group(1).decode())
                    if word == b"DATA":
                        self.say("354 go on")
                        text = b""
                        while (part := self.rfile.readline()) not in (b".\r\n", b""):
                            text += part
                        if not part:
                            return
                        keep(recipients, text)
                        recipients = []
                    self.say("221 bye" if word == b"QUIT" else "250 chaos" if word == b"EHLO" else "250 done")
                    if word == b"QUIT":
                        return

        class Threads(socketserver.ThreadingTCPServer):
            daemon_threads, allow_reuse_address, request_queue_size = True, True, 64

            def handle_error(self, *_):
                pass  # a client that was killed

        self.server = Threads(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keep(self, recipients, text):
        found = re.search(rb"^Message-ID:\s*<([^>]*)>", text, re.IGNORECASE | re.MULTILINE)
        message_id = found.group(1).decode() if found else ""
        with self.lock:
            self.mails += [Mail(recipient, message_id, time.monotonic()) for recipient in recipients]
