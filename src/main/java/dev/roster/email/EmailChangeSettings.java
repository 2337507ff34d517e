package dev.roster.email;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How persons change their e-mail addresses. */
@ConfigMapping(prefix = "roster.email-change")
public interface EmailChangeSettings extends Checked {

    /**
     * {@code ROSTER_EMAIL_CHANGE_LINK_URL}: the page that confirms a new address; the token follows
     * it as {@code #token=…}, behind a short code as {@code ?code=…}. Default: {@code /confirm-email} of the issuer.
     */
    Optional<String> linkUrl();

    @Override
    default void check(Rules rules) {
        linkUrl().ifPresent(url -> rules.requirePage(url, "ROSTER_EMAIL_CHANGE_LINK_URL"));
    }
}
