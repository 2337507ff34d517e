package dev.roster.invite;

import dev.roster.access.signing.KeySettings;
import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** How invites are made. */
@ConfigMapping(prefix = "roster.invite")
public interface InviteSettings extends Checked {

    /**
     * {@code ROSTER_INVITE_LIFETIME}: how long an invite can be accepted. A week includes a weekend
     * and a few days off; a link that lies in mailboxes for longer is a risk.
     */
    @WithDefault("7D")
    Duration lifetime();

    /**
     * {@code ROSTER_INVITE_LINK_URL}: the page that accepts invites; a short code follows it as {@code
     * ?code=…}, and the token as {@code #token=…}. Default: {@code /invite} of the issuer.
     */
    @WithName("link-url")
    Optional<String> linkUrl();

    /** {@code ROSTER_INVITE_LIMIT_*}: how many invites and resends one account can make, or one recipient get. */
    Limit limit();

    @Override
    default void check(Rules rules) {
        rules.requireBetween(
                Duration.ofMinutes(1),
                lifetime(),
                Duration.ofDays(90),
                "ROSTER_INVITE_LIFETIME",
                "1 minute to 90 days");
        rules.compare(
                KeySettings.class,
                keys -> rules.requireAtLeast(
                        lifetime(),
                        keys.signingKeysKept(),
                        "ROSTER_SIGNING_KEYS_KEPT must not be shorter than ROSTER_INVITE_LIFETIME: the links"
                                + " signed before a rotation would end with their key"));
        linkUrl().ifPresent(url -> rules.requirePage(url, "ROSTER_INVITE_LINK_URL"));
        // A step shorter than a millisecond would not be counted.
        int most = 3_600_000;
        rules.requireBetween(1, limit().inviter(), most, "ROSTER_INVITE_LIMIT_INVITER");
        rules.requireBetween(1, limit().recipient(), most, "ROSTER_INVITE_LIMIT_RECIPIENT");
    }

    /** Bursts of so many, and as many per hour afterwards. */
    interface Limit {

        /**
         * {@code ROSTER_INVITE_LIMIT_INVITER}: invites and resends per inviting account and hour.
         * Enough to invite a department in one go; a stolen token makes no flood of mail.
         */
        @WithDefault("200")
        int inviter();

        /**
         * {@code ROSTER_INVITE_LIMIT_RECIPIENT}: invites and resends per recipient and hour, whoever invites.
         * Enough to correct mistakes; more than this in a mailbox is a nuisance.
         */
        @WithDefault("5")
        int recipient();
    }
}
