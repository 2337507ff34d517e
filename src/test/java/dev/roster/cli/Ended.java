package dev.roster.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.openapi.OpenApiDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a process wrote and how it ended. */
record Ended(int status, String out, String err) {

    /** Starts one with this input, and waits for its end; what it writes is kept in the folder. */
    static Ended of(ProcessBuilder builder, String input, Path folder) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    Ended stripped() {
        return new Ended(status, out.strip(), err.strip());
    }

    JsonNode json() {
        return OpenApiDocument.read(out);
    }
}
