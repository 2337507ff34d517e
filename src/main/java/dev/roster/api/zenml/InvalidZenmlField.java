package dev.roster.api.zenml;

import dev.roster.platform.error.FieldError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One field of a request that breaks a rule.
 *
 * @param loc where it stands: the part of the request, then the way to the field in it
 * @param msg the rule
 * @param type what kind of rule that is
 */
@RegisterForReflection // no method of a resource names it
public record InvalidZenmlField(List<String> loc, String msg, String type) {
    static InvalidZenmlField of(FieldError error) {
        String place = error.place().name().toLowerCase(Locale.ROOT);
        List<String> loc = error.field().equals(place)
                ? List.of(place)
                : Stream.concat(Stream.of(place), Stream.of(error.field().split("\\.", -1)))
                        .toList();
        return new InvalidZenmlField(loc, error.rule(), error.missing() ? "missing" : "value_error");
    }

    static InvalidZenmlField malformed(String message) {
        return new InvalidZenmlField(List.of("body"), message, "json_invalid");
    }
}
