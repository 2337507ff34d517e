package dev.roster.access.federation;

import dev.roster.caller.Issuer;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The issuers whose tokens are accepted, with their keys. */
@Startup // so that wrong settings stop the start
@Singleton
public class TrustedIssuers {

    /** An issuer with its keys. */
    record Trusted(TrustedIssuer issuer, IssuerKeys keys) {}

    private final Map<String, Trusted> byUrl;

    TrustedIssuers(TrustedIssuerSettings settings, Issuer own, KeySetSource source, Clock clock) {
        Map<String, Trusted> trusted = new HashMap<>();
        settings.issuers().forEach((name, entry) -> {
            TrustedIssuer issuer = TrustedIssuer.of(name, entry);
            Trusted before = trusted.put(issuer.url(), new Trusted(issuer, new IssuerKeys(issuer, source, clock)));
            if (before != null || issuer.url().equals(own.url())) {
                throw new ConfigurationException(
                        "roster.trusted-issuers." + name + ".issuer is the identifier of another one");
            }
        });
        byUrl = Map.copyOf(trusted);
    }

    boolean isEmpty() {
        return byUrl.isEmpty();
    }

    /** The issuer of exactly this identifier. */
    Optional<Trusted> find(String url) {
        return Optional.ofNullable(url).map(byUrl::get);
    }
}
