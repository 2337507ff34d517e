package dev.roster.access.signing;

import dev.roster.platform.request.OwnContext;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jose4j.jwt.JwtClaims;

/** Signs for requests: by an algorithm that takes milliseconds, on a thread that no other request waits for. */
@ApplicationScoped
public class TokenSigner {
    private final SigningKeys keys;
    private final Vertx vertx;

    TokenSigner(SigningKeys keys, Vertx vertx) {
        this.keys = keys;
        this.vertx = vertx;
    }

    /**
     * A signed token.
     *
     * @param type the {@code typ} of its header
     */
    public Uni<String> sign(JwtClaims claims, String type) {
        return signed(keys.usualAlgorithm(), () -> keys.sign(claims, type));
    }

    /** One signed by an algorithm, which {@link SigningKeys#available} has said. */
    public Uni<String> sign(JwtClaims claims, String type, SigningAlgorithm algorithm) {
        return signed(algorithm, () -> keys.sign(claims, type, algorithm));
    }

    /** One that begins with its own id, see {@link SigningKeys#signNamed}. */
    public Uni<String> signNamed(JwtClaims claims, String type, String id) {
        return signed(keys.usualAlgorithm(), () -> keys.signNamed(claims, type, id));
    }

    private Uni<String> signed(SigningAlgorithm algorithm, Supplier<String> work) {
        return algorithm.isSlow()
                ? OwnContext.keep(vertx.executeBlocking(work::get, false))
                : Uni.createFrom().item(work);
    }
}
