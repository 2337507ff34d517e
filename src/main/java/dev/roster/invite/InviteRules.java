package dev.roster.invite;

import dev.roster.caller.Issuer;
import dev.roster.platform.limit.RateLimit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How invites are made, by the settings. */
@ApplicationScoped
public class InviteRules {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Duration lifetime;
    private final String linkUrl;
    private final RateLimit perInviter;
    private final RateLimit perRecipient;

    InviteRules(InviteSettings settings, Issuer issuer) {
        lifetime = settings.lifetime();
        linkUrl = settings.linkUrl().orElse(issuer.url() + "/invite");
        perInviter = hourly("inviter", settings.limit().inviter());
        perRecipient = hourly("recipient", settings.limit().recipient());
    }

    Duration lifetime() {
        return lifetime;
    }

    /** The page that accepts invites. */
    String linkUrl() {
        return linkUrl;
    }

    RateLimit perInviter() {
        return perInviter;
    }

    RateLimit perRecipient() {
        return perRecipient;
    }

    private static RateLimit hourly(String who, int actions) {
        return new RateLimit("invite:" + who, actions, HOUR);
    }
}
