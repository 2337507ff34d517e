package dev.roster.user;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.roster.platform.validation.Word;
import jakarta.persistence.EnumeratedValue;

/** Whether an account is a person's or a program's. */
public enum UserKind implements Word {
    PERSON("person"),
    SERVICE("service");

    @EnumeratedValue
    private final String value;

    UserKind(String value) {
        this.value = value;
    }

    /** The kind as it stands in answers and rows. */
    @Override
    @JsonValue
    public String value() {
        return value;
    }
}
