package dev.roster.platform.http;

import io.netty.util.concurrent.EventExecutor;

/** Takes steps on the loop of their connection. */
final class EventLoops {
    private EventLoops() {}

    /** At once where it is there already. */
    static void run(EventExecutor loop, Runnable step) {
        if (loop.inEventLoop()) {
            step.run();
        } else {
            loop.execute(step);
        }
    }

    /** At once where it is there already; else behind all that the loop is given by whoever holds the lock now. */
    static void runBehind(EventExecutor loop, Object lock, Runnable step) {
        if (loop.inEventLoop()) {
            step.run();
            return;
        }
        loop.execute(() -> {
            synchronized (lock) {
                loop.execute(step);
            }
        });
    }
}
