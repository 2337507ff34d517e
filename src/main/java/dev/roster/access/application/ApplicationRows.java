package dev.roster.access.application;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Rows that go with their application, too many for one statement; whoever writes their tables deletes them. */
public interface ApplicationRows {
    /** Deletes those of an application that was removed, part after part, but for what others hold. */
    Uni<Void> delete(UUID organizationId, UUID applicationId);
}
