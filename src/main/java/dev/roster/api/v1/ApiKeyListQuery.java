package dev.roster.api.v1;

import dev.roster.access.apikey.KeyFilter;
import dev.roster.api.QueryParameters;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import jakarta.ws.rs.QueryParam;

/** The query parameters of the list of API keys. */
public class ApiKeyListQuery extends PageQuery {
    @QueryParam("owner")
    String owner;

    @QueryParam("all")
    String all;

    KeyFilter wanted() {
        boolean ofAll = QueryParameters.flag("all", all);
        if (ofAll && owner != null) {
            throw RosterException.invalid(Place.QUERY, "all", "must not come with owner");
        }
        return new KeyFilter(QueryParameters.text("owner", owner), ofAll);
    }
}
