package dev.roster.invite;

import dev.roster.caller.Role;
import dev.roster.platform.persistence.LeadingWord;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.validation.Word;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/** The columns of an {@link InviteView} and how a row of them is read. */
final class InviteRows {
    static final String SELECT = """
            SELECT i.id, i.email, i.display_name, i.role, i.status, i.user_id, inviter.username,
             i.expires_at, i.accepted_at, i.created_at, i.updated_at,
             (SELECT json_agg(g.name ORDER BY g.name) FROM groups g
               WHERE g.organization_id = $1 AND g.id = ANY (i.group_ids)),
             i.mail_status
            FROM invites i
            LEFT JOIN users inviter ON inviter.organization_id = i.organization_id AND inviter.id = i.invited_by
            """;

    private InviteRows() {}

    /** The invites of a status as readers see it, behind the id $2, the newest first; some conditions ask for the present time as $3. */
    static String behind(InviteStatus status) {
        if (status == null) {
            return " AND i.id < $2 ORDER BY i.id DESC";
        }
        return switch (status) {
            case PENDING -> behind("pending", " AND i.expires_at > $3");
            case EXPIRED ->
                " AND i.id < $2 AND i.status IN ('expired', 'pending')"
                        + " AND (i.status = 'expired' OR i.expires_at <= $3) ORDER BY i.id DESC";
            case ACCEPTED -> behind("accepted", "");
            case REVOKED -> behind("revoked", "");
        };
    }

    private static String behind(String status, String condition) {
        String place = new LeadingWord("i.status", status).at("<", List.of("i.id"), List.of("$2"));
        return " AND " + place + condition + " ORDER BY i.status DESC, i.id DESC";
    }

    static InviteReads.CurrentInvite current(Row row) {
        return new InviteReads.CurrentInvite(
                state(row), row.getString(3), row.getString(4), row.getBoolean(5), row.getInteger(6));
    }

    /** Of a row that begins with its status, the id of its token and its end. */
    static InviteState state(Row row) {
        InviteStatus status = Word.of(InviteStatus.class, row.getString(0)).orElseThrow();
        return new InviteState(status, row.getUUID(1), Rows.instant(row, 2));
    }

    static InviteView view(Tuple row, Instant now) {
        InviteStatus status = Word.of(InviteStatus.class, row.getString(4)).orElseThrow();
        Instant expiresAt = Rows.instant(row, 7);
        return new InviteView(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                Role.of(row.getString(3)).orElseThrow(),
                names((JsonArray) row.getValue(11)),
                InviteState.shown(status, expiresAt, now),
                row.getUUID(5),
                row.getString(6),
                expiresAt,
                Rows.instant(row, 8),
                Rows.instant(row, 9),
                Rows.instant(row, 10),
                Word.of(MailStatus.class, row.getString(12)).orElse(null));
    }

    private static List<String> names(JsonArray json) {
        return json == null ? List.of() : json.stream().map(String.class::cast).toList();
    }
}
