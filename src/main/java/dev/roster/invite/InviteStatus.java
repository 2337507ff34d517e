package dev.roster.invite;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;

/** The life cycle of an invite; only a pending one can be accepted, and only until it expires. */
public enum InviteStatus {
    PENDING("pending"),
    ACCEPTED("accepted"),
    REVOKED("revoked"),
    EXPIRED("expired");

    @EnumeratedValue
    private final String value;

    InviteStatus(String value) {
        this.value = value;
    }

    /** The status as it stands in answers and rows. */
    @JsonValue
    public String value() {
        return value;
    }

    /** The status of this name. */
    public static Optional<InviteStatus> of(String value) {
        return Arrays.stream(values())
                .filter(status -> status.value.equals(value))
                .findFirst();
    }
}
