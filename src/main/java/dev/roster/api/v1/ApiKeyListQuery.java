package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.apikey.KeyFilter;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of the list of API keys. */
public class ApiKeyListQuery extends PageQuery {
    @QueryParam("owner")
    @Parameter(
            description =
                    "The keys of this user or service account instead of the caller's; another than"
                            + " the caller needs `clients:write`.")
    String owner;

    @QueryParam("all")
    @Parameter(
            description = "The keys of every account; needs `clients:write`.",
            schema = @Schema(type = SchemaType.BOOLEAN))
    String all;

    KeyFilter wanted() {
        boolean ofAll = Boolean.TRUE.equals(QueryParameters.flag("all", all));
        if (ofAll && owner != null) {
            throw RosterException.invalid(Place.QUERY, "all", "must not come with owner");
        }
        return new KeyFilter(QueryParameters.text("owner", owner), ofAll);
    }
}
