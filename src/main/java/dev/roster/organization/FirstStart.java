package dev.roster.organization;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.client.ClientAuthentication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.caller.Role;
import dev.roster.platform.database.MigrationMode;
import dev.roster.platform.database.Migrations;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the first organization, its administrator and its client on an empty database, and ends what a restored one brought back. */
@ApplicationScoped
public class FirstStart {
    private static final Logger LOG = Logger.getLogger(FirstStart.class);

    private static final String EXIST = "SELECT 1 WHERE EXISTS (SELECT FROM organizations)";

    // Whether there is something to be reset is known only when it is too late to wait
    private static final String A_WRITER = "SELECT 1 WHERE false";

    // A start that wrong settings stop must not have made and shown a secret before
    private static final int AFTER_CHECKS = Migrations.READY - 1;

    private final Migrations migrations;
    private final Pool database;
    private final Organizations organizations;
    private final ClientAuthentication authentication;
    private final AdminClientSettings admin;
    private final AdminReset reset;
    private final Optional<String> restore;
    private final Restores restores;
    private final StartConsole console;

    FirstStart(
            Migrations migrations,
            Pool database,
            Organizations organizations,
            ClientAuthentication authentication,
            AdminClientSettings admin,
            AdminReset reset,
            RestoreSettings restored,
            Restores restores,
            StartConsole console) {
        this.migrations = migrations;
        this.database = database;
        this.organizations = organizations;
        this.authentication = authentication;
        this.admin = admin;
        this.reset = reset;
        restore = restored.restored();
        this.restores = restores;
        this.console = console;
    }

    void beforeMigration(@Observes @Priority(Migrations.FIRST - 1) StartupEvent start) {
        migrations.expect(EXIST);
        restore.ifPresent(name -> migrations.expect(Restores.DONE, name));
        if (admin.reset() && migrations.mode() != MigrationMode.OFF) {
            migrations.expect(A_WRITER);
        }
    }

    // Before the checks of what only a serving process needs
    void afterMigration(@Observes @Priority(Migrations.FIRST + 1) StartupEvent start) {
        if (migrations.mode() == MigrationMode.ONLY) {
            prepare();
            throw migrations.end();
        }
    }

    void onStart(@Observes @Priority(AFTER_CHECKS) StartupEvent start) {
        if (migrations.mode() == MigrationMode.START) {
            prepare();
        }
    }

    private void prepare() {
        if (restore.isPresent()) {
            migrations.await(() -> restores.run(restore.get()));
        }
        Optional<String> made = migrations.await(this::ensure);
        made.ifPresent(secret -> console.showNewSecret(admin.clientId(), secret));
        console.rememberClient(admin.clientId());
    }

    /** The secret of the first client, where it was made just now. */
    private Uni<Optional<String>> ensure() {
        return exist().chain(exist -> exist ? compare() : createFirst());
    }

    // Plain SQL: every start asks this, and the first query of Hibernate costs it seconds
    private Uni<Boolean> exist() {
        return database.query(EXIST).execute().map(rows -> rows.size() > 0);
    }

    private Uni<Optional<String>> createFirst() {
        return organizations
                .createFirst(admin.clientId(), admin.clientSecret().orElse(null))
                .map(made -> admin.clientSecret().isPresent()
                        ? Optional.<String>empty()
                        : Optional.of(made.client().secret()))
                .onFailure(FirstStart::isMadeByAnotherReplica)
                .recoverWithUni(() -> compare());
    }

    private static boolean isMadeByAnotherReplica(Throwable failure) {
        return failure instanceof RosterException refused && refused.code() == ErrorCode.ORGANIZATION_NAME_TAKEN;
    }

    /** Looks whether the secret that was given lets the operator in. */
    private Uni<Optional<String>> compare() {
        if (admin.clientSecret().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        ClientCredentials given =
                new ClientCredentials(admin.clientId(), admin.clientSecret().get());
        return authentication
                .authenticate(given)
                .chain(found -> found.filter(FirstStart::isAdministrator).isPresent()
                        ? Uni.createFrom().voidItem()
                        : admin.reset() ? reset.run(admin) : warn(admin))
                .replaceWith(Optional.empty());
    }

    private static boolean isAdministrator(AuthenticatedClient client) {
        return client.system() && client.role() == Role.ADMIN;
    }

    private static Uni<Void> warn(AdminClientSettings admin) {
        LOG.warnf(
                "ROSTER_ADMIN_CLIENT_SECRET is not the secret of a usable client %s of an"
                        + " administrator; what the database has stays valid."
                        + " ROSTER_ADMIN_RESET=true puts it in its place",
                admin.clientId());
        return Uni.createFrom().voidItem();
    }
}
