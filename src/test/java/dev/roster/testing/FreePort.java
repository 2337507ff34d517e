package dev.roster.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for what listens later, or in another process. The system gives those above to whoever asks for any, and may do so
 * before this one is listened on.
 */
public final class FreePort {
    // A browser does not open 10080, which others use for backups
    private static final int FIRST = 10_081;
    private static final int LAST = 32_767;

    // Quarkus may load this class once per test profile: only system properties are common
    private static final String GIVEN = "roster.testing.port";

    private FreePort() {}

    /** One that nobody listens on, and that this process has not been given before. */
    public static int next() {
        int port = following();
        for (int tries = FIRST; !isFree(port); tries++) {
            if (tries == LAST) {
                throw new IllegalStateException("no port is free");
            }
            port = following();
        }
        return port;
    }

    // Another suite on this machine begins at another place
    private static int following() {
        Object given = System.getProperties()
                .compute(
                        GIVEN,
                        (name, before) -> Integer.toString(
                                before == null
                                        ? ThreadLocalRandom.current().nextInt(FIRST, LAST + 1)
                                        : after(Integer.parseInt(before.toString()))));
        return Integer.parseInt(given.toString());
    }

    private static int after(int port) {
        return port == LAST ? FIRST : port + 1;
    }

    // Not every system tells of one who listens at one address whoever asks for all of them
    private static boolean isFree(int port) {
        return isFree(new InetSocketAddress(port))
                && isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(false);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
