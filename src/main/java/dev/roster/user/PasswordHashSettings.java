package dev.roster.user;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * What hashing a password costs (Argon2id, RFC 9106, with one lane). The defaults are the first
 * choice of the OWASP Password Storage Cheat Sheet. A hash of another cost is renewed at the next
 * sign-in.
 */
@ConfigMapping(prefix = "roster.password-hash")
public interface PasswordHashSettings extends Checked {

    /**
     * {@code ROSTER_PASSWORD_HASH_MEMORY}: MiB, 7 to 64. Two are at work at once and must fit into
     * the heap beside everything else; or one, and an imported one that takes up to 64.
     */
    @WithDefault("19")
    int memory();

    /**
     * {@code ROSTER_PASSWORD_HASH_PASSES}: 1 to 10; with the memory as a factor not below 35, which
     * the weakest choice of OWASP (7 MiB, five passes) has, nor above 256, which is the most that an import may cost.
     */
    @WithDefault("2")
    int passes();

    @Override
    default void check(Rules rules) {
        boolean goodMemory = memory() >= 7 && memory() <= 64;
        boolean goodPasses = passes() >= 1 && passes() <= 10;
        rules.require(goodMemory, "ROSTER_PASSWORD_HASH_MEMORY must be 7 to 64 MiB");
        rules.require(goodPasses, "ROSTER_PASSWORD_HASH_PASSES must be 1 to 10");
        if (goodMemory && goodPasses) {
            int cost = memory() * passes();
            rules.require(
                    cost >= 35,
                    "ROSTER_PASSWORD_HASH_PASSES must be more: times ROSTER_PASSWORD_HASH_MEMORY not below 35");
            rules.require(
                    cost <= PasswordHashes.MOST_COST,
                    "ROSTER_PASSWORD_HASH_PASSES must be fewer: times ROSTER_PASSWORD_HASH_MEMORY at most "
                            + PasswordHashes.MOST_COST);
        }
    }
}
