package dev.roster.access.reset;

import dev.roster.mail.Letter;
import dev.roster.mail.OrganizationPost;
import dev.roster.mail.Sender;
import dev.roster.platform.outbox.Outbox;
import dev.roster.platform.outbox.OutboxMessage;
import dev.roster.platform.outbox.OutboxTopic;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import dev.roster.user.UserBefore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;

/**
 * Lets the link to a new password die with what it rested on, the password, the address and the state of the account, and
 * tells the address that it was sent to once it was used.
 */
@ApplicationScoped
class ResetNotice implements AccountFollower, OutboxTopic {
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
    public Place place() {
        return Place.PASSWORDS;
    }

    @Override
    public Uni<Void> onPasswordChange(User user) {
        return PasswordReset.end(user.organizationId, user.id);
    }

    @Override
    public Uni<Void> afterChange(UserBefore before, User user) {
        return before.status() != user.status || !Objects.equals(before.email(), user.email)
                ? PasswordReset.end(user.organizationId, user.id)
                : Uni.createFrom().voidItem();
    }

    @Override
    public String topic() {
        return "password-was-reset";
    }

    @Override
    public Uni<Void> send(OutboxMessage message) {
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
