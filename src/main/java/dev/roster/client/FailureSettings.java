package dev.roster.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How many failed client authentications are answered before further attempts are put off. A
 * correct secret is never refused to an address that has not failed lately, whatever others do.
 */
@ConfigMapping(prefix = "roster.client-failures")
public interface FailureSettings {

    /**
     * {@code ROSTER_CLIENT_FAILURES_WINDOW}: for how long a failure counts, from the first one on.
     * A minute costs a program with a wrong secret little time once the secret is set right.
     */
    @WithDefault("1M")
    Duration window();

    /**
     * {@code ROSTER_CLIENT_FAILURES_PER_PAIR}: failures of one client from one address. Ten are
     * more than a misconfigured program makes before someone looks, and 14,400 guesses a day do not
     * find a secret of sixteen characters.
     */
    @WithDefault("10")
    int perPair();

    /**
     * {@code ROSTER_CLIENT_FAILURES_PER_ADDRESS}: failures of all clients from one address, where
     * many programs may stand behind one gateway.
     */
    @WithDefault("100")
    int perAddress();

    /**
     * {@code ROSTER_CLIENT_FAILURES_PER_CLIENT}: failures of one client from all addresses. Beyond
     * it each address has one attempt a window instead of ten.
     */
    @WithDefault("300")
    int perClient();

    /**
     * {@code ROSTER_CLIENT_FAILURES_KEPT}: counts that are kept at most, about 15 MB by default;
     * beyond it those that end first are forgotten.
     */
    @WithDefault("100000")
    int kept();
}
