package dev.roster.invite;

import static dev.roster.platform.settings.Settings.require;
import static dev.roster.platform.settings.Settings.requirePage;

import dev.roster.caller.Issuer;
import dev.roster.caller.TokenSettings;
import dev.roster.platform.limit.RateLimit;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The settings of invites, checked at start. */
@Startup
@ApplicationScoped
public class InviteRules {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Duration lifetime;
    private final String linkUrl;
    private final RateLimit perInviter;
    private final RateLimit perRecipient;

    InviteRules(InviteSettings settings, TokenSettings tokens, Issuer issuer) {
        lifetime = settings.lifetime();
        linkUrl = settings.linkUrl().orElse(issuer.url() + "/invite");
        require(
                lifetime.compareTo(SHORTEST) >= 0 && lifetime.compareTo(LONGEST) <= 0,
                "ROSTER_INVITE_LIFETIME must be 1 minute to 90 days");
        require(
                tokens.signingKeysKept().compareTo(lifetime) >= 0,
                "ROSTER_SIGNING_KEYS_KEPT must not be shorter than ROSTER_INVITE_LIFETIME: the links"
                        + " signed before a rotation would end with their key");
        requirePage(linkUrl, "ROSTER_INVITE_LINK_URL");
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
        // A step shorter than a millisecond would not be counted.
        require(
                actions >= 1 && actions <= HOUR.toMillis(),
                "ROSTER_INVITE_LIMIT_" + who.toUpperCase(java.util.Locale.ROOT) + " must be 1 to 3600000");
        return new RateLimit("invite:" + who, actions, HOUR);
    }
}
