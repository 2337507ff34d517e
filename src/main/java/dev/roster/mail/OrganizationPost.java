package dev.roster.mail;

import dev.roster.platform.outbox.OutboxMessage;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Sends letters in the name of an organization. */
@ApplicationScoped
public class OrganizationPost {
    private static final String SENDER = "SELECT display_name, support_url FROM organizations WHERE id = $1";

    private final Pool database;
    private final Post post;

    OrganizationPost(Pool database, Post post) {
        this.database = database;
        this.post = post;
    }

    /**
     * Sends the letter of a message; none where the organization is gone: whether it was.
     *
     * @param letter made of the organization as it shows itself
     */
    public Uni<Boolean> send(OutboxMessage message, Function<Sender, Letter> letter) {
        return Rows.first(
                        database,
                        SENDER,
                        Tuple.of(message.organizationId()),
                        row -> new Sender(row.getString(0), row.getString(1)))
                .chain(found -> found.map(from ->
                                post.send(message.id(), letter.apply(from)).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }
}
