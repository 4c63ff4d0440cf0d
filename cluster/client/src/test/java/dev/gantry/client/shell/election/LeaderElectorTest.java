package dev.gantry.client.shell.election;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.testkit.LoopbackServer;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two replicas and an API that keeps one lease, with its resource version, and can be away.
 *
 * <p>It gives each lease an hour, whatever is asked for: a machine that stands still for more than
 * a second changes no leader here, unless a test lets it.
 */
final class LeaderElectorTest {
    private static final int HOUR = 3600;

    private final List<LeaderElector> electors = new ArrayList<>();
    private final Follower first = new Follower();
    private final Follower second = new Follower();
    private @Nullable ObjectNode lease;
    private long revision;
    private String unheard = "";
    private int leaseSeconds = HOUR;
    private LoopbackServer server;

    @BeforeEach
    void serve() throws IOException {
        server = LoopbackServer.start(this::answer);
    }

    @AfterEach
    void stop() {
        electors.forEach(LeaderElector::close);
        server.close();
    }

    @Test
    void ofTwoReplicasOneLeads() throws IOException {
        LeaderElector leader = replica("first", first);
        Patience.await().until(() -> first.leads);
        LeaderElector standby = replica("second", second);
        long before = revision();
        Patience.await().until(() -> revision() > before + 3);

        assertThat(second.leads).isFalse();
        assertThat(told(leader)).endsWith("\nleader_election_master_status{name=\"test\"} 1\n");
        assertThat(told(standby)).endsWith("\nleader_election_master_status{name=\"test\"} 0\n");
        assertThat(holder()).isEqualTo("first");
    }

    /** Though it would have held for an hour. */
    @Test
    void aReleasedLeaseIsTakenAtOnce() throws IOException {
        LeaderElector leader = replica("first", first);
        Patience.await().until(() -> first.leads);
        leader.close();
        replica("second", second);

        Patience.await().until(() -> second.leads);
        assertThat(transitions()).isEqualTo(1);
    }

    /** The first is not dead but cut off: it goes on until it sees that another holds the lease. */
    @Test
    void theOtherLeadsWhenTheLeaderRenewsNoMoreAndTheFirstThenFollows() throws IOException {
        giveLeases(1);
        replica("first", first);
        Patience.await().until(() -> first.leads);
        replica("second", second);
        ignore("first");
        Patience.await().until(() -> second.leads);
        assertThat(first.leads).isTrue();

        giveLeases(HOUR);
        long before = revision();
        Patience.await().until(() -> revision() > before);
        ignore("");
        Patience.await().until(() -> !first.leads);
        assertThat(second.leads).isTrue();
    }

    /** Its token is its name. */
    private LeaderElector replica(String identity, Follower follower) throws IOException {
        var api = ClusterApi.of(ClusterAccess.withToken(server.url(), identity));
        var elector = new LeaderElector(api, "test", identity, follower).start();
        electors.add(elector);
        return elector;
    }

    private static String told(LeaderElector elector) {
        var text = new StringBuilder();
        elector.append(text);
        return text.toString();
    }

    private synchronized void ignore(String identity) {
        unheard = identity;
    }

    /** What is written from now on holds for so long. */
    private synchronized void giveLeases(int seconds) {
        leaseSeconds = seconds;
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
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean isList = !exchange.getRequestURI().getPath().endsWith("/test");
        ObjectNode sent = sent(exchange);
        if (token.equals("Bearer " + unheard) || isList && sent == null) {
            // There is no watch here: a candidate looks by itself.
            LoopbackServer.reply(exchange, 503, "{}");
        } else if (sent == null) {
            LoopbackServer.reply(
                    exchange,
                    lease == null ? 404 : 200,
                    lease == null ? MISSING : lease.toString());
        } else if (isStale(sent)) {
            LoopbackServer.reply(
                    exchange, 409, "{\"reason\":\"Conflict\",\"message\":\"changed\"}");
        } else {
            revision++;
            ((ObjectNode) sent.path("metadata"))
                    .put("resourceVersion", Long.toString(revision))
                    .put("uid", "u");
            ((ObjectNode) sent.path("spec")).put("leaseDurationSeconds", leaseSeconds);
            lease = sent;
            LoopbackServer.reply(exchange, 200, sent.toString());
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
