package dev.roster.web;

import dev.roster.access.token.OAuthError;
import dev.roster.api.oauth2.Form;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request at the authorization endpoint, with the query that it came with.
 *
 * @param mark of the way back from the sign-in, which is not part of the query
 * @param decision empty where the person was not asked yet
 * @param shown the scopes that it was asked for, separated by spaces; empty with the decision
 */
record AuthorizeVisit(
        RoutingContext request,
        String query,
        Form parameters,
        Optional<String> mark,
        Optional<String> decision,
        Optional<String> shown) {
    static final String MARK = "asked";

    /**
     * Reads one.
     *
     * @param consent the form that the person has sent; empty for none
     * @throws OAuthError if a parameter is malformed, or there twice
     */
    static AuthorizeVisit read(RoutingContext request, String query, Optional<Form> consent) {
        String asked = Arrays.stream(query.split("&", -1))
                .filter(pair -> !pair.startsWith(MARK + "="))
                .collect(Collectors.joining("&"));
        Form parameters = Form.parse(query.getBytes(StandardCharsets.UTF_8));
        return new AuthorizeVisit(
                request,
                asked,
                parameters,
                parameters.get(MARK),
                consent.flatMap(form -> form.get("decision")),
                consent.flatMap(form -> form.get("scope")));
    }

    /** Whether the person has seen a scope, if it has decided: more may have become possible since. */
    boolean hasShown(String scope) {
        return shown.map(scopes -> List.of(scopes.split(" ", -1)).contains(scope))
                .orElse(true);
    }
}
