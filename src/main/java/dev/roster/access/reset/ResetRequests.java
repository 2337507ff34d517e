package dev.roster.access.reset;

import dev.roster.mail.Post;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.Network;
import dev.roster.platform.limit.RateLimit;
import dev.roster.platform.limit.RateLimits;
import dev.roster.platform.outbox.Outbox;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.user.EmailMatch;
import dev.roster.user.OrganizationNames;
import dev.roster.user.TypedName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * Takes requests for a new password. Whoever asks learns nothing about the account: the same statements find it or do not, the
 * same limits and the same message follow, and whether a mail leaves is decided where that message is worked through.
 */
@ApplicationScoped
public class ResetRequests {
    // Whoever mistypes or finds the first mail late; more than this in a mailbox is a nuisance
    private static final RateLimit OF_NAME = new RateLimit("password-reset", 5, Duration.ofHours(1));

    // An office behind one address on a Monday; enough to bother few others with mails
    private static final RateLimit OF_NETWORK = new RateLimit("password-reset:network", 60, Duration.ofHours(1));

    private static final String FIND = """
            SELECT u.id FROM users u
             WHERE u.organization_id = $1 AND u.kind = 'person' AND %s
             ORDER BY %s LIMIT 1
            """.formatted(TypedName.CONDITION, TypedName.ORDER);

    /** Whom somebody names, and what that is counted by; of an account that nobody has, any id. */
    private record Named(UUID organizationId, UUID userId, String subject) {}

    private final Pool database;
    private final OrganizationNames organizations;
    private final RateLimits limits;
    private final Outbox outbox;
    private final Post post;
    private final Clock clock;
    private final ResetSettings settings;

    ResetRequests(
            Pool database,
            OrganizationNames organizations,
            RateLimits limits,
            Outbox outbox,
            Post post,
            Clock clock,
            ResetSettings settings) {
        this.database = database;
        this.organizations = organizations;
        this.limits = limits;
        this.outbox = outbox;
        this.post = post;
        this.clock = clock;
        this.settings = settings;
    }

    /** Whether there is a mail server, without which an administrator sets a new password. */
    public boolean arePossible() {
        return post.hasServer();
    }

    /**
     * Asks for a link to a new password, by mail; {@code rate_limited}, {@code forbidden} where no mail can be sent.
     *
     * @param organization the name
     * @param name the username or the e-mail address
     * @param ipAddress null where it is not known
     */
    public Uni<Void> request(String organization, String name, String ipAddress) {
        if (!arePossible()) {
            return Uni.createFrom()
                    .failure(RosterException.of(
                            ErrorCode.FORBIDDEN, "Without a mail server, only an administrator sets a new password."));
        }
        return find(organization, name)
                .chain(named -> UnitOfWork.transaction(() -> limits.spend(
                                OF_NETWORK, Uuids.NIL, Network.of(ipAddress).prefix())
                        .chain(() -> limits.spend(OF_NAME, named.organizationId(), named.subject()))
                        .chain(() -> outbox.add(named.organizationId(), ResetMail.TOPIC, payload(named)))));
    }

    private Map<String, Object> payload(Named named) {
        return Map.of(
                ResetMail.USER,
                named.userId().toString(),
                ResetMail.UNTIL,
                clock.instant().plus(settings.lifetime()).toString());
    }

    private Uni<Named> find(String organization, String name) {
        String subject = HexFormat.of().formatHex(Sha256.of(organization + "\n" + EmailMatch.spelling(name)));
        if (!CanonicalText.isPrintable(organization + name)) {
            return Uni.createFrom().item(new Named(Uuids.NIL, UUID.randomUUID(), subject));
        }
        return organizations.id(organization).chain(id -> database.preparedQuery(FIND)
                .execute(TypedName.values(id, name))
                .map(rows -> Rows.first(rows, row -> row.getUUID(0)).orElseGet(UUID::randomUUID))
                .map(userId -> new Named(id, userId, subject)));
    }
}
