package dev.roster.api.v1;

import dev.roster.invite.InviteToken;
import dev.roster.invite.InviteTokens;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.security.BearerToken;
import io.quarkus.security.AuthenticationFailedException;
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

    private final InviteTokens tokens;

    InviteBearerFilter(InviteTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, tokens.verify(bearer(request)));
    }

    private static String bearer(ContainerRequestContext request) {
        try {
            return BearerToken.read(
                            request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of()),
                            BearerToken.BEARER)
                    .orElseThrow(InviteBearerFilter::required);
        } catch (AuthenticationFailedException malformed) {
            throw required();
        }
    }

    private static RosterException required() {
        return RosterException.of(
                ErrorCode.INVALID_TOKEN, "The token of an invite is required, as Bearer.");
    }

    /** The token that the filter has let through. */
    static InviteToken token(ContainerRequestContext request) {
        return (InviteToken) request.getProperty(PROPERTY);
    }
}
