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
}
