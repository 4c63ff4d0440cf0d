package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import java.net.Socket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that take up room: with uploads, with watches, with being there. */
@ExtendWith(Cluster.Shared.class)
final class FloodAttackTest {
    private static final int LARGEST_BODY = 3 << 20;

    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    FloodAttackTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @Test
    void uploadsThatBreakOffStopNoWrites() throws Exception {
        String upload = "POST /api/v1/namespaces/" + ns.name() + "/configmaps";
        String size = "Content-Length: " + LARGEST_BODY;
        try (Attacker liar = Attacker.liar(cluster)) {
            for (int i = 0; i < 80; i++) {
                try (Socket socket = liar.ask(upload, "Content-Type: application/json", size)) {
                    socket.getOutputStream().write(new byte[100]);
                }
            }
            assertThat(liar.answer(upload, size)).startsWith("HTTP/1.1 401");
        }
        ns.kubectl("create", "configmap", "after-the-uploads");
    }

    @Test
    void watchesThatReadNothingTakeNobodyDown() throws Exception {
        try (Attacker watcher = Attacker.account(cluster, ns, "watcher")) {
            ns.kubectl("create", "role", "watcher", "--verb=list,watch", "--resource=configmaps");
            ns.kubectl(
                    "create",
                    "rolebinding",
                    "watcher",
                    "--role=watcher",
                    "--serviceaccount=" + ns.name() + ":watcher");
            String path = "/api/v1/namespaces/" + ns.name() + "/configmaps";
            TestNamespace.eventually(
                    () -> watcher.answer("GET " + path).startsWith("HTTP/1.1 200"));
            for (int i = 0; i < 300; i++) {
                watcher.ask("GET " + path + "?watch=true");
            }
            StringBuilder changes = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                changes.append(
                        """
                        ---
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: large-%d}
                        data: {a: %s}
                        """
                                .formatted(i, "x".repeat(50_000)));
            }
            ns.apply(changes.toString());
            ns.kubectl("create", "configmap", "after-the-watches");
        }
    }

    @Test
    void connectionsThatProveNothingAreFew() throws Exception {
        try (Attacker nobody = Attacker.nobody(cluster)) {
            TestNamespace.eventually(
                    () -> {
                        try (var silent = nobody.silence(520)) {
                            return silent.areEndedFromTheYoungest(5, 400);
                        }
                    });
        }
        // The gateway may not have heard yet that they are closed.
        TestNamespace.eventually(
                () -> {
                    Cluster.Result made =
                            ns.tryKubectl("create", "configmap", "after-the-connections");
                    return made.code() == 0 || made.errors().contains("already exists");
                });
    }
}
