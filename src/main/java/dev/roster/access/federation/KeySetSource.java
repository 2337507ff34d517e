package dev.roster.access.federation;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gets the key sets of other issuers: from their URL, from a file, or from where their metadata says. */
@ApplicationScoped
class KeySetSource {
    private final Vertx vertx;
    private final IssuerHttp http;

    KeySetSource(Vertx vertx, IssuerHttp http) {
        this.vertx = vertx;
        this.http = http;
    }

    /** The key set of an issuer in JSON. */
    Uni<String> read(TrustedIssuer issuer, Refreshed<ProviderMetadata> metadata) {
        if (issuer.keysIn().isPresent()) {
            return load(issuer.keysIn().get());
        }
        return issuer.keysAt().map(http::get).orElseGet(() -> metadata.get().chain(known -> http.get(known.keysAt())));
    }

    private Uni<String> load(Path file) {
        return Uni.createFrom().completionStage(() -> vertx.executeBlocking(() -> readLimited(file))
                .toCompletionStage());
    }

    private static String readLimited(Path file) throws IOException {
        if (Files.size(file) > IssuerHttp.LARGEST) {
            throw new IOException("more than " + IssuerHttp.LARGEST + " bytes");
        }
        return Files.readString(file);
    }
}
