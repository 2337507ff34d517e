package dev.roster.transfer.format;

import java.time.Instant;

/**
 * How the records of another system become lines.
 *
 * @param scrypt how the hashes of Firebase were made; null where that is not said, so that these are refused
 * @param allGroups whether a user of a directory (LDIF, SCIM) without any attribute of groups is in none; else it is not
 *     said which they are
 * @param hashes whether hashes of passwords are looked at
 * @param now by which accounts have expired
 */
public record FormatOptions(FirebaseScrypt scrypt, boolean allGroups, boolean hashes, Instant now) {}
