package dev.roster.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A command that calls a service; a new one is named in {@link RosterCommand}. */
// What each command has, and what mixinStandardHelpOptions gives it
@RegisterForReflection(targets = RosterSubcommand.class, classNames = "picocli.CommandLine$AutoHelpMixin")
abstract class RosterSubcommand {
    protected Profile profile;
    protected Terminal terminal;

    final void open(Profile calls, Terminal output) {
        profile = calls;
        terminal = output;
    }
}
