package dev.roster.api.v1;

import dev.roster.api.QueryParameters;
import dev.roster.invite.InviteStatus;
import jakarta.ws.rs.QueryParam;

/** The query parameters of the list of invites. */
public class InviteListQuery extends PageQuery {
    @QueryParam("status")
    String status;

    InviteStatus wanted() {
        return QueryParameters.word("status", status, InviteStatus.class);
    }
}
