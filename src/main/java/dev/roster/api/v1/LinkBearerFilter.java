package dev.roster.api.v1;

import dev.roster.access.token.BearerToken;
import dev.roster.access.token.LinkPurpose;
import dev.roster.access.token.LinkToken;
import dev.roster.access.token.LinkTokens;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

/**
 * Takes the token of a link in a mail from the request, before its body is read. The mechanism for
 * access tokens never sees it: the operation permits all, and this is what stands before it.
 */
@Provider
@LinkBearer
public class LinkBearerFilter implements ResteasyReactiveContainerRequestFilter {
    private static final String PROPERTY = LinkBearerFilter.class.getName();
    private static final Map<Class<?>, Link> LINKS = Map.of(
            InvitesResource.class,
            new Link(LinkPurpose.INVITE, "The token of an invite is required, as Bearer."),
            EmailChangesResource.class,
            new Link(LinkPurpose.EMAIL_CHANGE, "The token of a change of e-mail address is required, as Bearer."));

    private final LinkTokens tokens;

    LinkBearerFilter(LinkTokens tokens) {
        this.tokens = tokens;
    }

    private record Link(LinkPurpose purpose, String missing) {
        RosterException required() {
            return RosterException.of(ErrorCode.INVALID_TOKEN, missing);
        }
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request) {
        Link link = LINKS.get(((ResteasyReactiveRequestContext) request.getServerRequestContext())
                .getTarget()
                .getResourceClass());
        request.setProperty(PROPERTY, tokens.verify(link.purpose(), bearer(request, link)));
    }

    private static String bearer(ContainerRequestContext request, Link link) {
        try {
            return BearerToken.read(
                            request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of()), BearerToken.BEARER)
                    .orElseThrow(link::required);
        } catch (AuthenticationFailedException malformed) {
            throw link.required();
        }
    }

    /** The token that the filter has let through. */
    static LinkToken token(ContainerRequestContext request) {
        return (LinkToken) request.getProperty(PROPERTY);
    }
}
