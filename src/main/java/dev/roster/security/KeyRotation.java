package dev.roster.security;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * Rotates the keys in the data folder, and takes over a file that another process or an operator
 * has changed. Files are read and written on worker threads only.
 */
@ApplicationScoped
public class KeyRotation {
    private static final Logger LOG = Logger.getLogger(KeyRotation.class);

    // A look at a file's attributes costs microseconds; a new key is not used for minutes.
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final KeyFile file;
    private final KeySchedule schedule;
    private final SigningKeys keys;
    private final Vertx vertx;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile String stamp = "";
    private long timer;

    KeyRotation(KeyFile file, KeySchedule schedule, SigningKeys keys, Vertx vertx, Clock clock) {
        this.file = file;
        this.schedule = schedule;
        this.keys = keys;
        this.vertx = vertx;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent start) {
        timer = vertx.setPeriodic(EVERY.toMillis(), tick -> look());
    }

    void onStop(@Observes ShutdownEvent stop) {
        vertx.cancelTimer(timer);
    }

    /**
     * Lets the next key sign, makes another next one, and keeps the present one for verification.
     */
    public Uni<Void> rotate(Caller caller) {
        caller.require(Scope.SYSTEM);
        if (!file.isOwn()) {
            throw RosterException.of(
                    ErrorCode.CONFLICT,
                    "The keys are in a file of the operator: they rotate when it is changed.");
        }
        return vertx.executeBlocking(
                        () ->
                                new KeyFolder(file)
                                        .change(now -> schedule.rotate(now, clock.instant())))
                .invoke(keys::replace)
                .replaceWithVoid();
    }

    private void look() {
        if (looking.compareAndSet(false, true)) { // a file system may hang
            vertx.executeBlocking(this::reload)
                    .onTermination()
                    .invoke(() -> looking.set(false))
                    .subscribe()
                    .with(
                            done -> {},
                            failure -> LOG.error("The signing keys stay as they are", failure));
        }
    }

    /** Whether the file has changed; a wrong one is reported once and changes nothing. */
    private boolean reload() throws IOException {
        String seen = file.stamp();
        if (seen.equals(stamp)) {
            return false;
        }
        boolean first = stamp.isEmpty();
        stamp = seen;
        List<PublicJsonWebKey> changed = file.read();
        keys.replace(changed);
        if (!first) {
            LOG.infof("The signing keys have changed; %s signs", keys.signingId());
        }
        return true;
    }
}
