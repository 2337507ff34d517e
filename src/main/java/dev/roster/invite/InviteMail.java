package dev.roster.invite;

import dev.roster.platform.outbox.Outbox;
import dev.roster.platform.outbox.OutboxMessage;
import dev.roster.platform.outbox.OutboxTopic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * The mail that brings an invite. The outbox holds which token to send and not the token: it is
 * signed anew when the mail leaves, so that nobody who reads the database or a backup of it can
 * accept an invite.
 */
@ApplicationScoped
public class InviteMail implements OutboxTopic {
    private static final String INVITE = "invite";
    private static final String TOKEN = "token";

    private final Outbox outbox;
    private final MailReads reads;
    private final InviteTokens tokens;
    private final InviteRules rules;
    private final InvitePost post;
    private final Clock clock;

    InviteMail(
            Outbox outbox,
            MailReads reads,
            InviteTokens tokens,
            InviteRules rules,
            InvitePost post,
            Clock clock) {
        this.outbox = outbox;
        this.reads = reads;
        this.tokens = tokens;
        this.rules = rules;
        this.post = post;
        this.clock = clock;
    }

    /** Posts the mail of an invite inside the transaction that opens it. */
    Uni<Void> post(Invite invite) {
        return outbox.add(
                invite.organizationId,
                topic(),
                Map.of(INVITE, invite.id.toString(), TOKEN, invite.tokenId.toString()));
    }

    /** Lets posted mail leave at once. */
    void flush() {
        outbox.flush();
    }

    /**
     * The link of an invite that is open, for who has made it to pass on; null where it comes by
     * mail, as only who reads that is the invited person.
     */
    String linkToPassOn(Invite invite) {
        return post.sends()
                ? null
                : link(
                        new InviteToken(
                                invite.organizationId,
                                invite.id,
                                invite.tokenId,
                                invite.expiresAt));
    }

    @Override
    public String topic() {
        return "invite";
    }

    @Override
    public Uni<Void> send(OutboxMessage message) {
        UUID inviteId = UUID.fromString(message.payload().getString(INVITE));
        UUID tokenId = UUID.fromString(message.payload().getString(TOKEN));
        return reads.byInvite(message.organizationId(), inviteId)
                .chain(
                        found ->
                                found.filter(mail -> mail.isDue(tokenId, clock.instant()))
                                        .map(mail -> send(message, inviteId, mail))
                                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> send(OutboxMessage message, UUID inviteId, MailReads.Letter letter) {
        InviteState state = letter.state();
        String link =
                link(
                        new InviteToken(
                                message.organizationId(),
                                inviteId,
                                state.tokenId(),
                                state.expiresAt()));
        return post.send(message.id(), letter, link);
    }

    private String link(InviteToken token) {
        return rules.link(tokens.sign(token));
    }
}
