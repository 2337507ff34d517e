import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends sessions on one service while another is asked with their tokens without a pause, and prints
 * how long that one still accepted them.
 *
 * <p>Arguments: two addresses, a client and its secret, the number of tries.
 */
final class RevocationDelay {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    public static void main(String[] arguments) throws Exception {
        String one = arguments[0];
        String other = arguments[1];
        int tries = Integer.parseInt(arguments[4]);
        double[] milliseconds = new double[tries];
        int acceptedAfterAnswer = 0;
        for (int i = 0; i < tries; i++) {
            String token = token(one, arguments[2], arguments[3], "try-" + i);
            AtomicBoolean asking = new AtomicBoolean();
            CompletableFuture<Long> lastAccepted =
                    CompletableFuture.supplyAsync(() -> askUntilRefused(other, token, asking));
            while (!asking.get()) {
                Thread.onSpinWait();
            }
            long sent = System.nanoTime();
            int status = send(request(one + "/api/v1/users/me/sessions", token).DELETE());
            long answered = System.nanoTime();
            if (status != 204) {
                throw new IllegalStateException("ending a session was answered with " + status);
            }
            long accepted = lastAccepted.get();
            milliseconds[i] = Math.max(0, accepted - sent) / 1e6;
            acceptedAfterAnswer += accepted > answered ? 1 : 0;
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                "last accepted by another process after the request to end the session was sent:"
                        + " median %.1f ms, 99%% %.1f ms, longest %.1f ms; sent after the answer to it"
                        + " and still accepted: %d of %d%n",
                milliseconds[tries / 2],
                milliseconds[(int) Math.ceil(tries * 0.99) - 1],
                milliseconds[tries - 1],
                acceptedAfterAnswer,
                tries);
    }

    /** When the last request was sent that was accepted. */
    private static long askUntilRefused(String service, String token, AtomicBoolean asking) {
        long last = 0;
        while (true) {
            long sent = System.nanoTime();
            int status = send(request(service + "/api/v1/users/me", token));
            if (status == 401) {
                return last;
            }
            if (status != 200) {
                throw new IllegalStateException("answered with " + status);
            }
            last = sent;
            asking.set(true);
        }
    }

    /** A token in a session of its own: sessions are told apart by their user agents. */
    private static String token(String service, String client, String secret, String device)
            throws Exception {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes());
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(service + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("User-Agent", device)
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                        .build();
        Matcher answer = TOKEN.matcher(CLIENT.send(request, BodyHandlers.ofString()).body());
        if (!answer.find()) {
            throw new IllegalStateException("no token");
        }
        return answer.group(1);
    }

    private static HttpRequest.Builder request(String address, String token) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token);
    }

    private static int send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
