package dev.roster.api.zenml;

import dev.roster.api.QueryParameters;
import dev.roster.platform.paging.Slice;
import dev.roster.user.UserFilter;
import dev.roster.user.UserKind;
import jakarta.ws.rs.QueryParam;

/** The query of the list of users: all given filters must hold. */
public class ZenmlListQuery {
    private static final int LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    @QueryParam("offset")
    String offset;

    @QueryParam("limit")
    String limit;

    @QueryParam("user_id")
    String userId;

    @QueryParam("oauth_provider")
    String oauthProvider;

    @QueryParam("oauth_id")
    String oauthId;

    @QueryParam("email")
    String email;

    @QueryParam("is_active")
    String active;

    UserFilter filter() {
        return new UserFilter(
                UserKind.PERSON,
                null,
                null,
                QueryParameters.flag("is_active", active),
                null,
                QueryParameters.text("email", email),
                null,
                QueryParameters.uuid("user_id", userId),
                QueryParameters.text("oauth_provider", oauthProvider),
                QueryParameters.text("oauth_id", oauthId));
    }

    Slice slice() {
        return new Slice(
                QueryParameters.number("offset", offset, 0, 0, Slice.MAX_OFFSET),
                QueryParameters.number("limit", limit, LIMIT, 1, MAX_LIMIT));
    }
}
