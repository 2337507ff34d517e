package dev.roster.revocation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The revocations that still matter, in memory: asked on every request, without a lock. */
@ApplicationScoped
public class RevokedSubjects {
    private record Entry(int generation, long expiresAt, long news) {
        static Entry later(Entry one, Entry other) {
            return new Entry(
                    Math.max(one.generation, other.generation),
                    Math.max(one.expiresAt, other.expiresAt),
                    Math.max(one.news, other.news));
        }
    }

    private final Map<UUID, Entry> users = new ConcurrentHashMap<>();
    private final Map<UUID, Entry> sessions = new ConcurrentHashMap<>();
    private final Map<UUID, Entry> organizations = new ConcurrentHashMap<>();
    private final Map<String, Entry> clients = new ConcurrentHashMap<>();
    private final AtomicLong news = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile long readSince;
    private final int limit;

    RevokedSubjects(RevocationSettings settings) {
        limit = settings.size();
    }

    /** Whether this session has been ended. */
    public boolean hasSession(UUID sessionId) {
        return sessions.containsKey(sessionId);
    }

    /**
     * Whether the client of this public identifier has been revoked for tokens of a generation of
     * its account: one that is set anew goes on with the next.
     */
    public boolean hasClient(String clientId, int generation) {
        Entry entry = clients.get(clientId);
        // Earlier versions name none, and mean all
        return entry != null && (entry.generation == 0 || entry.generation > generation);
    }

    /** Whether the tokens of a generation of an account are revoked, or those of a generation of its organization. */
    public boolean hasGeneration(UUID userId, int generation, UUID organizationId, int organizationGeneration) {
        return generation(userId) > generation || organizationGeneration(organizationId) > organizationGeneration;
    }

    /** The first generation of an account's tokens that is not revoked. */
    int generation(UUID userId) {
        Entry entry = users.get(userId);
        return entry == null ? 0 : entry.generation;
    }

    private int organizationGeneration(UUID organizationId) {
        Entry entry = organizations.get(organizationId);
        return entry == null ? 0 : entry.generation;
    }

    /**
     * A number that differs as soon as something more was heard of the account or its organization;
     * it means nothing else.
     */
    public long news(UUID organizationId, UUID userId) {
        Entry account = users.get(userId);
        Entry organization = organizations.get(organizationId);
        return Math.max(account == null ? 0 : account.news, organization == null ? 0 : organization.news);
    }

    /** How many are remembered. */
    public int size() {
        return users.size() + sessions.size() + organizations.size() + clients.size();
    }

    /** Remembers one. Beyond the limit it is dropped, and the memory no longer complete. */
    void add(Revocation revocation) {
        if (size() >= limit && !has(revocation)) {
            dropped.incrementAndGet();
            return;
        }
        Entry entry = new Entry(revocation.generation(), revocation.expiresAt().toEpochMilli(), news.incrementAndGet());
        switch (revocation.kind()) {
            case USER -> users.merge(UUID.fromString(revocation.subject()), entry, Entry::later);
            case SESSION -> sessions.merge(UUID.fromString(revocation.subject()), entry, Entry::later);
            case ORGANIZATION -> organizations.merge(UUID.fromString(revocation.subject()), entry, Entry::later);
            case CLIENT -> clients.merge(revocation.subject(), entry, Entry::later);
        }
    }

    private boolean has(Revocation revocation) {
        return switch (revocation.kind()) {
            case USER -> users.containsKey(UUID.fromString(revocation.subject()));
            case SESSION -> sessions.containsKey(UUID.fromString(revocation.subject()));
            case ORGANIZATION -> organizations.containsKey(UUID.fromString(revocation.subject()));
            case CLIENT -> clients.containsKey(revocation.subject());
        };
    }

    /** Whether none was dropped since all of them began to be read. */
    boolean isComplete() {
        return dropped.get() == readSince;
    }

    /** How many were dropped so far. */
    long dropped() {
        return dropped.get();
    }

    /**
     * All of them were read.
     *
     * @param droppedBefore how many were dropped when that began
     */
    void allRead(long droppedBefore) {
        readSince = droppedBefore;
    }

    /** Forgets those whose tokens have all expired. */
    void forget(Instant now) {
        long past = now.toEpochMilli();
        users.values().removeIf(entry -> entry.expiresAt <= past);
        sessions.values().removeIf(entry -> entry.expiresAt <= past);
        organizations.values().removeIf(entry -> entry.expiresAt <= past);
        clients.values().removeIf(entry -> entry.expiresAt <= past);
    }
}
