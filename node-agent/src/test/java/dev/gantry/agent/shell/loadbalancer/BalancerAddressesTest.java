package dev.gantry.agent.shell.loadbalancer;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.network.BalancerPool;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.agent.testing.TestRun;
import dev.gantry.model.address.AddressBlock;
import java.io.File;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two nodes and a neighbour on one bridge, each a network namespace of its own. */
final class BalancerAddressesTest {
    private static final String KIND = "glbtest";
    private static final String PREFIX = TestRun.prefix(KIND);
    private static final File NAMESPACES = new File("/run/netns");
    private static final List<String> VIRTUAL = List.of("10.199.9.80", "fd00:199:9::80");
    private static final BalancerPool POOL =
            new BalancerPool(
                    List.of(
                            AddressBlock.parse("10.199.9.64/26").orElseThrow(),
                            AddressBlock.parse("fd00:199:9::80/121").orElseThrow()));

    private final Commands host = new Commands(List.of());
    private final BalancerAddresses first = addresses("a", 1);
    private final BalancerAddresses second = addresses("b", 2);

    @BeforeEach
    void connectTwoNodesAndANeighbour() {
        for (String program : List.of("ip", "nsenter", "busybox")) {
            Assumptions.assumeTrue(
                    host.succeeds("sh", "-c", "command -v " + program), program + " is missing");
        }
        deleteNamespaces();
        for (String each : List.of("lan", "a", "b")) {
            host.run("", "ip", "netns", "add", PREFIX + each);
        }
        batch(
                "lan",
                """
                link add name glbtest type bridge
                address add 10.199.9.254/24 dev glbtest
                address add fd00:199:9::fe/64 dev glbtest nodad
                link set glbtest up
                """);
        connect("a", 1);
        connect("b", 2);
        first.start();
        second.start();
    }

    @AfterEach
    void remove() {
        first.close();
        second.close();
        deleteNamespaces();
    }

    private void deleteNamespaces() {
        for (String each : TestRun.abandoned(KIND, NAMESPACES)) {
            host.succeeds("ip", "netns", "del", each);
        }
        for (String each : List.of("lan", "a", "b")) {
            host.succeeds("ip", "netns", "del", PREFIX + each);
        }
    }

    @Test
    void aNeighbourFindsTheNodeAndHearsWhenItIsAnother() {
        first.want(new TreeSet<>(VIRTUAL));
        for (String address : VIRTUAL) {
            await().until(() -> reaches(address));
            assertThat(neighbour(address)).isEqualTo(hardwareAddress("a"));
        }
        second.want(new TreeSet<>(VIRTUAL));
        first.want(new TreeSet<>());
        for (String address : VIRTUAL) {
            // The neighbour asks nothing here: it is told.
            await().until(() -> neighbour(address).equals(hardwareAddress("b")));
        }
        await().until(() -> held("a").isEmpty());
        for (String address : VIRTUAL) {
            await().until(() -> reaches(address));
        }
    }

    @Test
    void anAddressIsLeasedAndIsNeverTheSourceOfAnything() {
        first.want(new TreeSet<>(VIRTUAL));
        await().until(() -> held("a").size() == VIRTUAL.size());

        for (JsonNode each : held("a")) {
            assertThat(each.path("valid_life_time").asLong()).isBetween(1L, 30L);
            assertThat(each.path("preferred_life_time").asLong(-1)).isZero();
        }
        for (String neighbour : List.of("10.199.9.254", "fd00:199:9::fe")) {
            assertThat(in("a").run("", "ip", "route", "get", neighbour))
                    .doesNotContain(VIRTUAL.getFirst(), VIRTUAL.getLast());
        }
    }

    @Test
    void anAgentThatStartsGivesUpWhatAnEarlierOneHad() {
        batch("a", "address add 10.199.9.77/32 dev eth0\n");
        first.want(new TreeSet<>());
        await().until(() -> held("a").isEmpty());
        assertThat(in("a").run("", "ip", "address", "show", "dev", "eth0"))
                .contains("10.199.9.1/24");
    }

    private BalancerAddresses addresses(String node, int number) {
        return new BalancerAddresses(in(node), List.of("10.199.9." + number), POOL);
    }

    private void connect(String node, int number) {
        host.run(
                "",
                "ip",
                "-n",
                PREFIX + "lan",
                "link",
                "add",
                "glb" + number,
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "netns",
                PREFIX + node);
        batch("lan", "link set glb%d master glbtest up\n".formatted(number));
        batch(
                node,
                """
                link set lo up
                link set eth0 up
                address add 10.199.9.%1$d/24 dev eth0
                address add fd00:199:9::%1$d/64 dev eth0 nodad
                """
                        .formatted(number));
    }

    private boolean reaches(String address) {
        return in("lan").succeeds("busybox", "ping", "-c", "1", "-W", "1", address);
    }

    private String neighbour(String address) {
        JsonNode found = json("lan", "ip", "-j", "neighbour", "show", address);
        return found.path(0).path("lladdr").asString("");
    }

    private String hardwareAddress(String node) {
        return json(node, "ip", "-j", "link", "show", "eth0").path(0).path("address").asString("");
    }

    private List<JsonNode> held(String node) {
        return json(node, "ip", "-j", "address", "show", "eth0")
                .path(0)
                .path("addr_info")
                .valueStream()
                .filter(each -> POOL.holds(each.path("local").asString("")))
                .toList();
    }

    private JsonNode json(String name, String... command) {
        return JsonMapper.shared().readTree(in(name).run("", command));
    }

    private void batch(String name, String lines) {
        in(name).run(lines, "ip", "-batch", "-");
    }

    private static Commands in(String name) {
        return new Commands(List.of("nsenter", "--net=/run/netns/" + PREFIX + name));
    }
}
