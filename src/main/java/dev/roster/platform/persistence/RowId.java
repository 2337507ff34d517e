package dev.roster.platform.persistence;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of every row that an organization owns. */
public record RowId(UUID organizationId, UUID id) implements Serializable {}
