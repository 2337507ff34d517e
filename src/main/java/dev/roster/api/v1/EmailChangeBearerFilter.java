package dev.roster.api.v1;

import dev.roster.access.token.LinkPurpose;
import dev.roster.access.token.LinkTokens;
import jakarta.ws.rs.ext.Provider;

/** Lets through who holds the token of a change of e-mail address. */
@Provider
@EmailChangeBearer
public class EmailChangeBearerFilter extends LinkBearerFilter {
    EmailChangeBearerFilter(LinkTokens tokens) {
        super(tokens, LinkPurpose.EMAIL_CHANGE, "The token of a change of e-mail address is required, as Bearer.");
    }
}
