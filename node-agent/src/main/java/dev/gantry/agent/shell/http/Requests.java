package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.shell.spdy.SpdyUpgrade;
import dev.gantry.agent.stream.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What the agent reads of a request. */
final class Requests {
    /** The words of a command are parameters, one each: the limit of the head is limit enough. */
    private static final int MAX_PARAMETERS = Integer.MAX_VALUE;

    private Requests() {}

    /** Empty where its path or a parameter is malformed, or it is of another version of HTTP. */
    static Optional<RequestHead> head(HttpRequest request) {
        boolean isOurs =
                request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                        && request.uri().startsWith("/");
        if (!isOurs) {
            return Optional.empty();
        }
        try {
            var uri = new QueryStringDecoder(request.uri(), UTF_8, true, MAX_PARAMETERS, true);
            return Optional.of(
                    new RequestHead(
                            segments(uri.rawPath()),
                            new TreeMap<>(uri.parameters()),
                            protocols(request)));
        } catch (IllegalArgumentException malformedEscape) {
            return Optional.empty();
        }
    }

    /** Decoded one by one, so that an escaped slash separates nothing. */
    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String each : rawPath.split("/")) {
            if (!each.isEmpty()) {
                // A plus is a space in queries alone.
                segments.add(QueryStringDecoder.decodeComponent(each.replace("+", "%2B")));
            }
        }
        return segments;
    }

    private static List<String> protocols(HttpRequest request) {
        CharSequence header =
                Handshake.isForSpdy(request)
                        ? SpdyUpgrade.PROTOCOL
                        : HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL;
        List<String> found = new ArrayList<>();
        for (String line : request.headers().getAll(header)) {
            for (String each : line.split(",")) {
                if (!each.isBlank()) {
                    found.add(each.strip());
                }
            }
        }
        return found;
    }
}
