package dev.roster.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Beside;
import dev.roster.testing.RegisteredClasses;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What picocli finds by reflection, of which a native executable has what is registered. */
@Beside
class CommandReflectionTest {

    @Test
    void whatACommandIsMadeOfIsRegistered() {
        Set<String> registered = RegisteredClasses.names();
        List<CommandSpec> commands =
                commands(line()).map(CommandLine::getCommandSpec).toList();
        Set<String> found = commands.stream()
                .flatMap(CommandReflectionTest::parts)
                .flatMap(CommandReflectionTest::hierarchy)
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of(),
                found.stream().filter(name -> !registered.contains(name)).collect(Collectors.toSet()));
        assertEquals(
                Set.of(RosterCommand.class.getName(), "picocli.CommandLine$AutoHelpMixin"),
                Stream.of(RosterCommand.class.getName(), "picocli.CommandLine$AutoHelpMixin")
                        .filter(found::contains)
                        .collect(Collectors.toSet()));
    }

    @Test
    void noWordIsConvertedByReflection() {
        String excludes = "picocli.converters.excludes";
        // Of its converters picocli then has none that is made by reflection
        System.setProperty(excludes, ".*");
        try {
            commands(line())
                    .forEach(command -> assertDoesNotThrow(
                            () -> command.parseArgs(words(command.getCommandSpec())), command.getCommandName()));
        } finally {
            System.clearProperty(excludes);
        }
    }

    private static CommandLine line() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return RosterCommand.line(
                new Profile(Map.of(), warning -> {}), new Terminal(nowhere, nowhere, () -> false, () -> false));
    }

    private static Stream<CommandLine> commands(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(CommandReflectionTest::commands));
    }

    private static Stream<Class<?>> parts(CommandSpec command) {
        return Stream.concat(
                        Stream.of(command.userObject(), command.versionProvider()),
                        command.mixins().values().stream().map(CommandSpec::userObject))
                .filter(Objects::nonNull)
                .map(part -> part instanceof Method method ? method.getDeclaringClass() : part.getClass());
    }

    private static Stream<Class<?>> hierarchy(Class<?> part) {
        return Stream.iterate(part, type -> type != Object.class, Class::getSuperclass);
    }

    /** All that it takes, each with a value. */
    private static String[] words(CommandSpec command) {
        return Stream.concat(
                        command.options().stream()
                                .filter(option -> !option.usageHelp() && !option.versionHelp())
                                .flatMap(option -> words(option, option.longestName())),
                        command.positionalParameters().stream().flatMap(parameter -> words(parameter, "")))
                .toArray(String[]::new);
    }

    private static Stream<String> words(ArgSpec argument, String name) {
        Stream<String> value = argument.arity().max() == 0 ? Stream.empty() : Stream.of("1");
        return argument instanceof OptionSpec ? Stream.concat(Stream.of(name), value) : value;
    }
}
