package dev.roster.cli;

import java.io.IOException;

/** One of the three that a process has. */
enum StandardStream {
    INPUT(0),
    OUTPUT(1),
    ERROR(2);

    // As POSIX numbers them
    private final int descriptor;

    StandardStream(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Whether it is a terminal; where nobody but Java tells, whether the input and the output both are. */
    @SuppressWarnings("SystemConsoleNull") // it is where jdk.console is that of java.base
    boolean isTerminal() {
        try {
            return new ProcessBuilder("test", "-t", String.valueOf(descriptor))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return System.console() != null;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new CallFailed("ended");
        }
    }
}
