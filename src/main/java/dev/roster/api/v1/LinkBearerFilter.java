package dev.roster.api.v1;

import dev.roster.access.token.BearerToken;
import dev.roster.access.token.LinkPurpose;
import dev.roster.access.token.LinkToken;
import dev.roster.access.token.LinkTokens;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Takes the token of a link in a mail from the request, before its body is read. The mechanism for
 * access tokens never sees it: the operation permits all, and this is what stands before it.
 */
abstract class LinkBearerFilter implements ContainerRequestFilter {
    private static final String PROPERTY = LinkBearerFilter.class.getName();

    private final LinkTokens tokens;
    private final LinkPurpose purpose;
    private final String missing;

    LinkBearerFilter(LinkTokens tokens, LinkPurpose purpose, String missing) {
        this.tokens = tokens;
        this.purpose = purpose;
        this.missing = missing;
    }

    /** Stands before {@link LinkBearer.Invite}. */
    @Provider
    @LinkBearer.Invite
    public static class OfInvite extends LinkBearerFilter {
        OfInvite(LinkTokens tokens) {
            super(tokens, LinkPurpose.INVITE, "The token of an invite is required, as Bearer.");
        }
    }

    /** Stands before {@link LinkBearer.EmailChange}. */
    @Provider
    @LinkBearer.EmailChange
    public static class OfEmailChange extends LinkBearerFilter {
        OfEmailChange(LinkTokens tokens) {
            super(tokens, LinkPurpose.EMAIL_CHANGE, "The token of a change of e-mail address is required, as Bearer.");
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, tokens.verify(purpose, bearer(request)));
    }

    private String bearer(ContainerRequestContext request) {
        try {
            return BearerToken.read(
                            request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of()), BearerToken.BEARER)
                    .orElseThrow(this::required);
        } catch (AuthenticationFailedException malformed) {
            throw required();
        }
    }

    private RosterException required() {
        return RosterException.of(ErrorCode.INVALID_TOKEN, missing);
    }

    /** The token that the filter has let through. */
    static LinkToken token(ContainerRequestContext request) {
        return (LinkToken) request.getProperty(PROPERTY);
    }
}
