package dev.roster.transfer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an import does with accounts that there are. */
public enum ImportMode {
    /** They are errors. */
    CREATE,
    /** They are changed to what their lines say. */
    UPSERT,
    /** The same; and who is in no line is deactivated at the end. */
    SYNC;

    /** The mode of this name. */
    public static Optional<ImportMode> of(String value) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
    }
}
