package dev.roster.api.v1;

import dev.roster.invite.InviteStatus;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of the list of invites. */
public class InviteListQuery extends PageQuery {
    @QueryParam("status")
    @Parameter(
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"pending", "accepted", "revoked", "expired"}))
    String status;

    InviteStatus wanted() {
        return ListQuery.word(
                "status", status, InviteStatus::of, "pending, accepted, revoked, expired");
    }
}
