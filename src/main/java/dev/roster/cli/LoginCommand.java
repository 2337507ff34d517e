package dev.roster.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps the address of a service and a client of it, which has shown that it works. */
@RegisterForReflection
@Command(
        name = "login",
        description = "Keeps a service and a client for later commands. The secret is asked for, or read from a pipe.",
        mixinStandardHelpOptions = true)
final class LoginCommand extends RosterSubcommand implements Runnable {
    @Parameters(paramLabel = "URL", description = "The address of the service, such as https://users.example.com.")
    String url;

    @Option(names = "--client", paramLabel = "ID", description = "The client.", required = true)
    String client;

    @Override
    public void run() {
        String service = Profile.bare(url);
        String secret = secret();
        try (Api api = new Api(service)) {
            api.grant(client, secret, "");
        }
        terminal.complain("kept in " + profile.keep(service, client, secret));
    }

    /** Never an argument: the list of processes shows them to everybody. There is a console where input and output are both seen. */
    @SuppressWarnings("SystemConsoleNull") // it is where jdk.console is that of java.base
    private String secret() {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("Secret: ");
            if (typed != null) {
                return new String(typed);
            }
            throw new CallFailed("No secret was given.");
        }
        if (StandardStream.INPUT.isTerminal()) {
            throw new CallFailed(
                    "The secret would be seen while it is typed: let the output go to the terminal, or send"
                            + " the secret by a pipe.");
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line != null && !line.isBlank()) {
                return line.strip();
            }
        } catch (IOException unreadable) {
            throw new CallFailed("The secret cannot be read: " + unreadable.getMessage());
        }
        throw new CallFailed("The secret is expected on the standard input.");
    }
}
