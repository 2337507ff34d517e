package dev.roster.invite;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.roster.platform.validation.Word;
import jakarta.persistence.EnumeratedValue;

/** How the newest mail of an invite fares. */
public enum MailStatus implements Word {
    QUEUED("queued"),
    SENT("sent"),
    UNDELIVERABLE("undeliverable");

    @EnumeratedValue
    private final String value;

    MailStatus(String value) {
        this.value = value;
    }

    /** The status as it stands in answers and rows. */
    @Override
    @JsonValue
    public String value() {
        return value;
    }
}
