package dev.roster.user;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.roster.platform.validation.Word;
import jakarta.persistence.EnumeratedValue;

/** The life cycle of an account: invited, in use, switched off. */
public enum UserStatus implements Word {
    PENDING_SIGN_UP("pending_sign_up"),
    ACTIVE("active"),
    DEACTIVATED("deactivated");

    @EnumeratedValue
    private final String value;

    UserStatus(String value) {
        this.value = value;
    }

    /** Only an invite or a reopening leaves an account waiting for its person. */
    @Override
    public boolean isSettable() {
        return this != PENDING_SIGN_UP;
    }

    /** The status as it stands in answers and rows. */
    @Override
    @JsonValue
    public String value() {
        return value;
    }
}
