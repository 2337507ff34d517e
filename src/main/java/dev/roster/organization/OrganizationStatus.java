package dev.roster.organization;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.roster.platform.validation.Word;
import jakarta.persistence.EnumeratedValue;

/** The life cycle of an organization: in use, switched off, going. */
public enum OrganizationStatus implements Word {
    ACTIVE("active"),
    DEACTIVATED("deactivated"),

    /** Its rows are being deleted; nobody sees it any more. */
    DELETING("deleting");

    @EnumeratedValue
    private final String value;

    OrganizationStatus(String value) {
        this.value = value;
    }

    @Override
    public boolean isSettable() {
        return this != DELETING;
    }

    /** The status as it stands in answers and rows. */
    @Override
    @JsonValue
    public String value() {
        return value;
    }
}
