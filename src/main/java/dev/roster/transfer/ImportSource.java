package dev.roster.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.platform.http.BodyStream;
import dev.roster.user.ImportUser;
import java.util.function.Function;

/**
 * Where the lines of an import come from.
 *
 * @param body the file
 * @param records what cuts it
 * @param users makes a person of a record, null of what is none; whatever it throws is why the line is refused
 * @param names how a record that was refused calls its person; null where it does not say
 */
public record ImportSource(
        BodyStream body,
        RecordReader records,
        Function<JsonNode, ImportUser> users,
        Function<JsonNode, String> names) {}
