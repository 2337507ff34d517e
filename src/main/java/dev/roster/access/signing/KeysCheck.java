package dev.roster.access.signing;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while there is a key that signs. */
@Readiness
@Singleton
public class KeysCheck implements HealthCheck {
    private final SigningKeys keys;

    KeysCheck(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        boolean signs = keys.verifying(keys.signingId()).isPresent();
        return HealthCheckResponse.named("keys").status(signs).build();
    }
}
