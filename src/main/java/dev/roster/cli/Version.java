package dev.roster.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version of the executable, which the build writes down. */
@RegisterForReflection
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        try (InputStream built = Version.class.getResourceAsStream("/cli/version.txt")) {
            return new String[] {"roster " + new String(built.readAllBytes(), StandardCharsets.UTF_8).strip()};
        }
    }
}
