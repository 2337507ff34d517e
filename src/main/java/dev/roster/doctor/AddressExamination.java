package dev.roster.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.platform.error.Causes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the addresses that the settings name: the service's own, as its clients do, and those of trusted issuers. */
final class AddressExamination {
    private static final ObjectMapper JSON = new ObjectMapper();
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

    /** As the service does: what the issuer says of itself, and its keys. */
    private void trusted(String prefix, String issuer) {
        if (variables.environment().containsKey(prefix + "JWKS_FILE")) {
            return;
        }
        String set =
                variables.environment().getOrDefault(prefix + "JWKS_URL", "").strip();
        Optional<String> keys = set.isEmpty() ? keysOf(prefix, issuer) : Optional.of(set);
        keys.ifPresent(url -> document(prefix, url).ifPresent(found -> {
            int number = found.path("keys").size();
            if (number > 0) {
                findings.ok("trusted_issuers", url + " has keys: " + number);
            } else {
                findings.error("trusted_issuers", url + " has no keys, look at " + prefix + "*");
            }
        }));
    }

    /** OpenID Connect Discovery section 4.1: a slash at the end of the issuer is not doubled. */
    private Optional<String> keysOf(String prefix, String issuer) {
        String url = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        return document(prefix, url).flatMap(metadata -> {
            String named = metadata.path("issuer").asText();
            String keys = metadata.path("jwks_uri").asText();
            if (named.equals(issuer) && !keys.isEmpty()) {
                return Optional.of(keys);
            }
            findings.error(
                    "trusted_issuers",
                    named.equals(issuer)
                            ? url + " names no jwks_uri"
                            : url + " says the issuer is '" + named + "', which has to be that of " + prefix
                                    + "ISSUER character by character");
            return Optional.empty();
        });
    }

    /** What is read there; empty where it is told what is wrong. */
    private Optional<JsonNode> document(String prefix, String url) {
        try {
            HttpResponse<String> answer = get(url);
            if (answer.statusCode() == 200) {
                return Optional.of(JSON.readTree(answer.body()));
            }
            findings.error("trusted_issuers", url + " answers %s, look at %s*".formatted(answer.statusCode(), prefix));
        } catch (JsonProcessingException malformed) {
            findings.error("trusted_issuers", url + " answers no JSON, look at " + prefix + "*");
        } catch (IOException | IllegalArgumentException failure) {
            findings.error(
                    "trusted_issuers",
                    url + " is not reached, its tokens cannot be verified: " + Causes.firstLine(failure));
        }
        return Optional.empty();
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
