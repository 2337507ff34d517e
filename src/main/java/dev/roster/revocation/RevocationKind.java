package dev.roster.revocation;

import java.util.Arrays;
import java.util.Optional;

/** What a revocation names, by the claim of a token that it is compared with. */
public enum RevocationKind {
    USER("user"),
    CLIENT("client"),
    SESSION("session"),
    ORGANIZATION("organization");

    private final String value;

    RevocationKind(String value) {
        this.value = value;
    }

    static Optional<RevocationKind> of(String value) {
        return Arrays.stream(values()).filter(kind -> kind.value.equals(value)).findFirst();
    }
}
