package dev.roster.access.session;

import dev.roster.platform.validation.Word;

/** Whether a session goes on. */
public enum SessionStatus implements Word {
    ACTIVE("active"),
    ENDED("ended");

    private final String value;

    SessionStatus(String value) {
        this.value = value;
    }

    /** The status as it stands in requests and answers. */
    @Override
    public String value() {
        return value;
    }
}
