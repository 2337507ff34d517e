package dev.roster.transfer;

import dev.roster.platform.validation.Word;

/** What an import does with accounts that there are. */
public enum ImportMode implements Word {
    /** They are errors. */
    CREATE,
    /** They are changed to what their lines say. */
    UPSERT,
    /** The same; and who is in no line is deactivated at the end. */
    SYNC
}
