package dev.gantry.client.shell.election;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.testkit.Patience;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two replicas and an API that keeps one lease, with its resource version, and can be away. */
final class LeaderElectorTest {
    private final List<LeaderElector> electors = new ArrayList<>();
    private final Follower first = new Follower();
    private final Follower second = new Follower();
    private @Nullable ObjectNode lease;
    private long revision;
    private String unheard = "";
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        electors.forEach(LeaderElector::close);
        server.stop(0);
    }

    @Test
    void ofTwoReplicasOneLeads() {
        replica("first", first);
        Patience.await().until(() -> first.leads);
        replica("second", second);
        long before = revision();
        Patience.await().until(() -> revision() > before + 3);

        assertThat(second.leads).isFalse();
        assertThat(holder()).isEqualTo("first");
    }

    @Test
    void theOtherLeadsWhenTheLeaderReleasesTheLease() {
        LeaderElector leader = replica("first", first);
        Patience.await().until(() -> first.leads);
        replica("second", second);
        leader.close();

        Patience.await().until(() -> second.leads);
        assertThat(transitions()).isEqualTo(1);
    }

    /** The first is not dead but cut off: it goes on until it sees that another holds the lease. */
    @Test
    void theOtherLeadsWhenTheLeaderRenewsNoMoreAndTheFirstThenFollows() {
        replica("first", first);
        Patience.await().until(() -> first.leads);
        replica("second", second);
        ignore("first");
        Patience.await().until(() -> second.leads);
        assertThat(first.leads).isTrue();

        ignore("");
        Patience.await().until(() -> !first.leads);
        assertThat(second.leads).isTrue();
    }

    private LeaderElector replica(String identity, Follower follower) {
        var client = new ApiClient();
        client.setBasePath("http://127.0.0.1:" + server.getAddress().getPort());
        client.setHttpClient(
                client.getHttpClient()
                        .newBuilder()
                        .addInterceptor(
                                chain ->
                                        chain.proceed(
                                                chain.request()
                                                        .newBuilder()
                                                        .header("x-identity", identity)
                                                        .build()))
                        .build());
        var elector = new LeaderElector(new ClusterApi(client), "test", identity, follower).start();
        electors.add(elector);
        return elector;
    }

    private synchronized void ignore(String identity) {
        unheard = identity;
    }

    private synchronized long revision() {
        return revision;
    }

    private synchronized String holder() {
        return spec().path("holderIdentity").asString("");
    }

    private synchronized int transitions() {
        return spec().path("leaseTransitions").asInt(-1);
    }

    private JsonNode spec() {
        return lease == null ? JsonMapper.shared().createObjectNode() : lease.path("spec");
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String caller = String.valueOf(exchange.getRequestHeaders().getFirst("x-identity"));
        boolean isList = !exchange.getRequestURI().getPath().endsWith("/test");
        ObjectNode sent = sent(exchange);
        if (caller.equals(unheard) || isList && sent == null) {
            reply(exchange, 503, "{}"); // There is no watch here: a candidate looks by itself.
        } else if (sent == null) {
            reply(exchange, lease == null ? 404 : 200, lease == null ? MISSING : lease.toString());
        } else if (isStale(sent)) {
            reply(exchange, 409, "{\"reason\":\"Conflict\",\"message\":\"changed\"}");
        } else {
            revision++;
            ((ObjectNode) sent.path("metadata"))
                    .put("resourceVersion", Long.toString(revision))
                    .put("uid", "u");
            lease = sent;
            reply(exchange, 200, sent.toString());
        }
    }

    private boolean isStale(ObjectNode sent) {
        String seen = sent.path("metadata").path("resourceVersion").asString("");
        return !seen.equals(revision == 0 ? "" : Long.toString(revision));
    }

    private static @Nullable ObjectNode sent(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return body.length == 0 ? null : (ObjectNode) JsonMapper.shared().readTree(body);
    }

    private static void reply(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static final String MISSING = "{\"reason\":\"NotFound\",\"message\":\"no lease\"}";

    private static final class Follower implements LeaderElector.Listener {
        private volatile boolean leads;

        @Override
        public void onLeading() {
            leads = true;
        }

        @Override
        public void onFollowing() {
            leads = false;
        }
    }
}
