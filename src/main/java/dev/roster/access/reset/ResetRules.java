package dev.roster.access.reset;

import dev.roster.caller.Issuer;
import dev.roster.mail.Letter;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Links to new passwords. */
@Singleton
class ResetRules {
    private final Duration lifetime;
    private final String linkUrl;

    ResetRules(ResetSettings settings, Issuer issuer) {
        lifetime = settings.lifetime();
        linkUrl = settings.linkUrl().orElse(issuer.url() + "/password/reset");
    }

    Duration lifetime() {
        return lifetime;
    }

    /** The link with a code. */
    String link(String code) {
        return Letter.link(linkUrl, code);
    }
}
