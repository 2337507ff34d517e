package dev.roster.access.reset;

import dev.roster.mail.Letter;
import dev.roster.mail.Post;
import dev.roster.platform.outbox.Outbox;
import dev.roster.platform.outbox.OutboxMessage;
import dev.roster.platform.outbox.OutboxTopic;
import dev.roster.platform.persistence.Rows;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Tells the address that a link was sent to that the link was used. */
@ApplicationScoped
class ResetNotice implements OutboxTopic {
    private static final String ORGANIZATION = "SELECT display_name FROM organizations WHERE id = $1";
    private static final String EMAIL = "email";

    private final Outbox outbox;
    private final Pool database;
    private final Post post;

    ResetNotice(Outbox outbox, Pool database, Post post) {
        this.outbox = outbox;
        this.database = database;
        this.post = post;
    }

    /** Posts the notice inside the transaction that sets the password. */
    Uni<Void> post(User user) {
        return outbox.add(user.organizationId, topic(), Map.of(EMAIL, user.email));
    }

    @Override
    public String topic() {
        return "password-was-reset";
    }

    @Override
    public Uni<Void> send(OutboxMessage message) {
        return database.preparedQuery(ORGANIZATION)
                .execute(Tuple.of(message.organizationId()))
                .map(rows -> Rows.first(rows, row -> row.getString(0)))
                .chain(found -> found.map(name -> post.send(message.id(), letter(message, name)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static Letter letter(OutboxMessage message, String organization) {
        return new Letter(
                message.payload().getString(EMAIL),
                "Your password at " + organization + " was changed",
                ResetTemplates.changedText(organization),
                ResetTemplates.changedHtml(organization));
    }
}
