package dev.roster.access.session;

import dev.roster.platform.validation.Word;

/** Whether a session goes on. */
public enum SessionStatus implements Word {
    ACTIVE,
    ENDED
}
