package dev.roster.web;

import dev.roster.access.session.SessionView;
import dev.roster.user.SignInClientId;
import java.util.UUID;

/**
 * A session as its person sees it.
 *
 * @param application what has it
 */
public record SessionRow(UUID id, String application, String device, String address, String lastSeen, boolean present) {

    static SessionRow of(SessionView session, UUID present, AccountMessages own) {
        boolean isSignIn = session.clientId() != null && session.clientId().startsWith(SignInClientId.PREFIX);
        return new SessionRow(
                session.id(),
                isSignIn ? own.sign_in_of_pages() : session.clientName(),
                BrowserName.of(session.userAgent()),
                session.ipAddress() == null ? "–" : session.ipAddress(),
                Times.of(session.lastSeenAt()),
                session.id().equals(present));
    }
}
