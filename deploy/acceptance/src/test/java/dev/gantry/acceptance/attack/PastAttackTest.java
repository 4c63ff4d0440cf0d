package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who was given a namespace whose name was another team's before. */
@ExtendWith(Cluster.Shared.class)
final class PastAttackTest {
    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;
    private final String name;

    PastAttackTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        name = "again-after-" + ns.name();
    }

    @Test
    void aRightInANamespaceShowsNothingOfAFormerOne() throws Exception {
        long former = noted("former");
        cluster.kubectl("delete", "namespace", name, TestNamespace.timeout());
        long today = noted("of today");
        String configMaps = "/api/v1/namespaces/" + name + "/configmaps";
        try (Attacker reader = Attacker.account(cluster, ns, "reader")) {
            grant("--serviceaccount=" + ns.name() + ":reader");
            TestNamespace.eventually(
                    () -> reader.answer("GET " + configMaps).startsWith("HTTP/1.1 200"));
            assertThat(reader.answer("GET /asof/" + today + configMaps + "/note"))
                    .startsWith("HTTP/1.1 200")
                    .contains("of today");
            assertThat(cluster.kubectl("get", "--raw", "/asof/" + former + configMaps + "/note"))
                    .contains("former");

            for (String path :
                    new String[] {
                        configMaps + "/note", configMaps, configMaps + "?limit=1",
                    }) {
                assertThat(reader.answer("GET /asof/" + former + path))
                        .as(path)
                        .startsWith("HTTP/1.1 403");
            }
        } finally {
            cluster.kubectl("delete", "namespace", name, "--wait=false");
        }
    }

    /** The revision of a note in a new namespace of that name. */
    private long noted(String text) {
        cluster.kubectl("create", "namespace", name);
        cluster.kubectl("create", "configmap", "note", "-n", name, "--from-literal=text=" + text);
        return cluster.json("get", "configmap", "note", "-n", name)
                .at("/metadata/resourceVersion")
                .asLong();
    }

    private void grant(String to) {
        cluster.kubectl(
                "create", "role", "reader", "-n", name, "--verb=get,list", "--resource=configmaps");
        cluster.kubectl("create", "rolebinding", "reader", "-n", name, "--role=reader", to);
    }
}
