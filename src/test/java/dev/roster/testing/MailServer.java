package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real SMTP server in this process, at the address of {@link MailServerResource}. */
public final class MailServer implements AutoCloseable {
    static final String PORT = "roster.test.mail.port";

    private final GreenMail server;

    private MailServer(GreenMail server) {
        this.server = server;
    }

    /** Starts the server, empty. */
    public static MailServer start() {
        return start(Integer.getInteger(PORT));
    }

    /** Starts the server at a port, empty. */
    public static MailServer start(int port) {
        ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(60_000);
        GreenMail server = new GreenMail(setup);
        server.start();
        return new MailServer(server);
    }

    /** The mails to an address, once there are so many. */
    public List<MimeMessage> awaitMails(String recipient, int count) {
        Eventually.holds(() -> mails(recipient).size() >= count);
        return mails(recipient);
    }

    /** The mails that have come for an address. */
    public List<MimeMessage> mails(String recipient) {
        List<MimeMessage> found = new ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            try {
                if (mail.getAllRecipients()[0].toString().equals(recipient)) {
                    found.add(mail);
                }
            } catch (MessagingException failure) {
                throw new IllegalStateException(failure);
            }
        }
        return found;
    }

    /** The part of a mail with this content type. */
    public static String part(MimeMessage mail, String type) {
        try {
            String text = text(mail, type);
            if (text == null) {
                throw new IllegalStateException("no " + type);
            }
            return text;
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What the text of a mail has that is wanted. */
    public static Matcher found(MimeMessage mail, Pattern wanted) {
        String text = part(mail, "text/plain");
        Matcher found = wanted.matcher(text);
        assertTrue(found.find(), text);
        return found;
    }

    @Override
    public void close() {
        server.stop();
    }

    private static String text(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return (String) part.getContent();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                String text = text(child, type);
                if (text != null) {
                    return text;
                }
            }
        }
        return null;
    }
}
