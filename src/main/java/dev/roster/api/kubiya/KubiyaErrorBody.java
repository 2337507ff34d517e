package dev.roster.api.kubiya;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/** An error, one level down as this contract has it. */
@RegisterForReflection // no method of a resource names it
public record KubiyaErrorBody(Details error) {
    /**
     * What went wrong.
     *
     * @param code the stable code for programs
     * @param message a sentence for people
     * @param details the rule that each wrong field breaks; empty where no field is wrong
     */
    @RegisterForReflection
    public record Details(String code, String message, Map<String, String> details) {}
}
