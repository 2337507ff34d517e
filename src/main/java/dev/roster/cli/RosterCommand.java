package dev.roster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code roster} does with words behind it; without any it is the service. */
@RegisterForReflection
@Command(
        name = "roster",
        description = "Without a command, this is the service itself; \"doctor\" looks at its settings.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            UsersCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            TokenCommand.class,
            LoginCommand.class
        })
public final class RosterCommand implements Runnable {
    // As getopt(3) programs answer wrong usage is 2; what went wrong otherwise is 1
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    // What an argument has in place of what the locale does not know
    private static final char UNREADABLE = '\uFFFD';

    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    @Spec
    CommandSpec spec;

    /** Whether the words are for this line; options such as -Xmx192m, which the service is started with, are not. */
    public static boolean isMeant(String... words) {
        return words.length > 0 && (!words[0].startsWith("-") || HELP.contains(words[0]));
    }

    /** Does what the words say; the status of the process. */
    public static int run(Map<String, String> environment, String... words) {
        // The answer to a name comes from the system
        System.setProperty("vertx.disableDnsResolver", "true");
        return run(environment, new FileOutputStream(FileDescriptor.out), System.err, words);
    }

    /** Does it with other streams than those of the process. */
    static int run(Map<String, String> environment, OutputStream output, OutputStream error, String... words) {
        // A console that is none, as of version 22, would take a pipe for a terminal
        System.setProperty("jdk.console", "java.base");
        // JSON is UTF-8 wherever it is read, and so are names
        PrintStream errors = new PrintStream(error, true, UTF_8);
        Terminal terminal =
                new Terminal(output, errors, StandardStream.OUTPUT::isTerminal, StandardStream.ERROR::isTerminal);
        if (Stream.of(words).anyMatch(word -> word.indexOf(UNREADABLE) >= 0)) {
            terminal.complain("What is not ASCII in these words cannot be read: set LC_ALL=C.UTF-8.");
            return WRONG_USAGE;
        }
        CommandLine line = line(new Profile(environment, terminal::complain), terminal);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            terminal.complain(CallFailed.why(failure));
            return FAILED;
        });
        CommandLine.IParameterExceptionHandler usage = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((wrong, all) -> {
            // Colours are for who sees them: those of picocli look at the input and the output
            Ansi colours = StandardStream.ERROR.isTerminal() ? Ansi.AUTO : Ansi.OFF;
            wrong.getCommandLine().setColorScheme(Help.defaultColorScheme(colours));
            return usage.handleParseException(wrong, all);
        });
        line.setErr(new PrintWriter(errors, true, UTF_8));
        StringWriter help = new StringWriter();
        line.setOut(new PrintWriter(help));
        int status = line.execute(words);
        try {
            terminal.bytes(help.toString().getBytes(UTF_8));
            return status;
        } catch (CallFailed failure) {
            terminal.complain(failure.getMessage());
            return FAILED;
        }
    }

    static CommandLine line(Profile profile, Terminal terminal) {
        return new CommandLine(new RosterCommand(), factory(profile, terminal))
                // That of picocli is found by reflection
                .registerConverter(Path.class, Path::of)
                // Names and searches begin with it too
                .setExpandAtFiles(false);
    }

    private static CommandLine.IFactory factory(Profile profile, Terminal terminal) {
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                if (RosterSubcommand.class.isAssignableFrom(type)) {
                    K command = type.getDeclaredConstructor().newInstance();
                    ((RosterSubcommand) command).open(profile, terminal);
                    return command;
                }
                return CommandLine.defaultFactory().create(type);
            }
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }
}
