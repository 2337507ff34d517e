package dev.roster.user;

import dev.roster.platform.error.RosterException;

/** Which hashes of passwords are taken from elsewhere. */
public final class PasswordHashes {
    private PasswordHashes() {}

    /** The hash; {@code invalid_request} where it is of no kind that is known, or costs too much to check. */
    public static String check(String hash) {
        if (!Argon2id.isKnown(hash)) {
            throw RosterException.invalid("password_hash", "must be an argon2id hash in the PHC format");
        }
        return hash;
    }
}
