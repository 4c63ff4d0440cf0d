package dev.gantry.scheduler.shell.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.client.event.Occurrence;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.rebalance.Planner;
import dev.gantry.scheduler.rebalance.RebalanceSettings;
import dev.gantry.scheduler.rebalance.RebalanceWorld;
import dev.gantry.testkit.LoopbackServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RebalancerTest {
    private static final String DONE = "{\"kind\":\"Status\",\"status\":\"Success\"}";
    private static final String TOO_MANY =
            "{\"kind\":\"Status\",\"reason\":\"TooManyRequests\",\"message\":\"the budget says no\"}";

    private final Queue<Integer> codes = new ConcurrentLinkedQueue<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    private final List<Occurrence> events = new ArrayList<>();
    private final RebalanceWorld world = new RebalanceWorld("empty-nodes");
    private LoopbackServer server;
    private Rebalancer rebalancer;

    @BeforeEach
    void serve() throws IOException {
        world.node("a", "4");
        world.node("b", "4");
        world.pod("one", "a", 500);
        world.pod("two", "a", 400);
        world.pod("web", "b", 2000);
        world.settled();
        server = LoopbackServer.start(this::answer);
        var api = ClusterApi.of(ClusterAccess.withToken(server.url(), "test"));
        RebalanceSettings settings = RebalanceSettings.of(Map.of("mode", "empty-nodes"));
        rebalancer =
                new Rebalancer(
                        world::quiescent,
                        new Planner(settings, Profiles.of(Map.of(), Profiles.PACKING)),
                        new Evictions(api, events::add),
                        settings.settle());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void evictsByTheApiAndSaysWhy() throws InterruptedException {
        codes.addAll(List.of(201, 201));

        assertThat(rebalancer.look()).isEqualTo(2);

        assertThat(paths)
                .containsExactly(
                        "POST /api/v1/namespaces/default/pods/one-0/eviction",
                        "POST /api/v1/namespaces/default/pods/two-1/eviction");
        assertThat(bodies.getFirst().at("/deleteOptions/preconditions/uid").asString())
                .isEqualTo("uid-one-0");
        Occurrence first = events.getFirst();
        assertThat(first.about().uid().value()).isEqualTo("uid-one-0");
        assertThat(first.reason()).isEqualTo("Rebalanced");
        assertThat(first.message())
                .isEqualTo(
                        "Evicted from node a, expected on node b: to empty the node, which is 22%"
                                + " full: all that is on it fits on fuller ones");
    }

    @Test
    void whatABudgetRefusesIsLeftAloneAndTheRestGoesOn() throws InterruptedException {
        codes.addAll(List.of(429, 201));
        assertThat(rebalancer.look()).isEqualTo(2);
        assertThat(events).extracting(each -> each.about().name()).containsExactly("two-1");

        assertThat(rebalancer.look()).as("both workloads were tried just now").isZero();
    }

    private void answer(HttpExchange exchange) throws IOException {
        paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        bodies.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
        int code = codes.remove();
        LoopbackServer.reply(exchange, code, code == 201 ? DONE : TOO_MANY);
    }
}
