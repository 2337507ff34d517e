package dev.roster.access.grant;

import dev.roster.caller.Role;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.user.User;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What a person has let an application do; its id is that of the session it lasts for. */
@Entity
@Table(name = "application_grants")
public class ApplicationGrant extends OrganizationRow {
    @Column(name = "application_id")
    public UUID applicationId;

    /** The session of the browser that it was given in; null where that is not known. */
    @Column(name = "browser_session_id")
    public UUID browserSessionId;

    public String[] scopes;

    /** When the person proved who it is; the epoch where that is not known. */
    @Column(name = "authenticated_at")
    public Instant authenticatedAt;

    /** What the issuer lets the person do at most who signed in through it; null where it did not. */
    @Column(name = "foreign_role")
    @Enumerated(EnumType.STRING)
    public Role foreignRole;

    /** What the application does at most for an account as that is at present. */
    Role role(User account) {
        return account.role.atMost(foreignRole);
    }
}
