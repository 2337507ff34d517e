package dev.roster.access.federation;

import dev.roster.access.signing.VerificationKey;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The keys of one issuer. */
final class IssuerKeys {
    // A key that its issuer has withdrawn is accepted no longer, and as long again where they could not be read
    private static final Duration OLD = Duration.ofMinutes(5);

    private final Refreshed<Map<VerificationKey.Name, VerificationKey>> keys;

    /**
     * None yet.
     *
     * @param source of the key set in JSON
     */
    IssuerKeys(String issuer, Supplier<Uni<String>> source, Clock clock) {
        keys = new Refreshed<>(
                "The key set of " + issuer,
                () -> source.get().map(Unchecked.function(PublicKeySet::parse)),
                OLD,
                clock);
    }

    /**
     * The key of this name, asked for at its issuer if it is not known, as then it is new, made up, or known for too long;
     * empty where there is none.
     */
    Uni<Optional<VerificationKey>> find(VerificationKey.Name name) {
        Optional<VerificationKey> known = known(name);
        return known.isPresent() ? Uni.createFrom().item(known) : keys.read().map(done -> known(name));
    }

    /** Whether what this key has verified is still good. */
    boolean holds(VerificationKey key) {
        return known(key.name()).filter(key::equals).isPresent();
    }

    private Optional<VerificationKey> known(VerificationKey.Name name) {
        return keys.known().map(set -> set.get(name));
    }
}
