package dev.roster.api.decube;

import dev.roster.user.UserView;
import java.util.UUID;

/** The answer to a creation. */
public record CreatedDecubeUserBody(String email, UUID id, String name) {
    static CreatedDecubeUserBody of(UserView user) {
        return new CreatedDecubeUserBody(user.email(), user.id(), user.displayName());
    }
}
