package dev.roster.platform.database;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;

/** A process that starts an embedded database, keeps a row in it and waits to be killed. */
final class ServiceToKill {
    private ServiceToKill() {}

    /** Returns when the row is committed. */
    static Process start(Path folder) throws IOException {
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceToKill.class.getName(),
                        folder.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        var output = service.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.equals("kept")) {
            line = output.readLine();
        }
        return service;
    }

    public static void main(String... arguments) throws Exception {
        var address =
                new EmbeddedPostgresLauncher().launch(Path.of(arguments[0])).address();
        try (var connection =
                        DriverManager.getConnection("jdbc:" + address.url(), address.username(), address.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 'a row' AS value");
            System.out.println("kept");
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
