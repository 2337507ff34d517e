package dev.roster.access.token;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Which client a token names, before anybody knows whether it is a good one: nothing is to follow from it but words. */
public final class UnverifiedClient {
    private static final int PARTS = 3;
    private static final int LONGEST = 8 * 1024;

    private UnverifiedClient() {}

    /** Its identifier; empty where the header has no token that names one. */
    public static String of(String authorization) {
        String[] parts = authorization == null || authorization.length() > LONGEST
                ? new String[0]
                : authorization.split("\\.", -1);
        if (parts.length != PARTS) {
            return "";
        }
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return new JsonObject(claims).getValue(CallerClaims.CLIENT_ID) instanceof String client ? client : "";
        } catch (IllegalArgumentException | DecodeException noToken) {
            return "";
        }
    }
}
