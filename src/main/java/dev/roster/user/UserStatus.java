package dev.roster.user;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;

/** The life cycle of an account: invited, in use, switched off. */
public enum UserStatus {
    PENDING_SIGN_UP("pending_sign_up"),
    ACTIVE("active"),
    DEACTIVATED("deactivated");

    @EnumeratedValue
    private final String value;

    UserStatus(String value) {
        this.value = value;
    }

    /** The status as it stands in answers and rows. */
    @JsonValue
    public String value() {
        return value;
    }

    /** The status of this name. */
    public static Optional<UserStatus> of(String value) {
        return Arrays.stream(values())
                .filter(status -> status.value.equals(value))
                .findFirst();
    }
}
