package dev.roster.organization;

import dev.roster.access.client.AuthenticatedClient;
import dev.roster.access.client.ClientAuthentication;
import dev.roster.access.client.ClientCredentials;
import dev.roster.access.client.Secret;
import dev.roster.caller.Role;
import dev.roster.platform.database.MigrationMode;
import dev.roster.platform.database.Migrations;
import dev.roster.platform.error.ErrorCode;
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
        // Drawn before the wait: an attempt may have made the client with it, and the connection been lost with the
        // answer
        String secret = admin.clientSecret().orElseGet(Secret::random);
        boolean isThatOfTheClient = migrations.await(() -> ensure(secret));
        if (isThatOfTheClient && admin.clientSecret().isEmpty()) {
            console.showNewSecret(admin.clientId(), secret);
        }
        console.rememberClient(admin.clientId());
    }

    /** Whether the secret lets the operator in, as it does where the first client was made with it just now. */
    private Uni<Boolean> ensure(String secret) {
        return exist().chain(exist -> exist ? compare(secret) : createFirst(secret));
    }

    // Plain SQL: every start asks this, and the first query of Hibernate costs it seconds
    private Uni<Boolean> exist() {
        return database.query(EXIST).execute().map(rows -> rows.size() > 0);
    }

    private Uni<Boolean> createFirst(String secret) {
        return organizations
                .createFirst(admin.clientId(), secret)
                .replaceWith(true)
                // By another replica, or by an attempt before that nobody heard of
                .onFailure(ErrorCode.ORGANIZATION_NAME_TAKEN::isOf)
                .recoverWithUni(() -> compare(secret));
    }

    private Uni<Boolean> compare(String secret) {
        return authentication
                .authenticate(new ClientCredentials(admin.clientId(), secret))
                .map(found -> found.filter(FirstStart::isAdministrator).isPresent())
                .call(letsIn -> letsIn || admin.clientSecret().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : admin.reset() ? reset.run(admin) : warn(admin));
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
