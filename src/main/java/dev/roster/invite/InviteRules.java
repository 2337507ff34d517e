package dev.roster.invite;

import dev.roster.caller.Issuer;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.limit.RateLimit;
import dev.roster.platform.limit.RateLimits;
import dev.roster.platform.limit.RateLimits.Action;
import dev.roster.platform.validation.CanonicalText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;

/** How invites are made, by the settings, and how much mail they may cause. */
@ApplicationScoped
public class InviteRules {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Duration lifetime;
    private final String linkUrl;
    private final RateLimit perInviter;
    private final RateLimit perRecipient;
    private final RateLimits limits;

    InviteRules(InviteSettings settings, Issuer issuer, RateLimits limits) {
        lifetime = settings.lifetime();
        linkUrl = settings.linkUrl().orElse(issuer.url() + "/invite");
        perInviter = hourly("inviter", settings.limit().inviter());
        perRecipient = hourly("recipient", settings.limit().recipient());
        this.limits = limits;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** The page that accepts invites. */
    String linkUrl() {
        return linkUrl;
    }

    /**
     * Uses up one mail of an inviting account and of a recipient, inside the caller's transaction; {@code rate_limited}.
     * Comes last in it, so that the transactions of one inviter hardly wait for each other.
     */
    Uni<Void> spend(UUID organizationId, UUID inviter, String email) {
        return limits.spend(
                organizationId, new Action(perInviter, inviter.toString()), new Action(perRecipient, digest(email)));
    }

    /** Addresses are not kept where nobody would look for them to be deleted. */
    private static String digest(String email) {
        return HexFormat.of().formatHex(Sha256.of(CanonicalText.fold(email)));
    }

    private static RateLimit hourly(String who, int actions) {
        return new RateLimit("invite:" + who, actions, HOUR);
    }
}
