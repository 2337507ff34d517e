package dev.roster.email;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How persons change their e-mail addresses. */
@ConfigMapping(prefix = "roster.email-change")
public interface EmailChangeSettings {

    /**
     * {@code ROSTER_EMAIL_CHANGE_LINK_URL}: the page that confirms a new address; the token follows
     * it as {@code #token=…}, behind a short code as {@code ?code=…}. Default: {@code /confirm-email} of the issuer.
     */
    Optional<String> linkUrl();
}
