package dev.roster.api.zenml;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.json.JsonColumns;
import dev.roster.platform.validation.StorableText;
import dev.roster.user.MetadataPatch;
import java.util.Map;

/** Metadata as the ZenML Pro contract has it: an object of any JSON, set as a whole. */
final class ZenmlMetadata {
    private ZenmlMetadata() {}

    /** The change that a body asks for; null asks for none. */
    static MetadataPatch replacement(Map<String, Object> metadata) {
        if (metadata == null) {
            return null;
        }
        if (!StorableText.isStorable(metadata)) {
            throw RosterException.invalid(
                    "metadata", "must be without NUL, broken surrogates and " + StorableText.NUMBERS);
        }
        if (JsonColumns.exceeds(metadata, MetadataPatch.MAX_BYTES)) {
            throw RosterException.invalid("metadata", "must be at most " + MetadataPatch.MAX_BYTES + " bytes as JSON");
        }
        return new MetadataPatch(true, metadata);
    }
}
