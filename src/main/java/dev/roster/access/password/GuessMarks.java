package dev.roster.access.password;

import dev.roster.platform.digest.RandomBytes;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what a wrong secret is known again, so that a program which repeats it is no guesser. What is
 * wrong here may be right elsewhere, so a mark tells nothing without a key that this process makes
 * and never writes down; a second replica marks, and counts, the same secret once more.
 */
@ApplicationScoped
public class GuessMarks {
    // Two guesses of a hundred have the same with a probability of 10^-16
    private static final int BYTES = 8;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    GuessMarks() {
        key = new SecretKeySpec(RandomBytes.of(KEY_BYTES), ALGORITHM);
    }

    /** The mark of a guess at a subject. */
    public Buffer of(FailureSubject subject, String guess) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(subject.digest().getBytes());
            byte[] mark = mac.doFinal(guess.getBytes(StandardCharsets.UTF_8));
            return Buffer.buffer(Arrays.copyOf(mark, BYTES));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
