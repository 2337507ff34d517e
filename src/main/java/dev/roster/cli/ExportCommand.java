package dev.roster.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes all users, or groups, to the standard output. */
@RegisterForReflection
@Command(name = "export", description = "Writes all users as an import takes them.", mixinStandardHelpOptions = true)
final class ExportCommand extends RosterSubcommand implements Runnable {
    // The line of a table that is nobody's
    private static final int HEADER = 1;

    @Option(names = "--csv", description = "A table instead of NDJSON.")
    boolean csv;

    @Option(names = "--groups", description = "The groups instead of the users.")
    boolean groups;

    @Option(names = "--hashes", description = "With the hashes of passwords, for callers of the whole system.")
    boolean hashes;

    @Override
    public void run() {
        if (groups && hashes) {
            throw new CallFailed("Groups have no passwords: --hashes is for users.");
        }
        String path = groups ? "/api/v1/groups/export" : "/api/v1/users/export" + (hashes ? "?hashes=true" : "");
        Progress progress = new Progress(terminal);
        // At a terminal the lines themselves are what is seen
        boolean seen = terminal.isInteractive();
        try (Api api = profile.open(hashes ? "users:read system" : "")) {
            api.download(
                    path,
                    csv ? "text/csv" : "application/x-ndjson",
                    count -> progress.expect(csv && count > 0 ? count + HEADER : count),
                    piece -> {
                        terminal.bytes(piece);
                        if (!seen) {
                            progress.received(lines(piece));
                        }
                    });
        } finally {
            progress.end();
        }
    }

    private static long lines(byte[] piece) {
        long lines = 0;
        for (byte b : piece) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }
}
