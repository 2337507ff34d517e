package dev.roster.user;

import dev.roster.platform.validation.Word;

/** The orders in which users can be listed; each walks an index. */
public enum UserSort implements Word {
    NAME("name", "u.username_key", ">", ""),
    NAME_DESCENDING("-name", "u.username_key", "<", " DESC"),
    CREATED("created_at", "u.created_at", ">", ""),
    CREATED_DESCENDING("-created_at", "u.created_at", "<", " DESC");

    private final String value;
    private final String column;
    private final String operator;
    private final String direction;

    UserSort(String value, String column, String operator, String direction) {
        this.value = value;
        this.column = column;
        this.operator = operator;
        this.direction = direction;
    }

    /** The order as clients write it. */
    @Override
    public String value() {
        return value;
    }

    boolean byName() {
        return this == NAME || this == NAME_DESCENDING;
    }

    String orderBy() {
        return byName() ? " ORDER BY " + column + direction : " ORDER BY " + column + direction + ", u.id" + direction;
    }

    /** The condition of rows behind a place, with the placeholders that its values take. */
    String behind(String first, String second) {
        return byName()
                ? column + " " + operator + " " + first
                : "(" + column + ", u.id) " + operator + " (" + first + ", " + second + ")";
    }
}
