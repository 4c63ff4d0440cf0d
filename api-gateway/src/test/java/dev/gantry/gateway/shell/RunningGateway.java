package dev.gantry.gateway.shell;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway on a port of loopback, with an authority of its own, for the length of a test. */
final class RunningGateway implements AutoCloseable {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

    final FakeBackend backend = new FakeBackend();
    final TestPki pki;
    private final String[] args;
    private final List<AutoCloseable> besides = new ArrayList<>();
    private ConfigurableApplicationContext context;

    RunningGateway(Path folder, String... more) throws Exception {
        pki = new TestPki(folder);
        List<String> all = new ArrayList<>(List.of(more));
        all.add("--gantry.pki.dir=" + folder);
        all.add("--gantry.gateway.addresses=127.0.0.1");
        all.add("--gantry.gateway.change-feed=false");
        all.add("--gantry.gateway.port=0");
        args = all.toArray(String[]::new);
        context = GatewayMain.start(Optional.of(backend), args);
    }

    /** One that writes what is asked of it to {@link #auditLog}. */
    static RunningGateway audited(Path folder) throws Exception {
        return new RunningGateway(folder, "--gantry.gateway.audit-log=" + auditLog(folder));
    }

    static Path auditLog(Path folder) {
        return folder.resolve("logs/audit.log");
    }

    /** Stands in for the agent of the node {@code n1} as long as the gateway runs. */
    FakeAgent agentOfNode() throws Exception {
        FakeAgent agent = new FakeAgent(pki);
        besides.add(agent::close);
        backend.put("/api/v1/nodes/n1", agent.node());
        return agent;
    }

    /**
     * Stores a ClusterRole and its binding, both of the user's or group's name. Roles are read when
     * the gateway starts: see {@link #restart}.
     *
     * @param kind User or Group
     * @param resources of the core group
     */
    RunningGateway grant(String kind, String name, String resources, String verbs) {
        backend.put(
                RBAC + "clusterroles/" + name,
                """
                {"kind":"ClusterRole","apiVersion":"rbac.authorization.k8s.io/v1",
                 "metadata":{"name":"%s","resourceVersion":"5"},
                 "rules":[{"apiGroups":[""],"resources":["%s"],"verbs":["%s"]}]}
                """
                        .formatted(
                                name,
                                resources.replace(",", "\",\""),
                                verbs.replace(",", "\",\"")));
        return bind(kind, name, name);
    }

    /** Stores the binding of a ClusterRole, under the user's or group's name. */
    RunningGateway bind(String kind, String name, String role) {
        backend.put(
                RBAC + "clusterrolebindings/" + name,
                """
                {"kind":"ClusterRoleBinding","apiVersion":"rbac.authorization.k8s.io/v1",
                 "metadata":{"name":"%s","resourceVersion":"6"},
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%s"},
                 "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"%s","name":"%s"}]}
                """
                        .formatted(name, role, kind, name));
        return this;
    }

    /** What is stored is read again. */
    void restart() {
        context.close();
        context = GatewayMain.start(Optional.of(backend), args);
    }

    SSLContext admin() throws Exception {
        return pki.clientOf("CN=admin,O=system:masters");
    }

    HttpResponse<String> get(SSLContext tls, String path) throws IOException, InterruptedException {
        return client(tls).send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(SSLContext tls, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client(tls).send(request, BodyHandlers.ofString());
    }

    static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    URI uri(String path) {
        return URI.create("https://127.0.0.1:" + port() + path);
    }

    URI webSocketUri(String path) {
        return URI.create("wss://127.0.0.1:" + port() + path);
    }

    int port() {
        return context.getBean(Gateway.class).port();
    }

    @Override
    public void close() {
        for (AutoCloseable each : besides) {
            try {
                each.close();
            } catch (Exception fault) {
                throw new IllegalStateException(fault);
            }
        }
        context.close();
    }
}
