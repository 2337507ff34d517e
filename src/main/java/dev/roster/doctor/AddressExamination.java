package dev.roster.doctor;

import dev.roster.platform.error.Causes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the addresses that the settings name: the service's own, as its clients do, and those of trusted issuers. */
final class AddressExamination {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern TRUSTED = Pattern.compile("(ROSTER_TRUSTED_ISSUERS__[A-Z0-9]+__)ISSUER");

    private static final Pattern OWN_NAME = Pattern.compile("\"issuer\"\\s*:\\s*\"([^\"]*)\"");

    private final Variables variables;
    private final Findings findings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    AddressExamination(Variables variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    void examine() {
        String issuer =
                variables.environment().getOrDefault("ROSTER_ISSUER", "").strip();
        if (!issuer.isEmpty()) {
            own(issuer);
        }
        for (Map.Entry<String, String> variable : variables.environment().entrySet()) {
            Matcher trusted = TRUSTED.matcher(variable.getKey());
            if (trusted.matches()) {
                trusted(trusted.group(1), variable.getValue().strip());
            }
        }
    }

    /** Where the service does not run yet nobody answers, so that this is no more than a warning. */
    private void own(String issuer) {
        String url = issuer + "/.well-known/oauth-authorization-server";
        try {
            HttpResponse<String> answer = get(url);
            Matcher name = OWN_NAME.matcher(answer.body());
            if (answer.statusCode() != 200 || !name.find()) {
                findings.warning("issuer", url + " answers %s, and not as Roster".formatted(answer.statusCode()));
            } else if (name.group(1).equals(issuer)) {
                findings.ok("issuer", issuer + " is this service");
            } else {
                findings.error(
                        "issuer",
                        url + " says the issuer is " + name.group(1)
                                + ": clients compare it character by character with ROSTER_ISSUER");
            }
        } catch (IOException | IllegalArgumentException failure) {
            findings.warning(
                    "issuer",
                    url + " is not reached: " + Causes.firstLine(failure)
                            + "; clients call that address, look at DNS, proxy and certificate unless nothing runs yet");
        }
        if (issuer.startsWith("http://") && !issuer.matches("http://(localhost|127\\.[0-9.]+)(:.*)?")) {
            findings.warning("issuer", "ROSTER_ISSUER is not https: secrets and tokens cross the network in the clear");
        }
    }

    private void trusted(String prefix, String issuer) {
        String keys =
                variables.environment().getOrDefault(prefix + "JWKS_URL", "").strip();
        String url = keys.isEmpty() ? issuer + "/.well-known/openid-configuration" : keys;
        if (variables.environment().containsKey(prefix + "JWKS_FILE")) {
            return;
        }
        try {
            HttpResponse<String> answer = get(url);
            if (answer.statusCode() == 200) {
                findings.ok("trusted_issuers", url + " answers");
            } else {
                findings.error(
                        "trusted_issuers", url + " answers %s, look at %s*".formatted(answer.statusCode(), prefix));
            }
        } catch (IOException | IllegalArgumentException failure) {
            findings.error(
                    "trusted_issuers",
                    url + " is not reached, its tokens cannot be verified: " + Causes.firstLine(failure));
        }
    }

    private HttpResponse<String> get(String url) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("the process was told to end", interrupted);
        }
    }
}
