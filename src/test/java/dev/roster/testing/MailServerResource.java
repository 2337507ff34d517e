package dev.roster.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives the service a mail server's address; the tests start and stop the server there. */
public final class MailServerResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        String port = Integer.toString(FreePort.next());
        // The settings of a packaged service are not those of its tests
        System.setProperty(MailServer.PORT, port);
        return Map.of(
                "roster.mail.host", "127.0.0.1",
                "roster.mail.port", port,
                "roster.mail.from", "roster@example.org",
                "roster.mail.start-tls", "DISABLED",
                "roster.outbox.poll", "0.2S",
                "roster.outbox.first-wait", "0.2S",
                "roster.outbox.longest-wait", "1S");
    }

    @Override
    public void stop() {}
}
