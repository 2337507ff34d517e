package dev.roster.api.v1;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.roster.api.error.Failures;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.http.StreamedResource;
import dev.roster.transfer.ImportMode;
import dev.roster.transfer.ImportOptions;
import dev.roster.transfer.ImportPart;
import dev.roster.transfer.Imports;
import dev.roster.transfer.LineResult;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestMulti;

/** Users from files of any length, each line of which is answered by a line. */
@Path(UserImportResource.PATH)
public class UserImportResource implements StreamedResource {
    static final String PATH = "/api/v1/users/import";

    // An empty line, which readers of NDJSON pass over
    private static final List<Object> NOTHING = List.of(new RawValue(""));

    private final Imports imports;
    private final ItemStream items;
    private final ImportFiles files;
    private final Failures failures;
    private final SecurityIdentity identity;

    UserImportResource(
            Imports imports, ItemStream items, ImportFiles files, Failures failures, SecurityIdentity identity) {
        this.imports = imports;
        this.items = items;
        this.files = files;
        this.failures = failures;
        this.identity = identity;
    }

    @Override
    public String path() {
        return PATH;
    }

    @POST
    @Produces(ItemStream.LINES)
    @PermissionsAllowed(Scope.USERS_WRITE)
    public RestMulti<byte[]> importUsers(
            @BeanParam ImportQuery query,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context RoutingContext http) {
        PageQuery.check(uri);
        ImportOptions options = query.options();
        Multi<ImportPart> parts = imports.run(Caller.of(identity), options, files.source(query, headers, http));
        return items.lines(parts.map(part -> lines(part, options)), line -> line);
    }

    private List<Object> lines(ImportPart part, ImportOptions options) {
        if (part.isSignOfLife()) {
            return NOTHING;
        }
        List<Object> lines = new ArrayList<>();
        for (LineResult result : part.results()) {
            lines.add(ImportResultBody.of(result, error(result.refusal())));
        }
        if (part.summary() != null) {
            boolean sync = options.mode() == ImportMode.SYNC;
            lines.add(ImportSummaryBody.of(
                    part.summary(), sync, error(part.summary().stopped())));
        }
        return lines;
    }

    private ImportResultBody.Refusal error(Throwable failure) {
        return failure == null
                ? null
                : ImportResultBody.Refusal.of(ProblemRenderer.ofAccount(failures.translate(failure)));
    }
}
