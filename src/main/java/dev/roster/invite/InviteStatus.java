package dev.roster.invite;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.roster.platform.validation.Word;
import jakarta.persistence.EnumeratedValue;

/** The life cycle of an invite; only a pending one can be accepted, and only until it expires. */
public enum InviteStatus implements Word {
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
    @Override
    @JsonValue
    public String value() {
        return value;
    }
}
