package dev.roster.user;

import dev.roster.platform.validation.Word;

/** The orders in which users can be listed; each walks an index. */
public enum UserSort implements Word {
    NAME("name", false),
    NAME_DESCENDING("-name", true),
    CREATED("created_at", false),
    CREATED_DESCENDING("-created_at", true);

    private final String value;
    private final boolean descending;

    UserSort(String value, boolean descending) {
        this.value = value;
        this.descending = descending;
    }

    /** The order as clients write it. */
    @Override
    public String value() {
        return value;
    }

    boolean isDescending() {
        return descending;
    }

    boolean byName() {
        return this == NAME || this == NAME_DESCENDING;
    }
}
