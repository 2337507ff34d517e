package dev.roster.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.Stream;

/** What threads compute, however long they wait for a processor. */
public final class ThreadTime {
    private ThreadTime() {}

    /** The nanoseconds so far of those that are there with names that begin so. */
    public static long of(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith(name))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }
}
