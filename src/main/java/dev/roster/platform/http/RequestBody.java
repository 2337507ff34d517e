package dev.roster.platform.http;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;

/** What the head of a request says of its body (RFC 9112 section 6). */
public final class RequestBody {
    private RequestBody() {}

    /** Whether one follows that has not been read to its end. */
    static boolean isLeft(HttpServerRequest request) {
        return !request.isEnded() && isPossible(request);
    }

    /** Whether one may follow. */
    private static boolean isPossible(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? !request.method().equals(HttpMethod.GET)
                : isAnnounced(request);
    }

    private static boolean isAnnounced(HttpServerRequest request) {
        return length(request) > 0 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Whether it is known that there is none; over HTTP/2 that is, without a length, only once its end has come. */
    public static boolean isNone(HttpServerRequest request) {
        return !isAnnounced(request)
                && (request.version() != HttpVersion.HTTP_2
                        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                        || (request.bytesRead() == 0 && !isOpen(request)));
    }

    /** Whether it is that of a read, where none has a meaning (RFC 9110 sections 9.3.1, 9.3.2). */
    public static boolean isIgnored(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    /** Whether more of a request of HTTP/2 may come: the server says that one has ended only after its head was looked at. */
    private static boolean isOpen(HttpServerRequest request) {
        Http2ConnectionHandler connection =
                ((ConnectionBase) request.connection()).channel().pipeline().get(Http2ConnectionHandler.class);
        Http2Stream stream = connection.connection().stream(request.response().streamId());
        return stream != null && stream.state().remoteSideOpen();
    }

    /** Refuses one whose chunks are broken: as nothing can be read behind them, its answer is the last of the connection. */
    static RosterException refuseChunks(RoutingContext http) {
        if (!http.response().headWritten()) {
            http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        return RosterException.of(ErrorCode.INVALID_REQUEST, "The chunks of the body are not those of RFC 9112.");
    }

    /** Its announced length; 0 where none is. The server has refused what is no number. */
    public static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    /** Whether it is a form, which is small wherever it goes. */
    public static boolean isForm(HttpServerRequest request) {
        String type = mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE));
        return type.startsWith(MediaType.APPLICATION_FORM_URLENCODED) || type.startsWith(MediaType.MULTIPART_FORM_DATA);
    }

    /**
     * The media type of a {@code Content-Type} without its parameters (RFC 9110 section 8.3.1), in lower case.
     *
     * @param contentType the value of the header, or null; then the type is empty
     */
    public static String mediaType(String contentType) {
        if (contentType == null) {
            return "";
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
