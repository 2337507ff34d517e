package dev.roster.access.reset;

import static dev.roster.platform.settings.Settings.requireBetween;
import static dev.roster.platform.settings.Settings.requirePage;

import dev.roster.caller.Issuer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The checked settings of links to new passwords. */
@Startup // so that wrong settings stop the start
@Singleton
class ResetRules {
    private final Duration lifetime;
    private final String linkUrl;

    ResetRules(ResetSettings settings, Issuer issuer) {
        lifetime = settings.lifetime();
        linkUrl = settings.linkUrl().orElse(issuer.url() + "/password/reset");
        requireBetween(Duration.ofMinutes(5), lifetime, Duration.ofHours(24), "ROSTER_PASSWORD_RESET_LIFETIME");
        requirePage(linkUrl, "ROSTER_PASSWORD_RESET_LINK_URL");
    }

    Duration lifetime() {
        return lifetime;
    }

    /** The link with a code. */
    String link(String code) {
        return linkUrl + (linkUrl.contains("?") ? "&" : "?") + "code=" + code;
    }
}
