package dev.roster.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import picocli.CommandLine.Command;

/** Writes an access token for other programs. */
@RegisterForReflection
@Command(name = "token", description = "Writes an access token.", mixinStandardHelpOptions = true)
final class TokenCommand extends RosterSubcommand implements Runnable {
    @Override
    public void run() {
        try (Api api = new Api(profile.url())) {
            terminal.line(profile.token(api));
        }
    }
}
