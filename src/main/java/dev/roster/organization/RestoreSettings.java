package dev.roster.organization;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What an operator says of a database that was set back to an earlier moment. */
@ConfigMapping(prefix = "roster")
public interface RestoreSettings extends Checked {
    int LONGEST = 100;

    /**
     * {@code ROSTER_RESTORED}: a name for the restore that the database comes from, such as its time, of at most 100
     * characters. All tokens, sessions and API keys that were made before end, because some of them were revoked in the
     * history that is gone. It is done once for each name, by the process that migrates; the others are not ready before.
     */
    Optional<String> restored();

    @Override
    default void check(Rules rules) {
        rules.require(
                restored().map(String::length).orElse(0) <= LONGEST,
                "ROSTER_RESTORED must have at most 100 characters");
    }
}
