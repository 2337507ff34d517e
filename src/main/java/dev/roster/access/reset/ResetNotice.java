package dev.roster.access.reset;

import dev.roster.mail.Letter;
import dev.roster.mail.OrganizationPost;
import dev.roster.mail.Sender;
import dev.roster.platform.outbox.Outbox;
import dev.roster.platform.outbox.OutboxMessage;
import dev.roster.platform.outbox.OutboxTopic;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Tells the address that a link to a new password was sent to that it was used. */
@ApplicationScoped
class ResetNotice implements OutboxTopic {
    private static final String EMAIL = "email";

    private final Outbox outbox;
    private final OrganizationPost post;

    ResetNotice(Outbox outbox, OrganizationPost post) {
        this.outbox = outbox;
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
    public Uni<Boolean> send(OutboxMessage message) {
        return post.send(message, from -> letter(message, from));
    }

    private static Letter letter(OutboxMessage message, Sender from) {
        return new Letter(
                message.payload().getString(EMAIL),
                "Your password at " + from.name() + " was changed",
                ResetTemplates.changedText(from),
                ResetTemplates.changedHtml(from));
    }
}
