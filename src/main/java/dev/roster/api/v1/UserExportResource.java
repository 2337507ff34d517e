package dev.roster.api.v1;

import dev.roster.api.ListAnswers;
import dev.roster.api.QueryParameters;
import dev.roster.api.v1.CsvStream.Column;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.transfer.ExportedUser;
import dev.roster.transfer.Exports;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestMulti;

/** All persons of the caller's organization, as an import takes them. */
@Path("/api/v1/users/export")
public class UserExportResource {
    private static final List<Column<ExportedUser>> COLUMNS = List.of(
            new Column<>("external_id", ExportedUser::externalId),
            new Column<>("name", ExportedUser::username),
            new Column<>("display_name", ExportedUser::displayName),
            new Column<>("full_name", ExportedUser::fullName),
            new Column<>("email_address", ExportedUser::email),
            new Column<>("role", ExportedUser::role),
            new Column<>("status", ExportedUser::status),
            new Column<>("groups", user -> String.join(" ", user.groups())),
            new Column<>("metadata", ExportedUser::metadata),
            new Column<>("password_hash", ExportedUser::passwordHash),
            new Column<>("password_expired", user -> String.valueOf(user.passwordExpired())),
            new Column<>("avatar_url", ExportedUser::avatarUrl),
            new Column<>("company", ExportedUser::company),
            new Column<>("job_title", ExportedUser::jobTitle));

    private final Exports exports;
    private final ListAnswers answers;
    private final SecurityIdentity identity;

    UserExportResource(Exports exports, ListAnswers answers, SecurityIdentity identity) {
        this.exports = exports;
        this.answers = answers;
        this.identity = identity;
    }

    @GET
    @Produces(ItemStream.LINES)
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> lines(
            @QueryParam("hashes") String hashes, @Context UriInfo uri, @Context HttpHeaders headers) {
        return answers.lines(users(hashes, uri, headers), ExportUserBody::of, ItemStream.LINES);
    }

    // Documented with the other: one operation, two media types
    @GET
    @Produces(CsvStream.CSV + ";qs=0.5")
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> table(
            @QueryParam("hashes") String hashes, @Context UriInfo uri, @Context HttpHeaders headers) {
        return CsvStream.send(answers, COLUMNS, users(hashes, uri, headers));
    }

    private Multi<List<ExportedUser>> users(String hashes, UriInfo uri, HttpHeaders headers) {
        PageQuery.check(uri);
        CsvStream.checkAccepted(headers);
        Multi<List<ExportedUser>> users = exports.users(Caller.of(identity), QueryParameters.flag("hashes", hashes));
        // Nothing is given away, and recorded as if it were
        return answers.isHead() ? Multi.createFrom().empty() : users;
    }
}
