package dev.roster.transfer;

import java.util.OptionalLong;
import java.util.function.Consumer;

/** Cuts a file into its records while it comes. Keeps no more than one record. */
public interface RecordReader {
    /** What a record may take: 50 entries of metadata of the greatest length fit five times. */
    int LONGEST = 256 * 1024;

    /** Takes the next piece of the file, wherever it was cut, and gives the records that it completes. */
    void take(byte[] piece, Consumer<SourceRecord> records);

    /** Takes the end of the file, and gives the record that it completes. */
    void end(Consumer<SourceRecord> records);

    /** How many records their source has, as the file says where it may be a part of them only; empty where it does not. */
    default OptionalLong total() {
        return OptionalLong.empty();
    }

    /** Whether the file ended within a record, as far as that can be seen of one that could be read all the same. */
    default boolean isCut() {
        return false;
    }
}
