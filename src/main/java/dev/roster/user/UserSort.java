package dev.roster.user;

import dev.roster.platform.paging.Cursor;
import dev.roster.platform.validation.CanonicalText;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The orders in which users can be listed; each walks an index. */
public enum UserSort {
    NAME("name", "u.username_key", ">", ""),
    NAME_DESCENDING("-name", "u.username_key", "<", " DESC"),
    CREATED("created_at", "u.created_at", ">", ""),
    CREATED_DESCENDING("-created_at", "u.created_at", "<", " DESC");

    // Of RFC 3339; PostgreSQL goes further, but no row of ours does.
    private static final int LAST_YEAR = 9999;

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
    public String value() {
        return value;
    }

    /** The order of this name. */
    public static Optional<UserSort> of(String value) {
        return Arrays.stream(values()).filter(sort -> sort.value.equals(value)).findFirst();
    }

    boolean byName() {
        return this == NAME || this == NAME_DESCENDING;
    }

    /** The values of a place in this order, as a cursor names it; {@code invalid_cursor}. */
    List<Object> place(List<String> texts) {
        try {
            return byName()
                    ? List.of(texts.get(0))
                    : List.of(time(texts.get(0)), UUID.fromString(texts.get(1)));
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Cursor.invalid();
        }
    }

    private static OffsetDateTime time(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
            throw new DateTimeException(text);
        }
        return time;
    }

    /** What a cursor keeps of a row to continue behind it. */
    List<String> place(UserView view) {
        return byName()
                ? List.of(CanonicalText.fold(view.username()))
                : List.of(view.createdAt().toString(), view.id().toString());
    }

    String orderBy() {
        return byName()
                ? " ORDER BY " + column + direction
                : " ORDER BY " + column + direction + ", u.id" + direction;
    }

    /** The condition of rows behind a place, with the placeholders that its values take. */
    String behind(String first, String second) {
        return byName()
                ? column + " " + operator + " " + first
                : "(" + column + ", u.id) " + operator + " (" + first + ", " + second + ")";
    }
}
