package dev.roster.api.kubiya;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.roster.caller.Caller;
import dev.roster.user.UserView;
import java.util.UUID;

/**
 * The caller: a user with its organization.
 *
 * @param org the organization's id
 * @param orgName the organization's name
 */
public record KubiyaSelfBody(@JsonUnwrapped KubiyaUserBody user, UUID org, String orgName) {
    static KubiyaSelfBody of(Caller caller, UserView user) {
        return new KubiyaSelfBody(KubiyaUserBody.of(user), caller.organizationId(), caller.organization());
    }
}
