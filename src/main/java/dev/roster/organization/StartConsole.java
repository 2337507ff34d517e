package dev.roster.organization;

import dev.roster.caller.TokenSettings;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

/**
 * Tells who starts the service how to call it. On the console and not in the log, which may be kept
 * for long: secrets are among it.
 */
@ApplicationScoped
public class StartConsole {
    private final TokenSettings settings;

    private volatile String clientId = "";

    StartConsole(TokenSettings settings) {
        this.settings = settings;
    }

    /** Shows a secret that nobody will see again. */
    void showNewSecret(String newClientId, String newSecret) {
        print("""

                The first client was made. Keep its secret now, it is not shown again:
                  client id:     %s
                  client secret: %s
                """.formatted(newClientId, newSecret));
    }

    /** Keeps what the commands need that are shown once the service answers. */
    void rememberClient(String knownClientId) {
        clientId = knownClientId;
    }

    void onListening(@ObservesAsync HttpServerStart start) {
        if (!settings.embedded()) {
            return;
        }
        String url = "http://localhost:" + start.options().getPort();
        print("""

                Roster answers on %1$s. A token, and the users with it, where
                ROSTER_ADMIN_CLIENT_SECRET holds the secret of the first client:

                  TOKEN=$(curl -s -u "%2$s:$ROSTER_ADMIN_CLIENT_SECRET" -d grant_type=client_credentials %1$s/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                  curl -s -H "Authorization: Bearer $TOKEN" %1$s/api/v1/users
                """.formatted(url, clientId));
    }

    private static void print(String text) {
        System.out.print(text);
        System.out.println();
        System.out.flush();
    }
}
