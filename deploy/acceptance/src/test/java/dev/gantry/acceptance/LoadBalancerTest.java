package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Services of type LoadBalancer, asked from outside of the cluster: from the host. */
@ExtendWith(Cluster.Shared.class)
final class LoadBalancerTest {
    private static final List<String> NODES = List.of("node-1", "node-2");

    @AutoClose private final TestNamespace ns;
    @AutoClose private final HttpClient http = HttpClient.newHttpClient();
    private final Cluster cluster;

    LoadBalancerTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @Test
    void anAddressServesFromOutsideAndMovesWhenItsNodeIsNotReady() {
        ns.webOnEachNode("web", 2);
        ns.kubectl(
                "expose",
                "deployment",
                "web",
                "--type=LoadBalancer",
                "--port=80",
                "--target-port=http");
        String address = address("web");
        eventually(() -> body(address, 80).startsWith("web-"));
        eventually(() -> ns.kubectl("get", "events").contains("EnsuredLoadBalancer"));
        eventually(() -> NODES.contains(announcing(address)));
        String first = announcing(address);
        String other = NODES.get(1 - NODES.indexOf(first));

        try (var _ = new HungNode(cluster, first, "agent")) {
            eventually(
                    () ->
                            body(address, 80).startsWith("web-")
                                    && announcing(address).equals(other));
        }

        ns.delete("service", "web");
        eventually(() -> body(address, 80).isEmpty());
        for (String node : NODES) {
            eventually(() -> !onNode(node, "address", "show").contains(address + "/"));
        }
    }

    @Test
    void aLocalPolicyServesWhereAPodIsAndHealthChecksSayWhereThatIs() {
        ns.web("web", 1);
        ns.apply(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  type: LoadBalancer
                  externalTrafficPolicy: Local
                  allocateLoadBalancerNodePorts: false
                  selector: {app: web}
                  ports: [{port: 80, targetPort: http}]
                """);
        String address = address("web");
        eventually(() -> body(address, 80).startsWith("web-"));
        String node = ns.at("/items/0/spec/nodeName", "get", "pods", "-l", "app=web");
        eventually(() -> announcing(address).equals(node));
        assertThat(ns.at("/spec/ports/0/nodePort", "get", "service", "web")).isEmpty();
        int port = ns.json("get", "service", "web").at("/spec/healthCheckNodePort").asInt();
        for (JsonNode each : ns.json("get", "nodes").path("items")) {
            boolean isServing = each.at("/metadata/name").asString().equals(node);
            String nodeAddress = each.at("/status/addresses/0/address").asString();
            eventually(
                    () ->
                            body(nodeAddress, port)
                                    .contains("\"localEndpoints\": " + (isServing ? 1 : 0)));
        }
        // What listens on the node itself is not for those who come by a load balancer's address.
        assertThatThrownBy(() -> new Socket(address, 10250).close())
                .isInstanceOf(ConnectException.class);
    }

    private String address(String service) {
        ns.waitFor("service/" + service, "jsonpath={.status.loadBalancer.ingress[0].ip}");
        return ns.at("/status/loadBalancer/ingress/0/ip", "get", "service", service);
    }

    /** The node that the host sends to: by the hardware address that was told for this one. */
    private static String announcing(String address) {
        String neighbour = lladdr(List.of("ip", "-j", "neighbour", "show", address));
        for (String node : NODES) {
            JsonNode link =
                    JsonMapper.shared().readTree(onNode(node, "-j", "link", "show", "eth0"));
            if (link.path(0).path("address").asString("").equals(neighbour)) {
                return node;
            }
        }
        return "nobody";
    }

    private static String lladdr(List<String> command) {
        Cluster.Result listing = Cluster.run(command);
        return JsonMapper.shared().readTree(listing.out()).path(0).path("lladdr").asString("?");
    }

    private static String onNode(String node, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", "gantry42-" + node));
        command.addAll(List.of(arguments));
        return Cluster.run(command).out();
    }

    /** Empty where nobody answers. */
    private String body(String address, int port) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create("http://%s:%d/".formatted(address, port)))
                            .timeout(Duration.ofSeconds(10))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException refused) {
            return "";
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
