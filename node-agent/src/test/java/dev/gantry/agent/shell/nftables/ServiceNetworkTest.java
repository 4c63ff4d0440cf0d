package dev.gantry.agent.shell.nftables;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.network.BalancerPool;
import dev.gantry.agent.shell.cni.KernelSettings;
import dev.gantry.agent.shell.cni.PodNetwork;
import dev.gantry.agent.shell.command.CommandFault;
import dev.gantry.agent.shell.dns.DnsProcess;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.kind.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real packets through real rules: two nodes, four pods, both families. */
final class ServiceNetworkTest {
    private static final String V4 = "10.96.7.20";
    private static final String V6 = "fd00:10:96::720";
    private static final List<String> CIDRS = List.of("10.96.0.0/16", "fd00:10:96::/112");

    private static final String DATAGRAM_SERVER =
            "my $s = IO::Socket::INET->new(LocalPort => 9053, Proto => 'udp') or die;"
                    + " while ($s->recv(my $m, 512)) { $s->send(\"$ARGV[0]\\n\") }";

    @TempDir static Path folder;
    private static final List<AutoCloseable> PARTS = new ArrayList<>();
    private static TestNodes nodes;
    private static List<String> p1;
    private static List<String> p2;
    private static List<String> client;
    private static List<String> far;

    private static final String OF_AN_OLDER_AGENT =
            """
            add table ip gantry
            add set ip gantry sticky { type mark; }
            add element ip gantry sticky { 7 }
            add chain ip gantry pick-2-outsiders
            add rule ip gantry pick-2-outsiders ct mark @sticky accept
            """;

    @BeforeAll
    static void buildTwoNodes() throws IOException {
        nodes = new TestNodes(folder);
        nodes.in("a").run(OF_AN_OLDER_AGENT, "nft", "-f", "-");
        for (String node : List.of("a", "b")) {
            KernelSettings.apply(nodes.in(node));
            var pods =
                    new PodNetwork(
                            node,
                            nodes.configurationFolder(node),
                            nodes.leases(node),
                            nodes.in(node),
                            nodes.cache());
            var services =
                    new ServiceNetwork(
                            new ServiceNetwork.Setting(node, CIDRS, Set.of("10.96.0.10"), pool()),
                            nodes.in(node),
                            nodes.cache(),
                            _ -> {});
            pods.start();
            services.start();
            PARTS.add(pods);
            PARTS.add(services);
        }
        nodes.put(Kinds.NODE, "a", TestNodes.node(1));
        nodes.put(Kinds.NODE, "b", TestNodes.node(2));
        nodes.cache().onCaughtUp();
        for (String node : List.of("a", "b")) {
            await().until(
                            () ->
                                    Files.exists(
                                            nodes.configurationFolder(node)
                                                    .resolve("10-gantry.conflist")));
        }
        client = nodes.pod("a", "client");
        p1 = nodes.pod("a", "p1");
        p2 = nodes.pod("b", "p2");
        far = nodes.pod("b", "far");
    }

    @AfterAll
    static void tearDown() throws Exception {
        for (AutoCloseable part : PARTS) {
            part.close();
        }
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    void podsReachEachOtherAcrossNodesInBothFamilies() {
        await().untilAsserted(
                        () -> {
                            assertThat(nodes.fetch("client", p2.get(0), 8080)).isEqualTo("p2");
                            assertThat(nodes.fetch("client", p2.get(1), 8080)).isEqualTo("p2");
                            assertThat(nodes.fetch("client", p1.get(0), 8080)).isEqualTo("p1");
                        });
    }

    @Test
    void spreadsConnectionsOverAllEndpointsInBothFamilies() {
        service("web", V4, V6, 30720, "");
        endpoints("web", true, p1, "a", p2, "b");
        for (String node : List.of("a", "b")) {
            await().until(() -> !nodes.fetch(node, V4, 80).isEmpty());
            await().until(() -> !nodes.fetch(node, V6, 80).isEmpty());
        }
        for (String address : List.of(V4, V6)) {
            for (String from : List.of("client", "far", "a", "b")) {
                assertThat(answers(from, address, 80, 20))
                        .as("%s → %s", from, address)
                        .containsExactly("p1", "p2");
            }
        }
        assertThat(answers("b", "10.199.7.1", 30720, 20)).containsExactly("p1", "p2");
        assertThat(answers("a", "fd00:199:7::1", 30720, 20)).containsExactly("p1", "p2");
        // A pod that reaches itself through its own Service.
        assertThat(answers("p1", V4, 80, 20)).containsExactly("p1", "p2");
    }

    @Test
    void followsEndpointsAndRefusesAtOnceWhenNoneIsReady() {
        service("few", "10.96.7.21", "fd00:10:96::721", 30721, "");
        endpoints("few", true, p1, "a", p2, "b");
        await().until(() -> answers("client", "10.96.7.21", 80, 12).equals(Set.of("p1", "p2")));
        endpoints("few", true, p2, "b");
        await().until(() -> answers("client", "10.96.7.21", 80, 8).equals(Set.of("p2")));
        endpoints("few", false, p2, "b");
        await().untilAsserted(() -> assertRefused("client", "10.96.7.21", 80));
        // The other family has a slice of its own.
        await().untilAsserted(() -> assertRefused("client", "fd00:10:96::721", 80));
        assertRefused("a", "10.96.7.21", 80);
        assertRefused("b", "10.199.7.1", 30721);
        assertRefused("client", "10.96.7.99", 80);
    }

    @Test
    void aClientStaysWithItsEndpointAndMovesOnlyWhenThatGoes() {
        service("sticky", "10.96.7.22", "fd00:10:96::722", 0, "\"sessionAffinity\": \"ClientIP\",");
        endpoints("sticky", true, p1, "a", p2, "b");
        await().until(() -> !nodes.fetch("client", "10.96.7.22", 80).isEmpty());
        Set<String> first = answers("client", "10.96.7.22", 80, 12);
        assertThat(first).hasSize(1);
        boolean wasFirst = first.contains("p1");
        endpoints("sticky", true, wasFirst ? p2 : p1, wasFirst ? "b" : "a");
        Set<String> other = Set.of(wasFirst ? "p2" : "p1");
        await().untilAsserted(
                        () -> assertThat(answers("client", "10.96.7.22", 80, 6)).isEqualTo(other));
        // Even when the first one comes back, the client has a new home.
        endpoints("sticky", true, p1, "a", p2, "b");
        assertThat(answers("client", "10.96.7.22", 80, 12)).isEqualTo(other);
    }

    @Test
    void aLocalPolicyKeepsOutsidersOnTheNodeAndTheirAddressAsItIs() {
        service(
                "local",
                "10.96.7.23",
                "fd00:10:96::723",
                30723,
                "\"externalTrafficPolicy\": \"Local\",");
        endpoints("local", true, p1, "a");
        await().until(() -> nodes.fetch("b", "10.199.7.1", 30723).equals("p1"));
        // Node b has no endpoint: it drops what comes from outside, but serves its own pods.
        await().until(() -> nodes.fetch("far", "10.199.7.2", 30723).equals("p1"));
        assertThat(nodes.isSilent("a", "10.199.7.2", 30723)).isTrue();
    }

    @Test
    void aLoadBalancerIsReachedFromItsSourceRangesAndOnItsPortsOnly() {
        balancer("open", "192.0.2.80", "2001:db8::80", "");
        endpoints("open", true, p1, "a", p2, "b");
        balancer(
                "guarded",
                "192.0.2.81",
                "2001:db8::81",
                "\"loadBalancerSourceRanges\": [\"10.198.1.0/24\", \"10.198.1.0/25\", \"fd00:198:1::/64\"],");
        endpoints("guarded", true, p1, "a", p2, "b");
        for (String address : List.of("192.0.2.80", "2001:db8::80")) {
            for (String from : List.of("client", "far", "a")) {
                await().until(() -> answers(from, address, 80, 12).equals(Set.of("p1", "p2")));
            }
            assertRefused("client", address, 81);
            assertRefused("a", address, 81);
        }
        for (String address : List.of("192.0.2.81", "2001:db8::81")) {
            await().until(() -> answers("client", address, 80, 12).equals(Set.of("p1", "p2")));
            assertThat(nodes.isSilent("far", address, 80)).isTrue();
        }
    }

    private static BalancerPool pool() {
        return new BalancerPool(
                Stream.of("192.0.2.0/24", "2001:db8::/64")
                        .flatMap(each -> AddressBlock.parse(each).stream())
                        .toList());
    }

    @Test
    void servesDatagramsAndForgetsFlowsToEndpointsThatWent() throws IOException {
        for (String pod : List.of("p1", "p2")) {
            nodes.start(pod, "perl", "-MIO::Socket::INET", "-e", DATAGRAM_SERVER, pod);
        }
        nodes.put(
                Kinds.SERVICE,
                "datagrams",
                """
                {"spec": {"clusterIPs": ["10.96.7.24"], "type": "ClusterIP",
                          "ports": [{"protocol": "UDP", "port": 53}]}}
                """);
        datagramEndpoint(p1.getFirst(), "a");
        // One socket all the time, so that it is one flow to the kernel.
        Path heard =
                nodes.start(
                        "client",
                        "bash",
                        "-c",
                        "exec 3<>/dev/udp/10.96.7.24/53; while sleep 0.1; do echo hi >&3;"
                                + " timeout 0.3 dd bs=512 count=1 status=none <&3; done");
        await().until(() -> Files.readString(heard).endsWith("p1\n"));
        datagramEndpoint(p2.getFirst(), "b");
        await().until(() -> Files.readString(heard).endsWith("p2\n"));
    }

    @Test
    void podsAskTheNameServerOfTheirNodeInBothFamilies() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path said =
                nodes.start(
                        "a",
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DnsProcess.class.getName(),
                        "10.96.0.10",
                        "fd00:10:96::a");
        for (String server : List.of("10.96.0.10", "fd00:10:96::a")) {
            for (String from : List.of("client", "a")) {
                await().untilAsserted(
                                () ->
                                        assertThat(lookUp(from, "web.n.svc.cluster.local", server))
                                                .as(Files.readString(said))
                                                .contains("10.96.7.20")
                                                .contains("fd00:10:96::720"));
            }
        }
        assertThat(lookUp("client", "nobody.n.svc.cluster.local", "10.96.0.10"))
                .contains("NXDOMAIN");
    }

    private static String lookUp(String from, String name, String server) {
        return nodes.in(from)
                .run("", "sh", "-c", "busybox nslookup %s %s || true".formatted(name, server));
    }

    @Test
    void hostPortsLeadToTheirPod() throws IOException {
        nodes.mapPort("a", "p1", p1, 18080, 8080);
        for (String from : List.of("b", "far", "client")) {
            await().until(() -> nodes.fetch(from, "10.199.7.1", 18080).equals("p1"));
        }
    }

    @Test
    void leavesNoRulesOfAnOlderAgentThatCalledThemOtherwise() {
        service("renamed", "10.96.7.27", "fd00:10:96::727", 0, "");
        endpoints("renamed", true, p1, "a");
        await().until(() -> nodes.fetch("client", "10.96.7.27", 80).equals("p1"));
        assertThat(nodes.in("a").run("", "nft", "list", "table", "ip", "gantry"))
                .contains("chain endpoints-1-non-local")
                .doesNotContain("outsiders", "sticky");
    }

    @Test
    void putsBackWhatSomebodyTookAway() {
        service("firm", "10.96.7.25", "fd00:10:96::725", 0, "");
        endpoints("firm", true, p1, "a");
        await().until(() -> nodes.fetch("client", "10.96.7.25", 80).equals("p1"));
        ServiceNetwork.remove(nodes.in("a"));
        // The next change finds no table, which is a fault, after which all is put anew.
        service("other", "10.96.7.26", "fd00:10:96::726", 0, "");
        await().until(() -> nodes.fetch("client", "10.96.7.25", 80).equals("p1"));
    }

    private static void datagramEndpoint(String address, String node) {
        nodes.put(
                Kinds.ENDPOINT_SLICE,
                "datagrams",
                """
                {"metadata": {"labels": {"kubernetes.io/service-name": "datagrams"}},
                 "addressType": "IPv4", "ports": [{"name": "", "protocol": "UDP", "port": 9053}],
                 "endpoints": [{"addresses": ["%s"], "nodeName": "%s"}]}
                """
                        .formatted(address, node));
    }

    private static Set<String> answers(String from, String address, int port, int times) {
        Set<String> answers = new TreeSet<>();
        for (int i = 0; i < times; i++) {
            answers.add(nodes.fetch(from, address, port));
        }
        return answers;
    }

    private static void assertRefused(String from, String address, int port) {
        assertThatThrownBy(() -> nodes.get(from, address, port))
                .as(from + " → " + address)
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("refused");
    }

    private static void service(String name, String v4, String v6, int nodePort, String more) {
        nodes.put(
                Kinds.SERVICE,
                name,
                """
                {"spec": {"clusterIP": "%1$s", "clusterIPs": ["%1$s", "%2$s"], %4$s
                          "type": "NodePort",
                          "ports": [{"name": "http", "port": 80, "nodePort": %3$d}]}}
                """
                        .formatted(v4, v6, nodePort, more));
    }

    private static void balancer(String name, String v4, String v6, String more) {
        nodes.put(
                Kinds.SERVICE,
                name,
                """
                {"spec": {"clusterIPs": ["%1$s", "%2$s"], %5$s "type": "LoadBalancer",
                          "ports": [{"name": "http", "port": 80}]},
                 "status": {"loadBalancer": {"ingress": [
                   {"ip": "%3$s", "ipMode": "VIP"}, {"ip": "%4$s", "ipMode": "VIP"}]}}}
                """
                        .formatted(
                                v4.replace("192.0.2.", "10.96.8."),
                                v6.replace("2001:db8::", "fd00:10:96::8"),
                                v4,
                                v6,
                                more));
    }

    /** One slice per family; {@code podsAndNodes} are pairs of a pod's addresses and its node. */
    private static void endpoints(String service, boolean ready, Object... podsAndNodes) {
        for (int family = 0; family < 2; family++) {
            List<String> endpoints = new ArrayList<>();
            for (int i = 0; i < podsAndNodes.length; i += 2) {
                endpoints.add(
                        "{\"addresses\": [\"%s\"], \"nodeName\": \"%s\", \"conditions\": {\"ready\": %s}}"
                                .formatted(
                                        ((List<?>) podsAndNodes[i]).get(family),
                                        podsAndNodes[i + 1],
                                        ready));
            }
            nodes.put(
                    Kinds.ENDPOINT_SLICE,
                    service + "-" + family,
                    """
                    {"metadata": {"labels": {"kubernetes.io/service-name": "%s"}},
                     "addressType": "%s", "ports": [{"name": "http", "port": 8080}],
                     "endpoints": [%s]}
                    """
                            .formatted(
                                    service,
                                    family == 0 ? "IPv4" : "IPv6",
                                    String.join(",", endpoints)));
        }
    }
}
