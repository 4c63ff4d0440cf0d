package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.shell.access.DelegatedAccess;
import dev.gantry.client.shell.access.DelegatedAccess.Lifetimes;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.LoopbackServer;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An API that reviews tokens and rights. A token is its owner's name; that of {@code stranger} is
 * none.
 */
final class ReviewingApi implements AutoCloseable {
    private final LoopbackServer server;
    private final Set<String> rights = ConcurrentHashMap.newKeySet();
    private volatile boolean isAnsweringRights = true;

    ReviewingApi() throws IOException {
        server = LoopbackServer.start(this::review);
    }

    DelegatedAccess access() throws IOException {
        return asking(server.url());
    }

    /** Of an API that is not there. */
    static DelegatedAccess away() throws IOException {
        return asking("http://127.0.0.1:" + FreePorts.next());
    }

    private static DelegatedAccess asking(String url) throws IOException {
        return new DelegatedAccess(
                ClusterApi.of(ClusterAccess.withToken(url, "test")), Lifetimes.OF_KUBELET);
    }

    /** On the node called test. */
    void allow(String user, String verb, String subresource) {
        rights.add(right(user, verb, "test", subresource));
    }

    void stopAnsweringRights() {
        isAnsweringRights = false;
    }

    @Override
    public void close() {
        server.close();
    }

    private void review(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        JsonNode asked = JsonMapper.shared().readTree(body).path("spec");
        if (exchange.getRequestURI().getPath().endsWith("/tokenreviews")) {
            reply(exchange, owner(asked.path("token").asString("")));
        } else if (isAnsweringRights) {
            reply(exchange, "{\"allowed\":" + isAllowed(asked) + "}");
        } else {
            LoopbackServer.reply(exchange, 500, "{}");
        }
    }

    private static String owner(String token) {
        return token.equals("stranger")
                ? "{\"authenticated\":false}"
                : "{\"authenticated\":true,\"user\":{\"username\":\"" + token + "\"}}";
    }

    private boolean isAllowed(JsonNode asked) {
        JsonNode what = asked.path("resourceAttributes");
        return what.path("resource").asString("").equals("nodes")
                && rights.contains(
                        right(
                                asked.path("user").asString(""),
                                what.path("verb").asString(""),
                                what.path("name").asString(""),
                                what.path("subresource").asString("")));
    }

    private static String right(String user, String verb, String node, String subresource) {
        return String.join(" ", user, verb, node, subresource);
    }

    private static void reply(HttpExchange exchange, String status) throws IOException {
        LoopbackServer.reply(exchange, 201, "{\"status\":" + status + "}");
    }
}
