package dev.roster.access.grant;

import dev.roster.platform.persistence.OrganizationRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
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

    /** When the person proved who it is. */
    @Column(name = "authenticated_at")
    public Instant authenticatedAt;
}
