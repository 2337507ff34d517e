package dev.roster.access.password;

import dev.roster.platform.http.Origin;
import java.util.Optional;

/**
 * A person who proves a password.
 *
 * @param organization the name of the organization
 * @param name the username or the e-mail address
 * @param scope names separated by spaces; empty asks for all scopes of the role
 */
public record PasswordSignIn(String organization, String name, String password, Optional<String> scope, Origin origin) {

    @Override
    public String toString() {
        return "PasswordSignIn[]"; // neither name nor password must end in a log
    }
}
