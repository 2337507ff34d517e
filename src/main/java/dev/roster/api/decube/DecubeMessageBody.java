package dev.roster.api.decube;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What happened: every error, and the answer to a deactivation.
 *
 * @param code the stable code for programs
 * @param message a sentence for people
 */
@RegisterForReflection // no method of a resource names it
public record DecubeMessageBody(String code, String message) {
    static final DecubeMessageBody DEACTIVATED =
            new DecubeMessageBody("user_account_deactivated_successfully", "User account deactivated successfully.");
}
