package dev.roster.invite;

import dev.roster.access.token.LinkPurpose;
import dev.roster.access.token.LinkToken;
import dev.roster.access.token.LinkTokens;
import dev.roster.mail.Letter;
import dev.roster.mail.Post;
import dev.roster.mail.Sender;
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
    private final MailRows rows;
    private final LinkTokens tokens;
    private final InviteCodes codes;
    private final InviteRules rules;
    private final Post post;
    private final Clock clock;

    InviteMail(
            Outbox outbox,
            MailRows rows,
            LinkTokens tokens,
            InviteCodes codes,
            InviteRules rules,
            Post post,
            Clock clock) {
        this.outbox = outbox;
        this.rows = rows;
        this.tokens = tokens;
        this.codes = codes;
        this.rules = rules;
        this.post = post;
        this.clock = clock;
    }

    /** Posts the mail of an invite inside the transaction that opens it. */
    Uni<Void> post(Invite invite) {
        return outbox.add(
                invite.organizationId, topic(), Map.of(INVITE, invite.id.toString(), TOKEN, invite.tokenId.toString()));
    }

    /** How the mail of an invite stands that was just opened; null where none is sent. */
    MailStatus first() {
        return post.hasServer() ? MailStatus.QUEUED : null;
    }

    /**
     * The link of an invite that the caller's transaction has opened and written, for who has made it to pass on; null
     * where it comes by mail, as only who reads that is the invited person.
     */
    Uni<String> linkToPassOn(Invite invite) {
        LinkToken token = new LinkToken(invite.organizationId, invite.id, invite.tokenId, invite.expiresAt);
        return post.hasServer()
                ? Uni.createFrom().nullItem()
                : InviteCodes.addTo(token).chain(code -> link(code, token));
    }

    @Override
    public Uni<Void> givenUp(OutboxMessage message) {
        return mark(message, MailStatus.UNDELIVERABLE);
    }

    private Uni<Void> mark(OutboxMessage message, MailStatus status) {
        UUID inviteId = UUID.fromString(message.payload().getString(INVITE));
        UUID tokenId = UUID.fromString(message.payload().getString(TOKEN));
        return rows.mark(message.organizationId(), inviteId, tokenId, status);
    }

    @Override
    public String topic() {
        return "invite";
    }

    @Override
    public Uni<Boolean> send(OutboxMessage message) {
        UUID inviteId = UUID.fromString(message.payload().getString(INVITE));
        UUID tokenId = UUID.fromString(message.payload().getString(TOKEN));
        return rows.byInvite(message.organizationId(), inviteId)
                .chain(found -> found.filter(mail -> mail.isDue(tokenId, clock.instant()))
                        .map(mail -> send(message, inviteId, mail).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Void> send(OutboxMessage message, UUID inviteId, MailRows.InviteLetter letter) {
        InviteState state = letter.state();
        return link(new LinkToken(message.organizationId(), inviteId, state.tokenId(), state.expiresAt()))
                .chain(link -> send(message, letter, link));
    }

    private Uni<Void> send(OutboxMessage message, MailRows.InviteLetter letter, String link) {
        InviteState state = letter.state();
        String end = Letter.time(state.expiresAt());
        Sender from = letter.from();
        Letter mail = new Letter(
                letter.recipient(),
                "Invite to " + from.name(),
                InviteTemplates.text(from, link, end),
                InviteTemplates.html(from, link, end));
        Uni<Void> sent = post.send(message.id(), mail);
        return post.hasServer() ? sent.chain(() -> mark(message, MailStatus.SENT)) : sent;
    }

    private Uni<String> link(LinkToken token) {
        return codes.add(token).chain(code -> link(code, token));
    }

    private Uni<String> link(String code, LinkToken token) {
        return tokens.link(rules.linkUrl(), code, LinkPurpose.INVITE, token);
    }
}
