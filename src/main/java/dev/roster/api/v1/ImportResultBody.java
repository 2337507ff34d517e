package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.platform.error.RosterException;
import dev.roster.transfer.LineResult;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/**
 * What became of a line of an import.
 *
 * @param line absent for a user who is in no line
 * @param name absent where the line has none, or cannot be read so far
 * @param id absent where there is no such user
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportResultBody(Long line, String name, UUID id, String result, Refusal error) {

    /** Why a line was refused. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Refusal(String code, String detail, List<Field> fields) {
        static Refusal of(RosterException refusal) {
            return new Refusal(
                    refusal.code().code(),
                    refusal.getMessage(),
                    refusal.fields().stream()
                            .map(field -> new Field(field.field(), field.rule()))
                            .toList());
        }
    }

    /** A field and the rule that it breaks. */
    @RegisterForReflection
    public record Field(String field, String rule) {}

    static ImportResultBody of(LineResult result, Refusal error) {
        return new ImportResultBody(
                result.line(), result.name(), result.id(), result.outcome().value(), error);
    }
}
