package dev.roster.platform.http;

import dev.roster.platform.settings.Checked;
import dev.roster.platform.settings.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which proxies say truly where a request comes from. */
@ConfigMapping(prefix = "roster")
public interface ProxySettings extends Checked {
    String FORWARDED = "forwarded";
    String X_FORWARDED_FOR = "x-forwarded-for";

    /**
     * {@code ROSTER_TRUSTED_PROXIES}: addresses and ranges of proxies, such as {@code 10.0.0.0/8}
     * or {@code 2001:db8::/32}, with commas between. What others say of the address of a caller is
     * not read.
     */
    @WithName("trusted-proxies")
    Optional<String> trustedProxies();

    /**
     * {@code ROSTER_TRUSTED_PROXIES_HEADER}: the header that these proxies write, {@code
     * X-Forwarded-For} or {@code Forwarded} (RFC 7239). Only one is read: the other is passed on by
     * proxies as the caller has invented it.
     */
    @WithName("trusted-proxies-header")
    @WithDefault("X-Forwarded-For")
    String trustedProxiesHeader();

    @Override
    default void check(Rules rules) {
        List<String> ranges = ranges();
        for (int i = 0; i < ranges.size(); i++) {
            rules.require(
                    AddressRange.parse(ranges.get(i)).isPresent(),
                    "ROSTER_TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.0/8, and number " + (i + 1)
                            + " of these is none");
        }
        String header = trustedProxiesHeader().toLowerCase(Locale.ROOT);
        rules.require(
                header.equals(FORWARDED) || header.equals(X_FORWARDED_FOR),
                "ROSTER_TRUSTED_PROXIES_HEADER must be X-Forwarded-For or Forwarded");
    }

    /** The addresses and ranges as they are written. */
    default List<String> ranges() {
        return trustedProxies().map(list -> List.of(list.split(",", -1))).orElse(List.of());
    }
}
