package dev.gantry.gateway.shell.exchange;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.Selection;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.model.request.UrlEscapes;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelQuery;
import dev.gantry.model.selector.LabelSelector;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A request as it came in, before anybody judged it.
 *
 * @param id names the request in the audit log and to the client
 * @param path percent-decoded, with its view prefix
 * @param uri as the client wrote it
 * @param channel the connection, below any HTTP/2 stream
 */
public record Incoming(
        String id,
        Instant received,
        String method,
        String uri,
        String path,
        Query query,
        ApiRequest api,
        HttpHeaders headers,
        Channel channel) {

    /**
     * Throws IllegalArgumentException, with a sentence for the client, where the URL is malformed.
     */
    public static Incoming of(HttpServerRequest request, Channel channel) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        String raw = mark < 0 ? uri : uri.substring(0, mark);
        String path = UrlEscapes.decodePath(raw.startsWith("/") ? raw : "/" + raw);
        Query query = Query.parse(mark < 0 ? "" : uri.substring(mark + 1));
        String method = request.method().name();
        ApiRequest api = ApiRequest.parse(method, path, query);
        return new Incoming(
                newId(),
                Instant.now(),
                method,
                uri,
                path,
                query,
                api,
                request.requestHeaders(),
                channel);
    }

    public Access access() {
        String fields = query.first("fieldSelector");
        String labels = query.first("labelSelector");
        boolean isOfAll = fields.isEmpty() && labels.isEmpty();
        return Access.of(
                api,
                isOfAll ? Selection.EVERYTHING : new Selection(fields(fields), labels(labels)));
    }

    public String header(String name) {
        String found = headers.get(name);
        return found == null ? "" : found;
    }

    public List<String> all(String name) {
        return headers.getAll(name);
    }

    public boolean wantsWebSocket() {
        return header("upgrade").equalsIgnoreCase("websocket");
    }

    public boolean wantsUpgrade() {
        return ClientHeaders.areForUpgrade(headers);
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }

    public boolean hasBody() {
        return ClientHeaders.haveBody(headers);
    }

    /** Compat: {@code BasicLongRunningRequestCheck}. */
    public boolean isLongRunning() {
        return api.verb().equals("watch")
                || switch (firstOf(api.subresource())) {
                    case "attach", "exec", "log", "portforward", "proxy" -> true;
                    default -> false;
                };
    }

    private static String firstOf(String subresource) {
        int slash = subresource.indexOf('/');
        return slash < 0 ? subresource : subresource.substring(0, slash);
    }

    /** Cost: unique is enough here, so no secure randomness is waited for. */
    private static String newId() {
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        return new UUID(
                        chance.nextLong() & ~0xf000L | 0x4000L,
                        chance.nextLong() & ~(3L << 62) | 1L << 63)
                .toString();
    }

    /** A malformed selector selects by no field; the state service refuses it in words. */
    private static FieldSelector fields(String selector) {
        try {
            return FieldSelector.parse(selector);
        } catch (IllegalArgumentException malformed) {
            return FieldSelector.EVERYTHING;
        }
    }

    /** The same of one by labels. */
    private static LabelSelector labels(String selector) {
        try {
            return LabelQuery.parse(selector);
        } catch (IllegalArgumentException malformed) {
            return LabelSelector.EVERYTHING;
        }
    }
}
