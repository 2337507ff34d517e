package dev.roster.operation;

import java.nio.file.Path;

/** The same of the packaged application. */
class LoggedIT extends LoggedTest {
    @Override
    Path log() {
        return Path.of("target/roster-packaged.log");
    }
}
