package dev.roster.organization;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The life cycle of an organization: in use, switched off, going. */
public enum OrganizationStatus {
    ACTIVE("active"),
    DEACTIVATED("deactivated"),

    /** Its rows are being deleted; nobody sees it any more. */
    DELETING("deleting");

    @EnumeratedValue
    private final String value;

    OrganizationStatus(String value) {
        this.value = value;
    }

    /** The status as it stands in answers and rows. */
    @JsonValue
    public String value() {
        return value;
    }
}
