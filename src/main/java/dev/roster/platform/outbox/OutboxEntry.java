package dev.roster.platform.outbox;

import dev.roster.platform.persistence.OrganizationRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A message that waits to be sent, or was sent lately. */
@Entity
@Table(name = "outbox")
public class OutboxEntry extends OrganizationRow {
    public String topic;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> payload;

    public int attempts;

    @Column(name = "next_attempt_at")
    public Instant nextAttemptAt;
}
