package dev.roster.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.Storable;
import dev.roster.platform.validation.StorableText;

/** The rule {@link Storable} where a field is read as JSON. */
final class StorableTexts {
    private StorableTexts() {}

    /** Refuses a text, or one in an array, by the name of its field. */
    static void require(String field, JsonNode value) {
        if (value.isTextual() && !StorableText.isStorable(value.textValue())) {
            throw RosterException.invalid(field, Storable.RULE);
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            require(field + "[" + i + "]", value.get(i));
        }
    }
}
