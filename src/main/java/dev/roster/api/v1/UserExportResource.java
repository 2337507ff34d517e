package dev.roster.api.v1;

import dev.roster.api.ListAnswers;
import dev.roster.api.QueryParameters;
import dev.roster.api.v1.CsvStream.Column;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.transfer.ExportedUser;
import dev.roster.transfer.Exports;
import dev.roster.user.UserCounts;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
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

    // Kept, so that it costs nothing; by it a client tells how far it is
    private static final String COUNT = "X-Total-Count";

    private final Exports exports;
    private final UserCounts counts;
    private final ListAnswers answers;
    private final SecurityIdentity identity;

    UserExportResource(Exports exports, UserCounts counts, ListAnswers answers, SecurityIdentity identity) {
        this.exports = exports;
        this.counts = counts;
        this.answers = answers;
        this.identity = identity;
    }

    @GET
    @Produces(ItemStream.LINES)
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> lines(
            @QueryParam("hashes") String hashes,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context RoutingContext http) {
        return answers.lines(users(hashes, uri, headers, http), ExportUserBody::of, ItemStream.LINES);
    }

    // Documented with the other: one operation, two media types
    @GET
    @Produces(CsvStream.CSV + ";qs=0.5")
    @PermissionsAllowed(Scope.USERS_READ)
    public RestMulti<byte[]> table(
            @QueryParam("hashes") String hashes,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context RoutingContext http) {
        return CsvStream.send(answers, COLUMNS, users(hashes, uri, headers, http));
    }

    private Multi<List<ExportedUser>> users(String hashes, UriInfo uri, HttpHeaders headers, RoutingContext http) {
        PageQuery.check(uri);
        CsvStream.checkAccepted(headers);
        Caller caller = Caller.of(identity);
        Multi<List<ExportedUser>> users = exports.users(caller, QueryParameters.flag("hashes", hashes));
        // Nothing is given away, and recorded as if it were
        Multi<List<ExportedUser>> sent = answers.isHead() ? Multi.createFrom().empty() : users;
        return counts.persons(caller.organizationId())
                .invoke(count -> http.response().putHeader(COUNT, String.valueOf(count)))
                .onItem()
                .transformToMulti(count -> sent);
    }
}
