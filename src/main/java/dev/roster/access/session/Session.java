package dev.roster.access.session;

import dev.roster.platform.http.Origin;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.Uuids;
import dev.roster.user.User;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One sign-in of a person; or a client on a host, whose later grants extend it; or one API key. */
@Entity
@Table(name = "sessions")
public class Session extends OrganizationRow {
    /** An SQL condition: the session is that of an API key, which nobody signs in with. */
    static final String IS_OF_KEY = "(client_id IS NULL AND application_id IS NULL)";

    /**
     * SQL of how long the end of an API key must be known, $3 being the present: replicas ask for a key anew after an hour
     * (PresentRights), and tokens that were got with it live for one (DerivedTokens).
     */
    static final String LAST_TOKEN_OF_KEY = "least(expires_at, CAST($3 AS timestamptz) + interval '2 hours')";

    @Column(name = "user_id")
    public UUID userId;

    /** The row of the OAuth2 client, not its public identifier; null where this is an API key or of
     * an application. */
    @Column(name = "client_id")
    public UUID clientId;

    /** The application that a person has signed in to; null for all others. */
    @Column(name = "application_id")
    public UUID applicationId;

    /**
     * What later tokens go on in it by, unique among what is open: the host of a client, behind its own id once it takes no
     * more of them; its own id where a person signed in.
     */
    public String device;

    @Column(name = "ip_address")
    public String ipAddress;

    @Column(name = "user_agent")
    public String userAgent;

    @Column(name = "last_seen_at")
    public Instant lastSeenAt;

    @Column(name = "expires_at")
    public Instant expiresAt;

    /** When the last of its tokens ends; null where that is not known. */
    @Column(name = "token_expires_at")
    public Instant tokenExpiresAt;

    @Column(name = "ended_at")
    public Instant endedAt;

    /**
     * A condition of sign-ins, with those to applications: what was opened before its organization was last switched off or on
     * has ended, though no row says so.
     *
     * @param session the name of the session's row
     * @param organization that of its organization
     */
    public static String isOfPresent(String session, String organization) {
        return "(%2$s.sessions_from IS NULL OR %1$s.created_at >= %2$s.sessions_from)".formatted(session, organization);
    }

    /** A new one of an account. */
    static Session begin(User account, UUID id, Instant now) {
        Session session = new Session();
        session.organizationId = account.organizationId;
        session.id = id;
        session.userId = account.id;
        session.createdAt = now;
        session.lastSeenAt = now;
        return session;
    }

    /** A new sign-in of a person: a session of its own, whatever is open. */
    static Session signIn(User account, Origin origin, Instant now) {
        Session session = begin(account, Uuids.v7(now), now);
        session.device = session.id.toString();
        session.seenFrom(origin);
        return session;
    }

    /** Notes where it was used last. */
    void seenFrom(Origin origin) {
        userAgent = Device.agent(origin);
        ipAddress = origin.address();
    }

    /**
     * {@code ended} of a {@code WITH} clause: the open sessions of clients end with them.
     *
     * @param clients the name of a query with user_id and id of clients, all of the organization
     */
    public static String ofClients(String clients, String organization, String now) {
        return """
            ended AS (
              UPDATE sessions s SET ended_at = %2$s FROM %1$s c
               WHERE s.organization_id = %3$s AND s.user_id = c.user_id AND s.client_id = c.id
                 AND s.ended_at IS NULL)
            """.formatted(clients, now, organization);
    }
}
