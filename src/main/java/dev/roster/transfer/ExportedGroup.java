package dev.roster.transfer;

import java.util.UUID;

/**
 * A group as it could be made again, without its members: they name it.
 *
 * @param metadata as JSON
 */
public record ExportedGroup(
        UUID id, String name, String displayName, String ssoName, String description, String metadata) {}
