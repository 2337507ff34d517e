package dev.roster.api.kubiya;

import dev.roster.api.error.ErrorRenderer;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Renders the errors of the Kubiya contract. */
@Singleton
@Priority(10)
public class KubiyaErrorRenderer implements ErrorRenderer {
    @Override
    public String contract() {
        return "kubiya";
    }

    @Override
    public Optional<String> route(String template) {
        return KubiyaPaths.route(template);
    }

    @Override
    public boolean serves(String path, String scheme) {
        return KubiyaPaths.serves(path, scheme);
    }

    @Override
    public KubiyaErrorBody body(RosterException error, String requestId) {
        return new KubiyaErrorBody(
                new KubiyaErrorBody.Details(error.code().code(), error.getMessage(), details(error)));
    }

    /** 409 says that an e-mail address exists, here; what is forbidden to everyone is 403. */
    @Override
    public int status(RosterException error) {
        return switch (error.code()) {
            case INTERNAL_ACCOUNT, LAST_ADMIN, LAST_ADMIN_CREDENTIAL -> 403;
            default -> error.code().status();
        };
    }

    private static Map<String, String> details(RosterException error) {
        Map<String, String> details = new TreeMap<>();
        for (FieldError field : error.fields()) {
            details.merge(field.field(), field.rule(), (one, other) -> one + "; " + other);
        }
        return details;
    }
}
