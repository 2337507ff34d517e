package dev.roster.apikey;

import dev.roster.platform.persistence.OrganizationRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;

/**
 * What an account is told about its API key, whose id is that of its session. The key itself is a
 * signed token and kept nowhere.
 */
@Entity
@Table(name = "api_keys")
public class ApiKey extends OrganizationRow {
    @Column(name = "user_id")
    public UUID userId;

    public String name;

    /** The first characters of the key. */
    public String prefix;

    public String[] scopes;

    /** The account that made it, which may be gone. */
    @Column(name = "created_by")
    public UUID createdBy;
}
