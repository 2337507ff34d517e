package dev.roster.doctor;

import dev.roster.platform.error.Causes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Greets the mail server (RFC 5321), and looks whether it offers what the settings ask for. Nothing is sent. */
final class MailExamination {
    private static final String CHECK = "mail";
    private static final int PATIENCE = 5_000;

    private final Variables variables;
    private final Findings findings;

    MailExamination(Variables variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    void examine() {
        String host = variables.value("ROSTER_MAIL_HOST");
        if (!isSet("ROSTER_MAIL_HOST")) {
            findings.ok(CHECK, "ROSTER_MAIL_HOST is not set: invites are links in answers");
            return;
        }
        int port = variables.number("ROSTER_MAIL_PORT");
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE);
            socket.connect(new InetSocketAddress(host, port), PATIENCE);
            if (variables.isOn("ROSTER_MAIL_TLS")) {
                greet(encrypted(socket, host, port));
            } else {
                greet(socket);
            }
        } catch (IOException | RuntimeException failure) {
            findings.error(
                    CHECK,
                    "%s:%s is not reached: %s; look at ROSTER_MAIL_HOST, ROSTER_MAIL_PORT and ROSTER_MAIL_TLS"
                            .formatted(host, port, Causes.firstLine(failure)));
        }
    }

    private static Socket encrypted(Socket socket, String host, int port) throws IOException {
        SSLSocket tls =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, host, port, true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private void greet(Socket socket) throws IOException {
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String greeting = answer(answers);
        socket.getOutputStream().write("EHLO roster.invalid\r\n".getBytes(StandardCharsets.US_ASCII));
        String offered = answer(answers).toUpperCase(Locale.ROOT);
        socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        boolean tls = socket instanceof SSLSocket || offered.contains("STARTTLS");
        if (!greeting.startsWith("220")) {
            findings.error(CHECK, "the server refuses: " + greeting.strip());
        } else if (!tls && variables.value("ROSTER_MAIL_START_TLS").equalsIgnoreCase("REQUIRED")) {
            findings.error(CHECK, "the server offers no STARTTLS, and ROSTER_MAIL_START_TLS is REQUIRED");
        } else if (socket instanceof SSLSocket && isSet("ROSTER_MAIL_USERNAME") && !offered.contains("AUTH")) {
            findings.error(CHECK, "the server takes no user, and ROSTER_MAIL_USERNAME is set");
        } else {
            findings.ok(CHECK, "the server answers" + (tls ? " and encrypts" : ""));
        }
    }

    private boolean isSet(String variable) {
        return variables.environment().containsKey(variable)
                && !variables.value(variable).isEmpty();
    }

    /** All lines of one answer. */
    private static String answer(BufferedReader answers) throws IOException {
        StringBuilder all = new StringBuilder();
        String line;
        do {
            line = answers.readLine();
            if (line == null || all.length() > 64 * 1024) {
                throw new IOException("the answer ends too early, or never");
            }
            all.append(line).append('\n');
        } while (line.length() > 3 && line.charAt(3) == '-');
        return all.toString();
    }
}
