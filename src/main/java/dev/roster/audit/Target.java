package dev.roster.audit;

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
    public enum Kind {
        USER("user"),
        SERVICE_ACCOUNT("service_account"),
        GROUP("group"),
        INVITE("invite"),
        SECRET("secret"),
        API_KEY("api_key"),
        APPLICATION("application"),
        CLIENT("client"),
        SESSION("session"),
        ORGANIZATION("organization"),
        SIGNING_KEY("signing_key");

        private final String value;

        Kind(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }
}
