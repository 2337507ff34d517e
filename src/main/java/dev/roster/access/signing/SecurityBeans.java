package dev.roster.access.signing;

import dev.roster.caller.Issuer;
import dev.roster.caller.TokenSettings;
import dev.roster.platform.database.MigrationSettings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Provides the issuer and its keys, which are read at start, so that a wrong file stops it. */
@Dependent
class SecurityBeans {

    @Produces
    @Singleton
    Issuer issuer(TokenSettings settings, @ConfigProperty(name = "quarkus.http.port") int httpPort) {
        return Issuer.of(settings, httpPort);
    }

    @Produces
    @Singleton
    KeyFile keyFile(KeySettings settings) {
        return KeyFile.of(settings);
    }

    @Produces
    @Singleton
    KeySchedule keySchedule(KeySettings settings) {
        return KeySchedule.of(settings);
    }

    @Produces
    @Singleton
    @Startup
    SigningKeys signingKeys(KeyFile file, KeySchedule schedule, MigrationSettings start, Clock clock) {
        if (file.isOwn() && start.examine()) {
            return new SigningKeys(schedule.start(file.present(), clock.instant()), schedule.lead(), clock);
        }
        if (file.isOwn()) {
            new KeyFolder(file).change(keys -> schedule.start(keys, clock.instant()));
        }
        return new SigningKeys(file.read(), schedule.lead(), clock);
    }

    /** Ready while there is a key that signs. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck keysCheck(SigningKeys keys) {
        return () -> HealthCheckResponse.named("keys")
                .status(keys.verifying(keys.signingId()).isPresent())
                .build();
    }
}
