package dev.roster.api.v1;

import dev.roster.api.ListAnswers;
import dev.roster.api.v1.CsvStream.Column;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.transfer.ExportedGroup;
import dev.roster.transfer.GroupExports;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestMulti;

/** All groups of the caller's organization, as their creation takes them. */
@Path("/api/v1/groups/export")
public class GroupExportResource {
    private static final List<Column<ExportedGroup>> COLUMNS = List.of(
            new Column<>("name", ExportedGroup::name),
            new Column<>("display_name", ExportedGroup::displayName),
            new Column<>("sso_name", ExportedGroup::ssoName),
            new Column<>("description", ExportedGroup::description),
            new Column<>("metadata", ExportedGroup::metadata));

    private final GroupExports exports;
    private final ListAnswers answers;
    private final SecurityIdentity identity;

    GroupExportResource(GroupExports exports, ListAnswers answers, SecurityIdentity identity) {
        this.exports = exports;
        this.answers = answers;
        this.identity = identity;
    }

    @GET
    @Produces(ItemStream.LINES)
    @PermissionsAllowed(Scope.GROUPS_READ)
    public RestMulti<byte[]> lines(@Context UriInfo uri, @Context HttpHeaders headers) {
        return answers.lines(groups(uri, headers), ExportGroupBody::of, ItemStream.LINES);
    }

    // Documented with the other: one operation, two media types
    @GET
    @Produces(CsvStream.CSV + ";qs=0.5")
    @PermissionsAllowed(Scope.GROUPS_READ)
    public RestMulti<byte[]> table(@Context UriInfo uri, @Context HttpHeaders headers) {
        return CsvStream.send(answers, COLUMNS, groups(uri, headers));
    }

    private Multi<List<ExportedGroup>> groups(UriInfo uri, HttpHeaders headers) {
        PageQuery.check(uri);
        CsvStream.checkAccepted(headers);
        return exports.groups(Caller.of(identity));
    }
}
