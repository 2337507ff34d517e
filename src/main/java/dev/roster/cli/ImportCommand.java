package dev.roster.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a file to an import; the status is 1 where anything of it was not done. */
@RegisterForReflection
@Command(
        name = "import",
        description =
                "Imports users from a file. For hashes of Firebase, ROSTER_FIREBASE_SCRYPT has the parameters of the project.",
        mixinStandardHelpOptions = true)
final class ImportCommand extends RosterSubcommand implements Callable<Integer> {
    private static final Map<String, String> TYPES =
            Map.of("csv", "text/csv", "ldif", "text/ldif", "json", "application/json", "scim", "application/scim+json");

    @Parameters(paramLabel = "FILE", description = "NDJSON, CSV, or what --format says.")
    Path file;

    @Option(names = "--mode", description = "create, upsert (without a word) or sync.", defaultValue = "upsert")
    String mode;

    @Option(names = "--format", description = "keycloak, auth0, okta, firebase, google, ldif or scim.")
    String format;

    @Option(names = "--dry-run", description = "Answers and writes nothing.")
    boolean dryRun;

    @Option(names = "--from-line", description = "The first line to be looked at.", defaultValue = "1")
    long fromLine;

    @Option(names = "--ignore-groups", description = "Passes over the groups of lines.")
    boolean ignoreGroups;

    @Override
    public Integer call() throws Exception {
        SentFile.check(file);
        Progress progress = new Progress(terminal, Files.isRegularFile(file) ? Files.size(file) : 0);
        AtomicReference<JsonNode> last = new AtomicReference<>(Api.JSON.missingNode());
        try (Api api = profile.open()) {
            api.upload(path(), headers(), file, line -> take(line, progress, last), progress::sent);
        } finally {
            progress.end();
        }
        JsonNode summary = last.get();
        terminal.value(summary);
        boolean kept = summary.path("left_out").asText().equals("kept");
        if (kept) {
            terminal.complain("users in no line were kept: "
                    + summary.path("left_out_reason").asText("the service does not say why."));
        }
        boolean whole = summary.path("result").asText().equals("done") && !kept;
        return whole && summary.path("errors").asLong() == 0 ? 0 : 1;
    }

    private void take(String text, Progress progress, AtomicReference<JsonNode> last) {
        try {
            JsonNode line = Api.JSON.readTree(text);
            String result = line.path("result").asText();
            if (result.equals("error")) {
                terminal.complain("line " + line.path("line").asText() + ": "
                        + line.at("/error/detail").asText(line.at("/error/code").asText()));
            }
            if (line.has("next_line")) {
                last.set(line);
            } else {
                progress.answered();
            }
        } catch (JsonProcessingException wrong) {
            throw new CallFailed("The service answered what is no JSON: " + text);
        }
    }

    private String path() {
        return "/api/v1/users/import?mode=" + Api.encoded(mode) + "&dry_run=" + dryRun + "&from_line=" + fromLine
                + (ignoreGroups ? "&groups=ignore" : "") + (format == null ? "" : "&format=" + Api.encoded(format));
    }

    private Map<String, String> headers() {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/x-ndjson");
        // Never an argument: it has a key
        String scrypt = profile.once("ROSTER_FIREBASE_SCRYPT");
        return scrypt == null ? Map.of("Content-Type", type) : Map.of("Content-Type", type, "Firebase-Scrypt", scrypt);
    }
}
