package dev.roster.user;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What persons must do before they change how they sign in. */
@ConfigMapping(prefix = "roster.credentials")
public interface CredentialSettings extends Checked {

    /**
     * {@code ROSTER_CREDENTIALS_SIGN_IN_WITHIN}: how long after a sign-in its tokens may change the
     * password, the e-mail address and the user name of their own account, and make a secret for it.
     */
    @WithDefault("15M")
    Duration signInWithin();

    /**
     * {@code ROSTER_CREDENTIALS_KEPT_WHILE_DEACTIVATED}: an account that is made active again keeps its
     * password if it was deactivated for no longer than this; afterwards the password is to be changed
     * first. Who comes back after a holiday still knows it, who comes back after a year may have left it
     * with others.
     */
    @WithDefault("30D")
    Duration keptWhileDeactivated();

    @Override
    default void check(Rules rules) {
        rules.require(
                !signInWithin().isNegative() && !signInWithin().isZero(),
                "ROSTER_CREDENTIALS_SIGN_IN_WITHIN must be longer than nothing");
        rules.require(
                !keptWhileDeactivated().isNegative(), "ROSTER_CREDENTIALS_KEPT_WHILE_DEACTIVATED must not be negative");
    }
}
