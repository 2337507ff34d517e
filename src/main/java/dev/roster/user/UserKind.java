package dev.roster.user;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;

/** Whether an account is a person's or a program's. */
public enum UserKind {
    PERSON("person"),
    SERVICE("service");

    @EnumeratedValue
    private final String value;

    UserKind(String value) {
        this.value = value;
    }

    /** The kind as it stands in answers and rows. */
    @JsonValue
    public String value() {
        return value;
    }

    /** The kind of this name. */
    public static Optional<UserKind> of(String value) {
        return Arrays.stream(values()).filter(kind -> kind.value.equals(value)).findFirst();
    }
}
