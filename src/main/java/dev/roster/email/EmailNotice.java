package dev.roster.email;

import dev.roster.mail.Letter;
import dev.roster.mail.OrganizationPost;
import dev.roster.mail.Post;
import dev.roster.mail.Sender;
import dev.roster.platform.outbox.Outbox;
import dev.roster.platform.outbox.OutboxMessage;
import dev.roster.platform.outbox.OutboxTopic;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import dev.roster.user.UserBefore;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;

/**
 * What follows from a change of an account for its addresses: one that waits to be confirmed dies
 * with what it rested on, and a former one is told that it is no longer in use.
 */
@ApplicationScoped
public class EmailNotice implements AccountFollower, OutboxTopic {
    private static final String EMAIL = "email";

    private final Outbox outbox;
    private final Post post;
    private final OrganizationPost letters;

    EmailNotice(Outbox outbox, Post post, OrganizationPost letters) {
        this.outbox = outbox;
        this.post = post;
        this.letters = letters;
    }

    @Override
    public Rank rank() {
        return Rank.NOTICES;
    }

    @Override
    public Uni<Void> afterChange(UserBefore before, User user) {
        boolean moved = !Objects.equals(before.email(), user.email);
        Uni<Void> ended = moved || before.status() != user.status
                ? overtake(user)
                : Uni.createFrom().voidItem();
        boolean told = moved && before.email() != null && before.status() == UserStatus.ACTIVE && post.hasServer();
        return told
                ? ended.chain(() -> outbox.add(user.organizationId, topic(), Map.of(EMAIL, before.email())))
                : ended;
    }

    @Override
    public Uni<Void> onPasswordChange(User user) {
        return overtake(user);
    }

    /** Whoever asked for another address did so under what is no longer so. */
    private static Uni<Void> overtake(User user) {
        return EmailChange.end(user.organizationId, user.id);
    }

    @Override
    public String topic() {
        return "email-changed";
    }

    @Override
    public Uni<Boolean> send(OutboxMessage message) {
        return letters.send(message, from -> letter(message.payload().getString(EMAIL), from));
    }

    private static Letter letter(String recipient, Sender from) {
        return new Letter(
                recipient,
                "Your e-mail address at " + from.name() + " was changed",
                EmailTemplates.changedText(from),
                EmailTemplates.changedHtml(from));
    }
}
