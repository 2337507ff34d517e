package dev.roster.access.application;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Rows that go with their application, so many that one statement could not delete them; whoever writes their tables does. */
public interface ApplicationRows {
    /** Deletes those of an application that was removed, part after part, but for what others hold. */
    Uni<Void> delete(UUID organizationId, UUID applicationId);
}
