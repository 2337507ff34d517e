"""A client that notes what it was answered, and when."""

import base64
import http.client
import json
import time
import urllib.parse
from dataclasses import dataclass

from history import PATIENCE

FORM = "application/x-www-form-urlencoded"
# A connection is kept for a few requests, so that the round robin has something to do
REQUESTS_PER_CONNECTION = 6


@dataclass
class Answer:
    """Status 0: none came. Only what says that nothing was done is a refusal; 503 and none may have done it."""

    status: int
    body: object
    start: float
    end: float

    @property
    def done(self):
        return 200 <= self.status < 300

    @property
    def refused(self):
        return 400 <= self.status < 500


def basic(credential):
    return "Basic " + base64.b64encode(f"{credential['client_id']}:{credential['client_secret']}".encode()).decode()


class Client:
    def __init__(self, history, port, credential=None, note=True):
        self.history, self.port, self.credential, self.note = history, port, credential, note
        self.connection, self.left, self.token, self.granted_at = None, 0, None, 0.0

    def send(self, method, path, body=None, authorization=None, kind="application/json", timeout=PATIENCE):
        headers = {"Content-Type": kind} if body is not None else {}
        if authorization:
            headers["Authorization"] = authorization
        text = body if body is None or isinstance(body, str) else json.dumps(body)
        start = time.monotonic()
        status, answer = 0, ""
        try:
            if self.left == 0:
                self.close()
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
                self.left = REQUESTS_PER_CONNECTION
            self.left -= 1
            self.connection.request(method, path, text, headers)
            response = self.connection.getresponse()
            answer = response.read().decode("utf-8", "replace")
            status = response.status
            if response.will_close:
                self.left = 0
        except (OSError, http.client.HTTPException):
            self.left = 0
        end = time.monotonic()
        if self.note:
            self.history.answered(status, start, end, f"{method} {path}: {answer}")
        try:
            parsed = json.loads(answer) if answer else None
        except ValueError:
            parsed = answer
        return Answer(status, parsed, start, end)

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection, self.left = None, 0

    def grant(self, scope=None):
        asked = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
        return self.send("POST", "/oauth2/token", urllib.parse.urlencode(asked), basic(self.credential), FORM)

    def call(self, method, path, body=None):
        """With the token of the client's own, a new one where it has none that is accepted."""
        if self.token is None:
            granted = self.grant()
            if not granted.done:
                return Answer(0 if granted.refused else granted.status, granted.body, granted.start, granted.end)
            self.token, self.granted_at = "Bearer " + granted.body["access_token"], granted.start
        answer = self.send(method, path, body, self.token)
        if answer.status == 401:
            self.history.refused(self.granted_at, f"{method} {path}: {answer.body}")
            self.token = None
        return answer

    def surely(self, method, path, body=None, patience=120):
        """Until it is answered as it should be; for preparations and for what is looked at afterwards."""
        end = time.monotonic() + patience
        while True:
            answer = self.call(method, path, body)
            if answer.done or (answer.refused and answer.status not in (401, 429)):
                return answer
            if time.monotonic() > end:
                raise SystemExit(f"{method} {path}: {answer.status} {answer.body}")
            time.sleep(0.2)
