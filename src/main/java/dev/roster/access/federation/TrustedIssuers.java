package dev.roster.access.federation;

import dev.roster.caller.Issuer;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The issuers that are trusted, with their keys and what they say about themselves. */
@Startup // so that what is no issuer but this service stops the start
@Singleton
public class TrustedIssuers {
    // Endpoints change once in years, and never without a time in which the old ones go on
    private static final Duration METADATA_OLD = Duration.ofHours(1);

    /** An issuer with what it publishes. */
    record Trusted(TrustedIssuer issuer, IssuerKeys keys, Refreshed<ProviderMetadata> metadata) {}

    private final Map<String, Trusted> byUrl;
    private final boolean areOfTokens;

    TrustedIssuers(TrustedIssuerSettings settings, Issuer own, KeySetSource source, IssuerHttp http, Clock clock) {
        Map<String, Trusted> trusted = new HashMap<>();
        settings.issuers().forEach((name, entry) -> {
            TrustedIssuer issuer = TrustedIssuer.of(name, entry);
            trusted.put(issuer.url(), trusted(issuer, source, http, clock));
            if (issuer.url().equals(own.url())) {
                throw new ConfigurationException(
                        TrustedIssuerRules.prefix(name) + "ISSUER must not be that of this service");
            }
        });
        byUrl = Map.copyOf(trusted);
        areOfTokens =
                byUrl.values().stream().anyMatch(one -> one.issuer().audience().isPresent());
    }

    private static Trusted trusted(TrustedIssuer issuer, KeySetSource source, IssuerHttp http, Clock clock) {
        Refreshed<ProviderMetadata> metadata = new Refreshed<>(
                "The metadata of " + issuer.url(),
                () -> http.get(ProviderMetadata.of(issuer)).map(json -> ProviderMetadata.parse(issuer, json)),
                METADATA_OLD,
                clock);
        return new Trusted(issuer, new IssuerKeys(issuer.url(), () -> source.read(issuer, metadata), clock), metadata);
    }

    /** The issuer of exactly this identifier, if its tokens open the API. */
    Optional<Trusted> ofTokens(String url) {
        return Optional.ofNullable(url)
                .map(byUrl::get)
                .filter(trusted -> trusted.issuer().audience().isPresent());
    }

    /** Whether there are any such. */
    boolean areOfTokens() {
        return areOfTokens;
    }

    /** The issuer of this name, if persons sign in through it. */
    Optional<Trusted> ofSignIns(String name) {
        return byUrl.values().stream()
                .filter(trusted -> trusted.issuer().name().equals(name))
                .filter(trusted -> trusted.issuer().client().isPresent())
                .findAny();
    }

    /** Those through which the persons of an organization sign in, by name. */
    List<TrustedIssuer> ofOrganization(String organization) {
        return byUrl.values().stream()
                .map(Trusted::issuer)
                .filter(issuer -> issuer.organization().equals(organization))
                .filter(issuer -> issuer.client().isPresent())
                .sorted(Comparator.comparing(TrustedIssuer::name))
                .toList();
    }
}
