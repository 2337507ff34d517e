package dev.roster.platform.outbox;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * A message as its topic wrote it.
 *
 * @param id the same at every attempt
 * @param payload what is needed to make the message at the time it is sent, and no secret
 */
public record OutboxMessage(UUID organizationId, UUID id, JsonObject payload) {}
