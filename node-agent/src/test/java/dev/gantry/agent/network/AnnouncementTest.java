package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class AnnouncementTest {
    private static final BalancerPool POOL =
            new BalancerPool(
                    Stream.of("192.0.2.0/24", "2001:db8::/64")
                            .flatMap(each -> AddressBlock.parse(each).stream())
                            .toList());
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    private final List<NodeView> nodes = new ArrayList<>();
    private final List<ServiceView> services = new ArrayList<>();
    private final List<SliceView> slices = new ArrayList<>();

    @Test
    void everyAddressIsOfOneNodeAndAllNodesHaveSome() {
        NAMES.forEach(each -> nodes.add(node(each, "True", "")));
        List<String> all = IntStream.range(1, 101).mapToObj(each -> "192.0.2." + each).toList();
        all.forEach(each -> services.add(service(each, "Cluster")));

        List<String> announced = new ArrayList<>();
        for (String name : NAMES) {
            assertThat(of(name)).as(name).hasSizeBetween(10, 45);
            announced.addAll(of(name));
        }
        assertThat(announced).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void onlyTheAddressesOfANodeThatGoesMove() {
        Map<String, String> before = new HashMap<>();
        for (int i = 1; i < 200; i++) {
            String address = "192.0.2." + i;
            before.put(address, Announcement.choose(address, NAMES).orElseThrow());
        }
        before.forEach(
                (address, node) -> {
                    String after =
                            Announcement.choose(address, List.of("d", "c", "a")).orElseThrow();
                    assertThat(after).isNotEqualTo("b");
                    if (!node.equals("b")) {
                        assertThat(after).as(address).isEqualTo(node);
                    }
                });
    }

    @Test
    void nodesThatAreNotReadyOrAreExcludedAnnounceNothing() {
        nodes.add(node("a", "Unknown", ""));
        nodes.add(
                node(
                        "b",
                        "True",
                        "\"node.kubernetes.io/exclude-from-external-load-balancers\": \"\""));
        services.add(service("192.0.2.1", "Cluster"));
        assertThat(of("a")).isEmpty();
        assertThat(of("b")).isEmpty();

        nodes.add(node("c", "True", ""));
        assertThat(of("c")).containsExactly("192.0.2.1");
    }

    @Test
    void whereOnlyLocalEndpointsServeANodeWithoutThemAnnouncesNothing() {
        NAMES.forEach(each -> nodes.add(node(each, "True", "")));
        services.add(service("192.0.2.1", "Local"));
        slices.add(slice("IPv4", "c", "\"ready\": true"));
        slices.add(slice("IPv6", "a", "\"ready\": true"));
        assertThat(of("c")).containsExactly("192.0.2.1");

        slices.set(
                0,
                slice("IPv4", "b", "\"ready\": false, \"serving\": true, \"terminating\": true"));
        assertThat(of("b")).containsExactly("192.0.2.1");

        slices.set(0, slice("IPv4", "d", "\"ready\": false"));
        assertThat(NAMES).allMatch(each -> of(each).isEmpty());
    }

    @Test
    void nobodyAnnouncesWhatIsNotOfThePoolOrIsANodesOwn() {
        nodes.add(node("a", "True", ""));
        for (String each : List.of("198.51.100.1", "10.0.0.1", "192.0.2.250", "2001:db8:1::1")) {
            services.add(service(each, "Cluster"));
        }
        assertThat(of("a")).isEmpty();
        services.add(service("2001:db8:0::1", "Cluster"));
        assertThat(of("a")).containsExactly("2001:db8::1");
    }

    private List<String> of(String node) {
        return List.copyOf(Announcement.of(NetworkView.of(services, slices, nodes), POOL, node));
    }

    private static NodeView node(String name, String ready, String labels) {
        return NodeView.of(
                object(
                        """
                        {"metadata": {"name": "%s", "labels": {%s}},
                         "status": {"addresses": [{"type": "InternalIP", "address": "192.0.2.250"}],
                                    "conditions": [{"type": "Ready", "status": "%s"}]}}
                        """
                                .formatted(name, labels, ready)));
    }

    private static ServiceView service(String address, String policy) {
        return ServiceView.of(
                        object(
                                """
                                {"metadata": {"namespace": "n", "name": "s"},
                                 "spec": {"type": "LoadBalancer", "clusterIPs": ["10.96.0.1"],
                                          "externalTrafficPolicy": "%s"},
                                 "status": {"loadBalancer": {"ingress": [{"ip": "%s"}]}}}
                                """
                                        .formatted(policy, address)))
                .orElseThrow();
    }

    private static SliceView slice(String family, String node, String conditions) {
        return SliceView.of(
                        object(
                                """
                                {"metadata": {"namespace": "n", "name": "x",
                                              "labels": {"kubernetes.io/service-name": "s"}},
                                 "addressType": "%s",
                                 "endpoints": [{"addresses": ["10.1.1.1"], "nodeName": "%s",
                                                "conditions": {%s}}]}
                                """
                                        .formatted(family, node, conditions)))
                .orElseThrow();
    }

    private static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }
}
