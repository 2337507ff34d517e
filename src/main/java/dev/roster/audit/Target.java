package dev.roster.audit;

import dev.roster.platform.validation.Word;
import java.util.UUID;

/**
 * On whom or what something was done.
 *
 * @param kind null for an account of which only the id is at hand
 * @param id null where it has none, as a key that signs tokens
 * @param name as people know it at that time; null where it has none, as a session
 */
public record Target(Kind kind, UUID id, String name) {

    /** The kinds of targets, as they stand in rows and answers. */
    public enum Kind implements Word {
        USER,
        SERVICE_ACCOUNT,
        GROUP,
        INVITE,
        SECRET,
        API_KEY,
        APPLICATION,
        CLIENT,
        SESSION,
        ORGANIZATION,
        SIGNING_KEY
    }
}
