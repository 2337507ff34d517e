package dev.roster.api.zenml;

import dev.roster.api.QueryParameters;
import dev.roster.platform.paging.Slice;
import dev.roster.user.UserFilter;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The query of the list of users: all given filters must hold. */
public class ZenmlListQuery {
    static final Set<String> NAMES =
            Set.of("offset", "limit", "user_id", "oauth_provider", "oauth_id", "email", "is_active");

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
        return UserFilter.ofPersons(
                QueryParameters.word("is_active", active, ZenmlListQuery::bool, "true, false and their like"),
                QueryParameters.text("email", email),
                QueryParameters.uuid("user_id", userId),
                QueryParameters.text("oauth_provider", oauthProvider),
                QueryParameters.text("oauth_id", oauthId));
    }

    /** The words that FastAPI takes: clients of this contract send Python's True and False. */
    private static Optional<Boolean> bool(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on", "t", "y" -> Optional.of(true);
            case "false", "0", "no", "off", "f", "n" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    Slice slice() {
        return new Slice(
                QueryParameters.number("offset", offset, 0, 0, Slice.MAX_OFFSET),
                QueryParameters.number("limit", limit, LIMIT, 1, MAX_LIMIT));
    }
}
