"""The load: writers and readers of users, whoever invites, and whoever revokes and looks whether it holds."""

import random
import threading
import time
import urllib.parse

from client import FORM, Client, basic

GROUPS = 40
USERS = 10
SECRETS = 5
# Documented as ROSTER_REVOCATIONS_LEASE, and what lies between two looks at a clock
REVOKED_WITHIN = 1.0 + 0.5


class Load:
    """Workers that go on until the end of the run; each phase has users of its own."""

    def __init__(self, history, port, admin, replicas, seed, pause):
        self.history, self.port, self.admin, self.replicas, self.seed = history, port, admin, replicas, seed
        self.pause = pause
        self.users, self.phases, self.over = [], 0, threading.Event()
        self.threads = []
        self.delays = []

    def prepare(self):
        client = Client(self.history, self.port, self.admin)
        for number in range(GROUPS):
            client.surely("POST", "/api/v1/groups", {"name": f"g{number}"})
        client.surely("POST", "/api/v1/service-accounts", {"name": "limited", "role": "viewer"})

    def phase(self, name):
        """Users that are written and read from now on."""
        phase = self.history.begin(name)
        client = Client(self.history, self.port, self.admin)
        self.phases += 1
        users = [f"p{self.phases}-u{number}" for number in range(USERS)]
        for user in users:
            self.create(client, user)
        self.users = users
        return phase

    def start(self):
        for work in [self.write] * 3 + [self.read] * 2 + [self.list, self.invite, self.limit, self.administrators, self.revoke, self.revoke,
                                                               self.watch]:
            number = len(self.threads)
            self.threads.append(threading.Thread(
                target=self.repeat, args=(work, random.Random(self.seed * 1000 + number), number), daemon=True))
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.over.set()
        for thread in self.threads:
            thread.join(60)
            if thread.is_alive():
                self.history.violation("request without an end", thread.name)

    def repeat(self, work, chance, number):
        client = Client(self.history, self.port, self.admin)
        count = 0
        while not self.over.is_set():
            count += 1
            try:
                work(client, chance, f"{number}-{count}")
            except Exception as failure:  # noqa: BLE001 - a worker that ends unnoticed would prove nothing
                self.history.violation("fault of the suite", repr(failure))
            self.over.wait(self.pause * (0.5 + chance.random()))

    def create(self, client, name):
        answer = client.call("POST", "/api/v1/users", {"name": name, "display_name": "made " + name})
        if answer.status == 409:
            self.history.violation("nothing but itself is in its way", f"{name}: {answer.body}")
        if answer.status == 201 or not answer.refused:
            self.wrote(("display", name), "made " + name, answer)
            self.wrote(("status", name), "active", answer, counted=False)
            self.wrote(("groups", name), (), answer, counted=False)

    def wrote(self, register, value, answer, counted=True):
        self.history.wrote(register, value, answer.start, answer.end, answer.done, counted)

    def write(self, client, chance, number):
        name, act = chance.choice(self.users), chance.random()
        if act < 0.15:
            return self.create(client, f"c{number}")
        if act < 0.2:
            name = f"d{number}"
            self.create(client, name)
            register, value = ("status", name), "deactivated"
            answer = client.call("PATCH", f"/api/v1/users/{name}", {"status": value})
        elif act < 0.6:
            register, value = ("display", name), f"v{number}"
            answer = client.call("PATCH", f"/api/v1/users/{name}", {"display_name": value})
        else:
            register, value = ("groups", name), tuple(sorted(f"g{g}" for g in chance.sample(range(GROUPS), 3)))
            answer = client.call("PUT", f"/api/v1/users/{name}/groups", {"set_groups": list(value)})
        if not answer.refused:
            self.wrote(register, value, answer)

    def read(self, client, chance, number):
        name = chance.choice(self.users)
        self.note(name, client.call("GET", f"/api/v1/users/{name}"))

    def note(self, name, answer):
        if answer.done or answer.status == 404:
            for kind, value in self.values(answer.body if answer.done else None).items():
                self.history.read((kind, name), value, answer.start, answer.end)

    @staticmethod
    def values(user):
        """The registers of a user as an answer shows it; None: there is none."""
        if user is None:
            return dict.fromkeys(("display", "status", "groups"))
        return {"display": user["display_name"], "status": user["status"],
                "groups": tuple(sorted(group["name"] for group in user["groups"]))}

    def list(self, client, chance, number):
        """Whoever has just written lists, and sees it, as everything else that was acknowledged until then."""
        users, name, value = self.users, chance.choice(self.users), f"l{number}"
        answer = client.call("PATCH", f"/api/v1/users/{name}", {"display_name": value})
        if not answer.refused:
            self.wrote(("display", name), value, answer)
        common = users[0].rpartition("-")[0]
        listed = client.call("GET", f"/api/v1/users?limit=1000&q={common}-u")
        if listed.done:
            found = {user["name"]: user for user in listed.body["items"]}
            for each in users:
                for kind, value in self.values(found.get(each)).items():
                    self.history.listed((kind, each), value, listed.start, listed.end)

    def invite(self, client, chance, number):
        address = f"i{number}@example.org"
        answer = client.call("POST", "/api/v1/invites", {"email": address, "role": "member"})
        if not answer.refused:
            self.history.invited[address] = answer.done
            if answer.done:
                self.history.acknowledged(answer.end)
        self.over.wait(0.15)

    def limit(self, client, chance, number):
        """More secrets than an account may have, asked for while others are."""
        several = [threading.Thread(target=Client(self.history, self.port, self.admin).call, args=(
            "POST", "/api/v1/service-accounts/limited/secrets", {"name": f"s{number}"})) for _ in range(3)]
        for thread in several:
            thread.start()
        for thread in several:
            thread.join()
        self.over.wait(2)

    def administrators(self, client, chance, number):
        """Two who are the only ones of an organization turn each other out at the same time, often through two replicas."""
        granted = client.grant(scope="system")
        if not granted.done:
            return
        name, system = f"o{number}", "Bearer " + granted.body["access_token"]
        made = client.send("POST", "/api/v1/organizations", {"name": name}, system)
        if not made.done:
            return
        one = Client(self.history, self.port, made.body["credential"])
        second = one.call("POST", "/api/v1/service-accounts", {"name": "second", "role": "admin"})
        if not second.done:
            return
        other = Client(self.history, self.port, second.body["credential"])
        if not other.call("GET", "/api/v1/users/me").done:
            return
        answers = []
        both = [threading.Thread(target=lambda who=who, whom=whom: answers.append(
            who.send("PATCH", whom, {"status": "deactivated"}, who.token)))
            for who, whom in ((one, "/api/v1/service-accounts/second"), (other, "/api/v1/users/admin"))]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        self.history.turned_out += sum(answer.done for answer in answers)
        if len(answers) < 2:
            self.history.violation("fault of the suite", f"{name}: {len(answers)} of two answers")
        elif all(answer.done for answer in answers):
            self.history.violation("no administrator is left", name)
        self.over.wait(1)

    def revoke(self, client, chance, number):
        """A token is got and accepted, and ended in one of the ways there are."""
        name = f"sa{number}"
        made = client.call("POST", "/api/v1/service-accounts", {"name": name, "role": "member"})
        if not made.done:
            return
        credential = made.body["credential"]
        own = Client(self.history, self.port, credential)
        granted = own.grant()
        if not granted.done:
            return
        token = granted.body["access_token"]
        if own.send("GET", "/api/v1/users/me", authorization="Bearer " + token).status == 401:
            return self.history.refused(granted.start, name)
        way = chance.choice(("sessions", "revoke", "rotate", "deactivate", "remove"))
        ended = self.end(way, client, own, name, token)
        if ended is not None:
            self.history.revoked.append((token, ended, way, credential))

    def end(self, way, client, own, name, token):
        """When it was acknowledged; it is asked for again until it is."""
        path = f"/api/v1/service-accounts/{name}"
        for attempt in range(200):
            if way == "sessions":
                answer = own.send("DELETE", "/api/v1/users/me/sessions", authorization="Bearer " + token)
            elif way == "revoke":
                answer = own.send("POST", "/oauth2/revoke", urllib.parse.urlencode({"token": token}),
                                  basic(own.credential), FORM)
            elif way == "rotate":
                answer = client.call("POST", path + "/token", {})
            elif way == "deactivate":
                answer = client.call("PATCH", path, {"status": "deactivated"})
            else:
                answer = client.call("DELETE", path)
            # What could not be told the first time may have been done by it
            gone = attempt > 0 and answer.status == {"sessions": 401, "remove": 404}.get(way)
            if answer.done or gone:
                self.history.acknowledged(answer.end)
                return answer.end
            if answer.refused and answer.status not in (401, 429) or self.over.wait(0.3):
                return None
        return None

    def watch(self, client, chance, number):
        """Asks every replica itself with what was revoked lately, and with something older."""
        recent = self.history.revoked[-4:] + self.history.revoked[:-4][-50:][:1]
        for replica in list(self.replicas):
            asking = Client(self.history, replica.port, note=False)
            for token, ended, way, _ in recent:
                answer = asking.send("GET", "/api/v1/users/me", authorization="Bearer " + token, timeout=2)
                self.judge(answer, ended, f"{way} on {replica.name}")
            asking.close()

    def judge(self, answer, ended, what):
        if answer.status == 500:
            self.history.violation("answer 500", answer.body)
        if not answer.done:
            return
        delay = answer.start - ended
        if delay > 0:
            self.delays.append(delay)
        if delay > REVOKED_WITHIN:
            self.history.violation("revoked and accepted", f"{what}, {delay:.2f} s after its acknowledgement")
