package dev.roster.platform.persistence;

import java.util.function.Consumer;

/** What a change of a row gives: null leaves what there is. */
public final class Given {
    private Given() {}

    public static <T> void set(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
