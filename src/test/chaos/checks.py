"""What must hold once everything works again."""

import collections
import time

from client import Client
from load import SECRETS

MAIL_PATIENCE = 150

COUNTS = {
    "members of a group": """
        SELECT g.name, g.user_count, g.sa_count, count(*) FILTER (WHERE u.kind = 'person'), count(*) FILTER (WHERE u.kind = 'service')
          FROM groups g LEFT JOIN memberships m ON m.organization_id = g.organization_id AND m.group_id = g.id
          LEFT JOIN users u ON u.organization_id = m.organization_id AND u.id = m.user_id
         GROUP BY g.organization_id, g.id
        HAVING g.user_count <> count(*) FILTER (WHERE u.kind = 'person')
            OR g.sa_count <> count(*) FILTER (WHERE u.kind = 'service')""",
    "no administrator is left": """
        SELECT o.name FROM organizations o
         WHERE NOT EXISTS (SELECT FROM users u WHERE u.organization_id = o.id AND u.role = 'admin' AND u.status = 'active')""",
    "persons of an organization": """
        SELECT o.name, (SELECT coalesce(sum(persons), 0) FROM user_counts c WHERE c.organization_id = o.id) AS counted,
               (SELECT count(*) FROM users u WHERE u.organization_id = o.id AND u.kind = 'person') AS there
          FROM organizations o
         WHERE (SELECT coalesce(sum(persons), 0) FROM user_counts c WHERE c.organization_id = o.id)
            <> (SELECT count(*) FROM users u WHERE u.organization_id = o.id AND u.kind = 'person')""",
}


class Checks:
    def __init__(self, cluster, history, load):
        self.cluster, self.history, self.load = cluster, history, load
        self.client = Client(history, cluster.replicas[0].port, cluster.admin)

    def run(self):
        read = self.read_all()
        found = {"read_at_the_end": read, **self.history.check(), **self.revoked(), **self.mails(), **self.limits()}
        for what in ("revocations", "invites_acknowledged"):
            if not found[what]:
                self.history.violation("nothing to check", what)
        self.counts()
        self.gauges()
        return found

    def read_all(self):
        """Every register is read once more, from one list of all users."""
        answer = self.client.surely("GET", "/api/v1/users")
        users = {user["name"]: user for user in answer.body["items"]}
        names = {name for _, name in self.history.registers}
        for name in names:
            if name in users:
                self.load.note(name, type(answer)(200, users[name], answer.start, answer.end))
            else:
                self.load.note(name, type(answer)(404, None, answer.start, answer.end))
        strangers = [name for name in users if name[:1] in "cdp" and "-" in name and name not in names]
        if strangers:
            self.history.violation("nobody made them", strangers)
        return len(names)

    def revoked(self):
        accepted = 0
        for replica in self.cluster.replicas:
            asking = Client(self.history, replica.port, note=False)
            for token, ended, way, credential in self.history.revoked:
                self.load.judge(asking.send("GET", "/api/v1/users/me", authorization="Bearer " + token), ended,
                                f"{way} on {replica.name} at the end")
            for _, _, way, credential in [each for each in self.history.revoked if each[2] in ("rotate", "deactivate", "remove")][-25:]:
                if Client(self.history, replica.port, credential, note=False).grant().done:
                    accepted += 1
                    self.history.violation("revoked and accepted", f"a secret got a token after {way}, at the end")
        delays = sorted(self.load.delays)
        return {
            "revocations": len(self.history.revoked),
            "accepted_after_acknowledgement": len(delays),
            "longest_accepted_after_acknowledgement_s": round(delays[-1], 3) if delays else 0,
        }

    def mails(self):
        """Every acknowledged invite has its mail; the same mail twice is told, two mails of one invite are a fault."""
        end = time.monotonic() + MAIL_PATIENCE
        while time.monotonic() < end and self.cluster.query("SELECT 1 FROM outbox WHERE sent_at IS NULL LIMIT 1"):
            time.sleep(0.5)
        sent = collections.defaultdict(list)
        for mail in self.cluster.mail.mails:
            sent[mail.recipient].append(mail)
        for address, acknowledged in self.history.invited.items():
            if acknowledged and address not in sent:
                self.history.violation("mail lost", address)
        twice = 0
        for address, mails in sent.items():
            if address not in self.history.invited:
                self.history.violation("mail to a stranger", address)
            if len({mail.message_id for mail in mails}) > 1:
                self.history.violation("two mails of one invite", address)
            twice += len(mails) > 1
            if len(mails) > 1 and not self.was_broken(mails[0].at):
                self.history.violation("mail sent twice though nothing failed", address)
        return {"invites_acknowledged": sum(self.history.invited.values()), "mails": len(self.cluster.mail.mails),
                "mails_sent_again": twice}

    def was_broken(self, at):
        """Whether something failed while the sender noted that this mail was taken."""
        return any(phase.name != "calm" and phase.begin - 1 <= at <= phase.end + 1 for phase in self.history.phases)

    def limits(self):
        kept = self.client.surely("GET", "/api/v1/service-accounts/limited/secrets?limit=100").body["items"]
        if len(kept) > SECRETS:
            self.history.violation("limit exceeded", f"{len(kept)} secrets of an account that may have {SECRETS}")
        return {"secrets_of_the_limited_account": len(kept), "administrators_turned_out": self.history.turned_out}

    def counts(self):
        for what, sql in COUNTS.items():
            for row in self.cluster.query(sql):
                self.history.violation("count wrong", f"{what}: {row}")

    def gauges(self):
        """Nothing holds a connection or waits for one when nobody asks."""
        for replica in self.cluster.replicas:
            end = time.monotonic() + 15
            while (left := replica.metric("roster_db_pool_active") + replica.metric("roster_db_pool_waiting")) > 0:
                if time.monotonic() > end:
                    self.history.violation("connections are lost", f"{replica.name}: {left}")
                    break
                time.sleep(0.2)
