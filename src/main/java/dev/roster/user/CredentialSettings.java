package dev.roster.user;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What persons must do before they change how they sign in. */
@ConfigMapping(prefix = "roster.credentials")
public interface CredentialSettings {

    /**
     * {@code ROSTER_CREDENTIALS_SIGN_IN_WITHIN}: how long after a sign-in its tokens may change the
     * password, the e-mail address and the user name of their own account.
     */
    @WithDefault("15M")
    Duration signInWithin();
}
