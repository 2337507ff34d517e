package dev.roster.platform.database;

import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may use a connection: as many at once as the pool has connections, the others in the order in which they came. It
 * knows at any time how many there are of both, whatever became of the clients. Of turns and of places in the queue a
 * quarter is kept from any single owner, so that one whose statements hang does not stop the others.
 */
final class Turns {
    private final int size;
    private final int queue;
    private final Set<Turn> waiting = new LinkedHashSet<>();
    private final Map<Object, Share> shares = new HashMap<>();
    private int taken;
    private int held;

    Turns(int size, int queue) {
        this.size = size;
        this.queue = queue;
    }

    /** What one owner has of all. */
    private static final class Share {
        private int taken;
        private int waiting;

        /** Those that wait until their owner has fewer turns. */
        private final Set<Turn> held = new LinkedHashSet<>();
    }

    /**
     * Asks for a turn.
     *
     * @param owner whose work it is for; null is nobody's in particular, and unbounded
     * @param granted completed when it has come, or failed at once where too many wait; what completes it otherwise
     *     gives the wait up
     */
    Turn ask(Object owner, Promise<Void> granted) {
        Turn turn = new Turn(owner, granted);
        Boolean now;
        synchronized (this) {
            now = admit(turn);
        }
        if (now == null) {
            granted.fail(new NoConnectionException("as many requests wait for a connection as may"));
        } else if (now) {
            granted.complete();
        }
        return turn;
    }

    /** How many are taken. */
    synchronized int taken() {
        return taken;
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting.size() + held;
    }

    private Boolean admit(Turn turn) {
        Share share = turn.owner == null ? null : shares.computeIfAbsent(turn.owner, first -> new Share());
        boolean bounded = share != null && share.taken >= WorkOwner.share(turn.owner, size);
        if (taken < size && !bounded) {
            take(turn, share);
            return true;
        }
        if (waiting() >= queue || (share != null && share.waiting >= WorkOwner.share(turn.owner, queue))) {
            if (share != null) {
                forget(turn.owner, share);
            }
            return null;
        }
        if (share != null) {
            share.waiting++;
        }
        if (bounded) {
            held++;
            share.held.add(turn);
        } else {
            waiting.add(turn);
        }
        return false;
    }

    private void take(Turn turn, Share share) {
        taken++;
        turn.taken = true;
        if (share != null) {
            share.taken++;
        }
    }

    /** The next one that may be taken. */
    private Turn next() {
        while (taken < size && !waiting.isEmpty()) {
            Turn first = waiting.iterator().next();
            waiting.remove(first);
            Share share = shares.get(first.owner);
            if (share == null || share.taken < WorkOwner.share(first.owner, size)) {
                if (share != null) {
                    share.waiting--;
                }
                take(first, share);
                return first;
            }
            held++;
            share.held.add(first);
        }
        return null;
    }

    private void release(Turn turn) {
        Share share = shares.get(turn.owner);
        turn.taken = false;
        taken--;
        if (share != null) {
            share.taken--;
            free(share);
            forget(turn.owner, share);
        }
    }

    private void free(Share share) {
        if (!share.held.isEmpty()) {
            Turn freed = share.held.iterator().next();
            share.held.remove(freed);
            held--;
            waiting.add(freed);
        }
    }

    private void giveUp(Turn turn) {
        Share share = shares.get(turn.owner);
        boolean heldBack = share != null && share.held.remove(turn);
        if (heldBack) {
            held--;
        }
        boolean waited = waiting.remove(turn);
        if ((waited || heldBack) && share != null) {
            share.waiting--;
            if (waited) {
                // It may have been the one that was freed: the next one of its owner takes its place
                free(share);
            }
            forget(turn.owner, share);
        }
    }

    private void forget(Object owner, Share share) {
        if (share.taken == 0 && share.waiting == 0) {
            shares.remove(owner);
        }
    }

    /** A turn that is awaited, taken or over. */
    final class Turn {
        private final Object owner;
        private final Promise<Void> granted;
        private boolean taken;

        private Turn(Object owner, Promise<Void> granted) {
            this.owner = owner;
            this.granted = granted;
        }

        /** Gives it back, or the wait for it up; the second time does nothing. */
        void end() {
            Turn next = null;
            synchronized (Turns.this) {
                if (taken) {
                    release(this);
                    next = next();
                } else {
                    giveUp(this);
                }
            }
            if (next != null) {
                // Who has given up meanwhile gives it back
                next.granted.tryComplete();
            }
        }
    }
}
