package dev.roster.access.apikey;

import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;

/**
 * What an account is told about its API key, whose id is that of its session. The key itself is a
 * signed token and kept nowhere.
 */
@Entity
@Table(name = "api_keys")
public class ApiKey extends OrganizationRow {
    private static final String OPEN_OF_OWNER = """
            from ApiKey k where k.organizationId = ?1 and k.userId = ?2 and exists (
              from Session s where s.organizationId = ?1 and s.id = k.id and s.endedAt is null)
             order by k.id
            """;

    @Column(name = "user_id")
    public UUID userId;

    public String name;

    /** The first characters of the key. */
    public String prefix;

    public String[] scopes;

    /** The account that made it, which may be gone. */
    @Column(name = "created_by")
    public UUID createdBy;

    /** Those of an account that are not revoked. */
    static Uni<List<ApiKey>> openOf(User owner) {
        return list(OPEN_OF_OWNER, owner.organizationId, owner.id);
    }
}
