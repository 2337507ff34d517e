package dev.roster.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate for {@code localhost} that no authority has signed, and its key, as PEM files.
 *
 * @param certificate also the authority to check it with
 */
public record TestCertificate(Path certificate, Path key) {
    private static final String PASSWORD = "no secret";
    private static final String ALIAS = "server";

    /** Makes a new one in a folder. */
    public static TestCertificate in(Path folder) throws Exception {
        Path store = folder.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return unpacked(store, folder);
    }

    private static TestCertificate unpacked(Path file, Path folder) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        byte[] key = store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
        byte[] certificate = store.getCertificate(ALIAS).getEncoded();
        return new TestCertificate(
                pem(folder.resolve("server.crt"), "CERTIFICATE", certificate),
                pem(folder.resolve("server.key"), "PRIVATE KEY", key));
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        // PostgreSQL wants its key to be the owner's alone
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
