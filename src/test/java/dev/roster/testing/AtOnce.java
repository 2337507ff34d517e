package dev.roster.testing;

import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Does something several times at once. Not by a parallel stream: in a test that runs beside another its threads are those of
 * the tests, some of which see the classes of another application.
 */
public final class AtOnce {
    private AtOnce() {}

    /** What the action gives for the numbers from 0, in their order; as many at once as there are processors. */
    public static <T> List<T> each(int times, IntFunction<T> action) {
        return each(times, Runtime.getRuntime().availableProcessors(), action);
    }

    /** The same, all at once. */
    public static <T> List<T> all(int times, IntFunction<T> action) {
        return each(times, times, action);
    }

    /** Answers to requests sent all at once; one that waited too long for a connection of the database is sent again. */
    public static List<Response> answers(int times, IntFunction<Response> request) {
        return all(times, i -> Http.untilServed(() -> request.apply(i), Response::statusCode));
    }

    private static <T> List<T> each(int times, int atOnce, IntFunction<T> action) {
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        ExecutorService threads = Executors.newFixedThreadPool(atOnce, work -> {
            Thread thread = new Thread(work);
            thread.setContextClassLoader(classes);
            return thread;
        });
        try {
            return IntStream.range(0, times)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> action.apply(i), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            threads.shutdown();
        }
    }
}
