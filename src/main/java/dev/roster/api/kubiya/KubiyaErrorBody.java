package dev.roster.api.kubiya;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An error, one level down as this contract has it. */
@Schema(name = "KubiyaError")
@RegisterForReflection // no method of a resource names it
public record KubiyaErrorBody(Details error) {
    /**
     * What went wrong.
     *
     * @param code the stable code for programs
     * @param message a sentence for people
     * @param details the rule that each wrong field breaks; empty where no field is wrong
     */
    @Schema(name = "KubiyaErrorDetails")
    @RegisterForReflection
    public record Details(String code, String message, Map<String, String> details) {}
}
