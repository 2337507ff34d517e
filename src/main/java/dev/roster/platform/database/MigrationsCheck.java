package dev.roster.platform.database;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the schema is there, whoever made it. */
@Readiness
@Singleton
public class MigrationsCheck implements HealthCheck {
    private final Migrations migrations;

    MigrationsCheck(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("migrations")
                .status(migrations.isCurrent())
                .build();
    }
}
