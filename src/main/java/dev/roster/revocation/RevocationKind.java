package dev.roster.revocation;

import dev.roster.platform.validation.Word;

/** What a revocation names, by the claim of a token that it is compared with. */
public enum RevocationKind implements Word {
    USER("user"),
    CLIENT("client"),
    SESSION("session"),
    ORGANIZATION("organization");

    private final String value;

    RevocationKind(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }
}
