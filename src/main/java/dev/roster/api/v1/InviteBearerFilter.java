package dev.roster.api.v1;

import dev.roster.invite.InviteToken;
import dev.roster.invite.InviteTokens;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Takes the token of an invite from the request, before its body is read. The mechanism for access
 * tokens never sees it: the operation permits all, and this is what stands before it.
 */
@Provider
@InviteBearer
public class InviteBearerFilter implements ContainerRequestFilter {
    private static final String PROPERTY = InviteBearerFilter.class.getName();
    private static final String SCHEME = "Bearer ";

    private final InviteTokens tokens;

    InviteBearerFilter(InviteTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> values = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (values == null || values.size() != 1 || !isBearer(values.get(0))) {
            throw RosterException.of(
                    ErrorCode.INVALID_TOKEN, "The token of an invite is required, as Bearer.");
        }
        request.setProperty(
                PROPERTY, tokens.verify(values.get(0).substring(SCHEME.length()).strip()));
    }

    /** The token that the filter has let through. */
    static InviteToken token(ContainerRequestContext request) {
        return (InviteToken) request.getProperty(PROPERTY);
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }
}
