package dev.roster.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Which events are read.
 *
 * @param actor the account that did it; null for every one
 * @param target on what or whom it was done; null for everything
 * @param types empty for all
 * @param since inclusive; null for the beginning
 * @param until exclusive; null for the present
 * @param oldestFirst the order
 */
public record AuditFilter(
        UUID actor, UUID target, List<AuditType> types, Instant since, Instant until, boolean oldestFirst) {}
