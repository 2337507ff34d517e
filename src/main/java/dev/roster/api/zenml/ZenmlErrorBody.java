package dev.roster.api.zenml;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An error.
 *
 * @param detail a text, or the name of an exception and a text, or a list of {@link
 *     InvalidZenmlField}
 */
@RegisterForReflection // no method of a resource names it
public record ZenmlErrorBody(Object detail) {}
