package dev.gantry.acceptance.compose;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.ExtensionServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Pods and load balancers are on the containers' own network: what the control plane asks of pods,
 * and who asks from outside of the cluster, finds them there.
 */
record Neighbours(Compose compose, Path keys) {
    /** Of the network: where the host is on it. */
    private static final String MACHINE = "10.89.192.1";

    private static final String WEBHOOK =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: furniture}
            webhooks:
            - name: no.furniture.example.com
              admissionReviewVersions: [v1]
              sideEffects: None
              failurePolicy: Fail
              clientConfig:
                service: {namespace: default, name: chairs, path: %s}
                caBundle: %s
              rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
              objectSelector: {matchLabels: {kind: furniture}}
            """;

    /** The Service {@code web} exists, and pods named {@code web-…} are behind it. */
    void areReached() throws Exception {
        throughTheApi();
        fromTheHost();
        eventually(() -> compose.kubectl().attempt("", "top", "nodes").out().contains("node-2"));
        byServicesOfTheApi();
    }

    private void throughTheApi() {
        String pods = compose.kubectl().run("get", "pods", "-l=app=web", "-o=name");
        for (String pod : pods.lines().toList()) {
            assertThat(raw("pods/" + pod.replace("pod/", "") + ":8080")).startsWith("hello from");
        }
        assertThat(raw("services/web:80")).startsWith("hello from");
    }

    private void fromTheHost() {
        compose.kubectl()
                .run(
                        "expose",
                        "deployment/web",
                        "--name=outside",
                        "--type=LoadBalancer",
                        "--port=80",
                        "--target-port=http");
        String ingress = "{.status.loadBalancer.ingress[0].ip}";
        compose.kubectl()
                .run("wait", "service/outside", "--for=jsonpath=" + ingress, "--timeout=60s");
        String address = compose.kubectl().run("get", "service/outside", "-o=jsonpath=" + ingress);
        assertThat(address).startsWith("10.89.194.");
        List<String> ask = List.of("curl", "-sS", "--max-time", "2", "http://" + address);
        eventually(() -> Cluster.run(ask, "", Duration.ofSeconds(10)).out().startsWith("hello"));
    }

    /** An aggregated API and a webhook, both behind a Service: gateway and state ask a pod. */
    private void byServicesOfTheApi() throws Exception {
        String trust =
                compose.kubectl()
                        .run(
                                "get",
                                "configmap/extension-apiserver-authentication",
                                "--namespace=kube-system",
                                "-o=jsonpath={.data.requestheader-client-ca-file}");
        try (var server = new ExtensionServer(keys, trust, "default", "chairs.default.svc")) {
            compose.kubectl().apply(server.behindAPod(MACHINE));
            compose.kubectl()
                    .run(
                            "wait",
                            "apiservice/v1.furniture.example.com",
                            "--for=condition=Available",
                            "--timeout=60s");
            eventually(() -> compose.kubectl().attempt("", "get", "chairs").out().contains("of-"));
            refuses(server);
        } finally {
            compose.kubectl().run("delete", "apiservice/v1.furniture.example.com");
        }
    }

    private void refuses(ExtensionServer server) throws IOException {
        compose.kubectl().apply(WEBHOOK.formatted(ExtensionServer.REFUSAL, server.authority()));
        String table =
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: table, labels: {kind: furniture}}
                """;
        eventually(
                () ->
                        compose.kubectl()
                                .attempt(table, "create", "--dry-run=server", "-f", "-")
                                .errors()
                                .contains("no more furniture"));
        compose.kubectl().run("delete", "validatingwebhookconfiguration/furniture");
    }

    private String raw(String target) {
        return compose.kubectl()
                .run("get", "--raw", "/api/v1/namespaces/default/" + target + "/proxy/");
    }
}
