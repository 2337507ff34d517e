package dev.roster.web;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/** Keeps out of traces the codes that links of mails have in their queries: whoever reads one could use it. */
@Singleton
public class CodesOutOfTraces implements SpanProcessor {
    private static final Pattern CODE = Pattern.compile("\\bcode=[^&#]*");
    private static final List<AttributeKey<String>> QUERIES = List.of(
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("url.full"),
            AttributeKey.stringKey("http.target"),
            AttributeKey.stringKey("http.url"));

    /** A query without its codes. */
    static String redacted(String query) {
        return CODE.matcher(query).replaceAll("code=REDACTED");
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : QUERIES) {
            String value = span.getAttribute(key);
            if (value != null && value.contains("code=")) {
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
