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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file to an import; the status is 1 where anything of it was not done. */
@RegisterForReflection
@Command(
        name = "import",
        description =
                "Imports users from a file. For hashes of Firebase, ROSTER_FIREBASE_SCRYPT has the parameters of the project.",
        mixinStandardHelpOptions = true)
final class ImportCommand extends RosterSubcommand implements Callable<Integer> {
    private static final Map<String, String> TYPES = Map.of(
            "ndjson", "application/x-ndjson",
            "json", "application/json",
            "csv", "text/csv",
            "tsv", "text/csv",
            "ldif", "text/ldif",
            "scim", "application/scim+json");

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "NDJSON, CSV, or what --format says.")
    Path file;

    @Option(names = "--mode", description = "create, upsert (without a word) or sync.", defaultValue = "upsert")
    String mode;

    @Option(names = "--type", description = "ndjson, json, csv, ldif or scim, where the name of FILE does not say it.")
    String type;

    @Option(names = "--format", description = "keycloak, auth0, okta, firebase, google, ldif or scim.")
    String format;

    @Option(names = "--dry-run", description = "Answers and writes nothing.")
    boolean dryRun;

    @Option(names = "--from-line", description = "The first line to be looked at.", defaultValue = "1")
    long fromLine;

    @Option(names = "--ignore-groups", description = "Passes over the groups of lines.")
    boolean ignoreGroups;

    @Option(names = "--set-groups", description = "Who has no groups in LDIF or SCIM is in none; they stay otherwise.")
    boolean setGroups;

    @Option(names = "--ignore-hashes", description = "Passes over the hashes of passwords.")
    boolean ignoreHashes;

    @Option(
            names = "--left-out",
            description = "any: --mode sync also deactivates more users than the file is about; few (without a word).")
    String leftOut;

    @Option(names = "--audit", description = "accounts: an audit event for each account; batches (without a word).")
    String audit;

    @Option(
            names = "--results",
            description =
                    "errors: only these, and who is in no line, are answered, and counted on the way; all (without a word).")
    String results;

    private long answered;

    @Override
    public Integer call() throws Exception {
        if (type != null && !TYPES.containsKey(type)) {
            throw new ParameterException(spec.commandLine(), "--type is ndjson, json, csv, ldif or scim.");
        }
        if (ignoreGroups && setGroups) {
            throw new ParameterException(spec.commandLine(), "--ignore-groups and --set-groups exclude each other.");
        }
        SentFile.check(file);
        Progress progress = new Progress(terminal);
        progress.expect(Files.isRegularFile(file) ? Files.size(file) : 0);
        AtomicReference<JsonNode> last = new AtomicReference<>(Api.JSON.missingNode());
        try (Api api = profile.open()) {
            api.upload(path(), headers(), file, line -> take(line, progress, last), progress::sent);
        } catch (CallFailed broken) {
            // A sync is of whole files
            throw answered == 0 || dryRun || mode.equals("sync")
                    ? broken
                    : new CallFailed(broken.getMessage() + " What begins before line " + (answered + 1)
                            + " is answered: --from-line " + (answered + 1) + " goes on from there.");
        } finally {
            progress.end();
        }
        JsonNode summary = last.get();
        terminal.value(summary);
        if (summary.has("error")) {
            terminal.complain("the import stopped: "
                    + summary.at("/error/detail")
                            .asText(summary.at("/error/code").asText()));
        }
        boolean kept = summary.path("left_out").asText().equals("kept");
        if (kept) {
            terminal.complain("users in no line were kept: "
                    + summary.path("left_out_reason").asText("the service does not say why."));
        }
        boolean whole = summary.path("result").asText().equals("done") && !kept;
        return whole && summary.path("errors").asLong() == 0 ? 0 : 1;
    }

    private void take(String text, Progress progress, AtomicReference<JsonNode> last) {
        if (text.isBlank()) {
            return; // a sign of life
        }
        try {
            JsonNode line = Api.JSON.readTree(text);
            String result = line.path("result").asText();
            if (result.equals("error")) {
                // Of whom a sync would deactivate there is no line
                String where = line.has("line")
                        ? "line " + line.path("line").asText()
                        : line.path("name").asText();
                terminal.complain(where + ": "
                        + line.at("/error/detail").asText(line.at("/error/code").asText()));
            }
            if (line.has("next_line")) {
                last.set(line);
            } else if (line.path("line").isNumber()) {
                answered = line.path("line").asLong();
                progress.answered(1);
            } else if (!result.isEmpty() && !result.equals("error")) {
                progress.deactivated();
            }
        } catch (JsonProcessingException wrong) {
            throw new CallFailed("The service answered what is no JSON: " + text);
        }
    }

    private String path() {
        return "/api/v1/users/import?mode=" + Api.encoded(mode) + "&dry_run=" + dryRun + "&from_line=" + fromLine
                + (ignoreGroups ? "&groups=ignore" : "")
                + (setGroups ? "&groups=set" : "")
                + (ignoreHashes ? "&hashes=ignore" : "")
                + parameter("format", format)
                + parameter("left_out", leftOut)
                + parameter("audit", audit)
                + parameter("results", results);
    }

    private static String parameter(String name, String value) {
        return value == null ? "" : "&" + name + "=" + Api.encoded(value);
    }

    private Map<String, String> headers() {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String kind = type == null ? name.substring(name.lastIndexOf('.') + 1) : type;
        String content = TYPES.getOrDefault(kind, TYPES.get("ndjson"));
        // Never an argument: it has a key
        String scrypt = profile.once("ROSTER_FIREBASE_SCRYPT");
        return scrypt == null
                ? Map.of("Content-Type", content)
                // Of several lines, as the console shows it
                : Map.of("Content-Type", content, "Firebase-Scrypt", scrypt.replaceAll("\\R", " "));
    }
}
