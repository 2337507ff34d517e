package dev.roster.web;

import dev.roster.access.session.SessionView;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** A session as its person sees it. */
public record SessionRow(UUID id, String device, String address, String lastSeen, boolean present) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    static SessionRow of(SessionView session, UUID present) {
        return new SessionRow(
                session.id(),
                session.userAgent() == null ? "–" : session.userAgent(),
                session.ipAddress() == null ? "–" : session.ipAddress(),
                TIME.format(session.lastSeenAt()),
                session.id().equals(present));
    }
}
