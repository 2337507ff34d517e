package dev.roster.web;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps out of traces what queries must not tell who reads those: codes of links and of applications, what binds an answer to
 * a request (RFC 9700 section 4.2), tokens, and who is expected to sign in.
 */
@Singleton
public class CodesOutOfTraces implements SpanProcessor {
    private static final Pattern SECRET =
            Pattern.compile("(?<![\\w.-])(code|code_challenge|code_verifier|state|nonce|asked"
                    + "|login_hint|logout_hint|id_token_hint|token|access_token|refresh_token|client_secret|password"
                    // The way on from the sign-in is a query itself
                    + "|continue)=[^&#]*");
    private static final List<AttributeKey<String>> QUERIES = List.of(
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("url.full"),
            AttributeKey.stringKey("http.target"),
            AttributeKey.stringKey("http.url"));

    /** A query without them. */
    static String redacted(String query) {
        return SECRET.matcher(query).replaceAll("$1=REDACTED");
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : QUERIES) {
            String value = span.getAttribute(key);
            if (value != null && value.indexOf('=') >= 0) {
                span.setAttribute(key, redacted(value));
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
