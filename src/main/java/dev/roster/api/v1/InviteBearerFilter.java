package dev.roster.api.v1;

import dev.roster.access.token.LinkPurpose;
import dev.roster.access.token.LinkTokens;
import jakarta.ws.rs.ext.Provider;

/** Lets through who holds the token of an invite. */
@Provider
@InviteBearer
public class InviteBearerFilter extends LinkBearerFilter {
    InviteBearerFilter(LinkTokens tokens) {
        super(tokens, LinkPurpose.INVITE, "The token of an invite is required, as Bearer.");
    }
}
