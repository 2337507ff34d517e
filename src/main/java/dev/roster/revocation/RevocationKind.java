package dev.roster.revocation;

import dev.roster.platform.validation.Word;

/** What a revocation names, by the claim of a token that it is compared with. */
public enum RevocationKind implements Word {
    USER,
    CLIENT,
    SESSION,
    ORGANIZATION
}
