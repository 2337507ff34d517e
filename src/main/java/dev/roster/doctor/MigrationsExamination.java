package dev.roster.doctor;

import dev.roster.platform.database.MigrationMode;
import dev.roster.platform.database.Migrations;
import dev.roster.platform.error.Causes;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Ends a start that the doctor has made when all settings have been checked, and compares the schema with the migrations. */
@ApplicationScoped
class MigrationsExamination {
    private static final String CHECK = "database.migrations";

    private final Migrations migrations;
    private final Flyway flyway;

    MigrationsExamination(Migrations migrations, Flyway flyway) {
        this.migrations = migrations;
        this.flyway = flyway;
    }

    void onStart(@Observes @Priority(Migrations.DONE - 1) StartupEvent start) {
        if (migrations.mode() == MigrationMode.EXAMINE) {
            StartExamination.passed(this::examine);
            Quarkus.asyncExit(0);
            throw new PreventFurtherStepsException(0);
        }
    }

    private void examine(Findings findings) {
        try {
            List<String> failed = List.of(flyway.info().all()).stream()
                    .filter(migration -> migration.getState().isFailed())
                    .map(MigrationsExamination::name)
                    .toList();
            List<String> pending = List.of(flyway.info().pending()).stream()
                    .map(MigrationsExamination::name)
                    .toList();
            MigrationInfo current = flyway.info().current();
            if (!failed.isEmpty()) {
                findings.error(CHECK, "migrations have failed: " + String.join(", ", failed));
            } else if (!pending.isEmpty()) {
                findings.warning(
                        CHECK,
                        "%s migrations are still to come, from %s on: a process without ROSTER_MIGRATE=off does them"
                                .formatted(pending.size(), pending.get(0)));
            } else {
                findings.ok(CHECK, "the schema is at " + name(current));
            }
        } catch (FlywayException failure) {
            findings.error(CHECK, "cannot be looked at: " + Causes.firstLine(failure));
        }
    }

    private static String name(MigrationInfo migration) {
        return "V" + migration.getVersion();
    }
}
