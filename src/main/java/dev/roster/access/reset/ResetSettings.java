package dev.roster.access.reset;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How persons get a new password for one that they have forgotten. */
@ConfigMapping(prefix = "roster.password-reset")
public interface ResetSettings extends Checked {

    /**
     * {@code ROSTER_PASSWORD_RESET_LIFETIME}: how long the link of a mail lets its reader choose a new password, 5 minutes to
     * 24 hours. Long enough for a mail that comes late, too short to be found in an old mailbox.
     */
    @WithDefault("30M")
    Duration lifetime();

    /**
     * {@code ROSTER_PASSWORD_RESET_LINK_URL}: the page that takes the new password; the code of the link follows it as
     * {@code ?code=…}. Default: {@code /password/reset} of the issuer.
     */
    Optional<String> linkUrl();

    @Override
    default void check(Rules rules) {
        rules.requireBetween(Duration.ofMinutes(5), lifetime(), Duration.ofHours(24), "ROSTER_PASSWORD_RESET_LIFETIME");
        linkUrl().ifPresent(url -> rules.requirePage(url, "ROSTER_PASSWORD_RESET_LINK_URL"));
    }
}
