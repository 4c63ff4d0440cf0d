package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.proxy.PassedHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.netty.http.server.HttpServerRequest;

/** The headers of a client's request, as the backend shall see them. */
final class RequestHeaders {
    private static final String FOR = "X-Forwarded-For";
    private static final String URI = "X-Forwarded-Uri";

    private RequestHeaders() {}

    /** Compat: the Host header stays the client's. */
    static void pass(HttpServerRequest request, HttpHeaders onward) {
        HttpHeaders given = request.requestHeaders();
        var passed = new PassedHeaders(given.getAll(HttpHeaderNames.CONNECTION));
        onward.remove(HttpHeaderNames.USER_AGENT);
        onward.remove(HttpHeaderNames.ACCEPT);
        for (Map.Entry<String, String> each : given) {
            boolean isHost = each.getKey().equalsIgnoreCase("host");
            if (isHost) {
                onward.set(HttpHeaderNames.HOST, each.getValue());
            } else if (passed.toBackend(each.getKey())) {
                onward.add(each.getKey(), each.getValue());
            }
        }
        if (request.remoteAddress() instanceof InetSocketAddress remote
                && remote.getAddress() != null) {
            List<String> hops = new ArrayList<>(onward.getAll(FOR));
            hops.add(remote.getAddress().getHostAddress());
            onward.set(FOR, String.join(", ", hops));
        }
    }

    /** Where the client found what it asks for. Compat: {@code util/proxy/transport.go}. */
    static void addOrigin(String prefix, Place.At place, HttpHeaders onward) {
        onward.set(URI, prefix + place.path());
    }
}
