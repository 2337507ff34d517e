package dev.roster.access.token;

import dev.roster.caller.Caller;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Routes that ask for scopes, and nothing else. */
@Path("/test")
public class SecuredResource {
    private final SecurityIdentity identity;

    SecuredResource(SecurityIdentity identity) {
        this.identity = identity;
    }

    @GET
    @Path("/users-read")
    @PermissionsAllowed("users:read")
    public String usersRead() {
        return Caller.of(identity).clientId();
    }

    @GET
    @Path("/users-write")
    @PermissionsAllowed("users:write")
    public String usersWrite() {
        return "ok";
    }

    @GET
    @Path("/users-write-or-self-write")
    @PermissionsAllowed({"users:write", "self:write"})
    public String usersWriteOrSelfWrite() {
        return "ok";
    }

    @GET
    @Path("/groups-read-or-groups-write")
    @PermissionsAllowed({"groups:read", "groups:write"})
    public String groupsReadOrWrite() {
        return "ok";
    }

    @GET
    @Path("/system")
    @PermissionsAllowed("system")
    public String system() {
        return "ok";
    }

    @GET
    @Path("/open")
    @PermitAll
    public String open() {
        return "ok";
    }
}
