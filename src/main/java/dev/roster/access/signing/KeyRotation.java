package dev.roster.access.signing;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * Rotates the keys in the data folder, and takes over a file that another process or an operator
 * has changed. Files are read and written on worker threads only.
 */
@ApplicationScoped
public class KeyRotation implements PeriodicWork {
    private static final Logger LOG = Logger.getLogger(KeyRotation.class);

    // Every client has at least one of them (OpenID Connect Core section 15.1)
    private static final Set<String> MADE_ON_DEMAND =
            Set.of(SigningAlgorithm.ES256.value(), SigningAlgorithm.RS256.value());

    private final KeyFile file;
    private final KeySchedule schedule;
    private final SigningKeys keys;
    private final Vertx vertx;
    private final Clock clock;
    private volatile String taken = "";
    private volatile String complaint = "";

    KeyRotation(KeyFile file, KeySchedule schedule, SigningKeys keys, Vertx vertx, Clock clock) {
        this.file = file;
        this.schedule = schedule;
        this.keys = keys;
        this.vertx = vertx;
        this.clock = clock;
    }

    // A look at a file's attributes costs microseconds; a new key is not used for minutes.
    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    /**
     * Takes over a file that has changed. Fails as long as there is one that cannot be taken, which changes nothing: what
     * keeps it from being read may go without the file being changed once more.
     */
    @Override
    public Uni<Void> run() {
        return vertx.executeBlocking(this::reload)
                .onItemOrFailure()
                .invoke((changed, failure) -> complain(failure))
                .replaceWithVoid();
    }

    /** Says what is wrong once, until it is right again or something else is wrong. */
    private void complain(Throwable failure) {
        String said = complaint;
        complaint = failure == null ? "" : failure.toString();
        if (failure != null && !complaint.equals(said)) {
            LOG.error("The signing keys stay as they are", failure);
        }
    }

    /**
     * Lets the next key sign, makes another next one, and keeps the present one for verification.
     */
    public Uni<Void> rotate(Caller caller) {
        caller.require(Scope.SYSTEM);
        if (!file.isOwn()) {
            throw RosterException.of(
                    ErrorCode.CONFLICT, "The keys are in a file of the operator: they rotate when it is changed.");
        }
        return vertx.executeBlocking(() -> new KeyFolder(file).change(now -> schedule.rotate(now, clock.instant())))
                .invoke(keys::replace)
                .replaceWithVoid();
    }

    /** Which algorithms a client can have its tokens signed by: all that are needed for keys of our own. */
    public Set<String> possible() {
        Set<String> possible = new TreeSet<>(keys.algorithms());
        if (file.isOwn()) {
            possible.addAll(MADE_ON_DEMAND);
        }
        return possible;
    }

    /** Makes the first key of a possible algorithm, where the keys are ours. */
    public Uni<Void> provide(SigningAlgorithm algorithm) {
        return keys.has(algorithm) || !file.isOwn()
                ? Uni.createFrom().voidItem()
                : vertx.executeBlocking(() -> new KeyFolder(file)
                                .change(present -> schedule.with(algorithm, present, clock.instant())))
                        .invoke(keys::replace)
                        .replaceWithVoid();
    }

    /** Whether the file has changed. */
    private boolean reload() throws IOException {
        String seen = file.stamp();
        if (seen.equals(taken)) {
            return false;
        }
        boolean first = taken.isEmpty();
        List<PublicJsonWebKey> changed = file.read();
        keys.replace(changed);
        taken = seen;
        if (!first) {
            LOG.infof("The signing keys have changed; %s signs", keys.signingId());
        }
        return true;
    }
}
