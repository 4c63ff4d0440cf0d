package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services, names and addresses, over both nodes and both IP families. All ask the same pods. */
@ExtendWith(Cluster.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NetworkTest {
    @AutoClose private final TestNamespace ns;

    NetworkTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
        ns.webOnEachNode("web", 4);
        expose("web");
        ns.sleeper("client");
    }

    @Test
    void aServiceIsBalancedOverItsPodsOnEveryNode() {
        pinned("client-1", "node-1");
        pinned("client-2", "node-2");
        for (String client : Set.of("client-1", "client-2")) {
            eventually(() -> answers(client, "http://web/", 30).size() == 4);
        }
    }

    @Test
    void bothFamiliesServe() {
        var service = ns.json("get", "service", "web");
        assertThat(service.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\",\"IPv6\"]");
        for (var address : service.at("/spec/clusterIPs")) {
            String host =
                    address.asString().contains(":")
                            ? "[" + address.asString() + "]"
                            : address.asString();
            eventually(() -> answers("client", "http://" + host + "/", 20).size() > 1);
        }
        assertThat(ns.json("get", "pod", "client").at("/status/podIPs")).hasSize(2);
    }

    @Test
    void namesResolveFromInsidePods() {
        String full = "web." + ns.name() + ".svc.cluster.local";
        String ip = ns.at("/spec/clusterIP", "get", "service", "web");
        resolves(full, ip);
        // It asks for both families, and fails for the one that this Service does not have.
        resolves("kubernetes.default.svc.cluster.local", "10.96.0.1");
        resolves("absent." + ns.name() + ".svc.cluster.local", "NXDOMAIN");
        ns.apply(
                "{apiVersion: v1, kind: Service, metadata: {name: bare}, spec: {clusterIP: None, selector: {app: web}, ports: [{port: 8080}]}}");
        String podIp = ns.at("/items/0/status/podIP", "get", "pods", "-l", "app=web");
        resolves("bare", podIp);
    }

    private void resolves(String name, String answer) {
        eventually(
                () ->
                        ns.tryKubectl("exec", "client", "--", "nslookup", name)
                                .text()
                                .contains(answer));
    }

    @Test
    void aNodePortServesFromOutsideOnEveryNode() throws Exception {
        ns.kubectl("patch", "service", "web", "-p", "{\"spec\":{\"type\":\"NodePort\"}}");
        String port = ns.at("/spec/ports/0/nodePort", "get", "service", "web");
        HttpClient http = HttpClient.newHttpClient();
        for (var node : ns.json("get", "nodes").path("items")) {
            String url =
                    "http://"
                            + node.at("/status/addresses/0/address").asString()
                            + ":"
                            + port
                            + "/";
            eventually(() -> reaches(http, url));
        }
    }

    @Test
    void onlyReadyPodsGetTrafficAndNoneMeansRefused() {
        ns.web("gone", 2);
        expose("gone");
        eventually(() -> wget("http://gone/").out().startsWith("gone-"));
        ns.kubectl("scale", "deployment/gone", "--replicas=0");
        eventually(
                () -> {
                    Cluster.Result refused = wget("http://gone/");
                    return refused.code() != 0 && refused.errors().contains("refused");
                });
    }

    private Cluster.Result wget(String url) {
        return ns.tryKubectl("exec", "client", "--", "wget", "-T", "10", "-q", "-O-", url);
    }

    private void expose(String deployment) {
        ns.kubectl(
                "expose",
                "deployment",
                deployment,
                "--port=80",
                "--target-port=http",
                "--overrides",
                "{\"spec\":{\"ipFamilyPolicy\":\"PreferDualStack\"}}");
    }

    private void pinned(String pod, String node) {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  nodeSelector: {kubernetes.io/hostname: %s}
                  terminationGracePeriodSeconds: 1
                  containers:
                  - {name: main, image: "${image}", command: [sleep, "3600"]}
                """
                        .formatted(pod, node));
        ns.ready(pod);
    }

    private Set<String> answers(String client, String url, int times) {
        eventually(
                () ->
                        ns.tryKubectl("exec", client, "--", "wget", "-T", "10", "-q", "-O-", url)
                                        .code()
                                == 0);
        String loop = "for i in $(seq " + times + "); do wget -T 10 -q -O- '" + url + "'; done";
        var answers =
                new TreeSet<>(
                        ns.tryKubectl("exec", client, "--", "sh", "-c", loop)
                                .out()
                                .lines()
                                .toList());
        assertThat(answers).allMatch(each -> each.startsWith("web-"));
        return answers;
    }

    private static boolean reaches(HttpClient http, String url) throws Exception {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .startsWith("web-");
        } catch (IOException notYet) {
            return false;
        }
    }
}
