package dev.roster.access.session;

import java.util.Arrays;
import java.util.Optional;

/** Whether a session goes on. */
public enum SessionStatus {
    ACTIVE("active"),
    ENDED("ended");

    private final String value;

    SessionStatus(String value) {
        this.value = value;
    }

    /** The status as it stands in requests and answers. */
    public String value() {
        return value;
    }

    /** The status of this name. */
    public static Optional<SessionStatus> of(String value) {
        return Arrays.stream(values())
                .filter(status -> status.value.equals(value))
                .findFirst();
    }
}
