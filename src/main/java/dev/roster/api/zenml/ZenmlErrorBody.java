package dev.roster.api.zenml;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error.
 *
 * @param detail a text, or the name of an exception and a text, or a list of {@link
 *     InvalidZenmlField}
 */
@Schema(name = "ZenmlError")
@RegisterForReflection // no method of a resource names it
public record ZenmlErrorBody(@Schema(ref = "ZenmlErrorDetail") Object detail) {}
