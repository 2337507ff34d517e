package dev.roster.api.v1;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.StorableText;
import dev.roster.user.UserSettings;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The caller's own settings: a JSON object that means nothing to the service. */
@Path("/api/v1/users/me/settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SettingsResource {
    private final UserSettings settings;
    private final SecurityIdentity identity;

    SettingsResource(UserSettings settings, SecurityIdentity identity) {
        this.settings = settings;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed({Scope.USERS_READ, Scope.SELF_WRITE})
    public Uni<RestResponse<Map<String, Object>>> find() {
        return settings.find(Caller.of(identity)).map(SettingsResource::answer);
    }

    @PATCH
    @PermissionsAllowed(Scope.SELF_WRITE)
    public Uni<RestResponse<Map<String, Object>>> patch(
            @NotNull(message = FieldError.REQUIRED) Map<String, Object> changes) {
        if (!StorableText.isStorable(changes)) {
            throw RosterException.invalid(
                    "settings", "must not contain NUL, broken surrogates or " + StorableText.NUMBERS);
        }
        return settings.patch(Caller.of(identity), changes).map(SettingsResource::answer);
    }

    private static RestResponse<Map<String, Object>> answer(Map<String, Object> settings) {
        return ResponseBuilder.ok(settings, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
