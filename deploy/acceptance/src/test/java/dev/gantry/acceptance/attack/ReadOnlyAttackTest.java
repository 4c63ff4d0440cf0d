package dev.gantry.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers who would like to do more than read. */
@ExtendWith(Cluster.Shared.class)
final class ReadOnlyAttackTest {
    @AutoClose private final TestNamespace ns;
    @AutoClose private final Attacker reader;
    private final Cluster cluster;

    ReadOnlyAttackTest(Cluster cluster) throws Exception {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
        reader = Attacker.account(cluster, ns, "reader");
        String all = "pods,pods/exec,pods/attach,pods/portforward,pods/log,configmaps";
        ns.kubectl("create", "role", "reader", "--verb=get,list,watch", "--resource=" + all);
        ns.kubectl(
                "create",
                "rolebinding",
                "reader",
                "--role=reader",
                "--serviceaccount=" + ns.name() + ":reader");
    }

    @Test
    void aReaderDoesNotGetIntoAContainer() throws Exception {
        ns.sleeper("victim");
        String pods = "/api/v1/namespaces/" + ns.name() + "/pods";
        TestNamespace.eventually(() -> reader.answer("GET " + pods).startsWith("HTTP/1.1 200"));
        String victim = pods + "/victim";
        String command = "?command=id&stdout=true";
        for (String path :
                new String[] {
                    victim + "/exec" + command,
                    victim + "/exec" + command + "&watch=true",
                    victim + "/exec" + command + "&%77atch=1",
                    victim + "/attach?stdin=true&stdout=true&watch=true",
                    victim + "/portforward?ports=80&watch"
                }) {
            assertThat(reader.answer("GET " + path, Attacker.WEBSOCKET))
                    .as(path)
                    .startsWith("HTTP/1.1 403");
        }
        String older = "/api/v1/watch/namespaces/" + ns.name() + "/pods/victim";
        assertThat(reader.answer("GET " + older + "/exec" + command, Attacker.WEBSOCKET))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void noMethodAndNoQueryIsTwoThingsAtOnce() throws Exception {
        String path = "/api/v1/namespaces/" + ns.name() + "/configmaps";
        TestNamespace.eventually(() -> reader.answer("GET " + path).startsWith("HTTP/1.1 200"));
        assertThat(reader.answer("LIST " + path)).startsWith("HTTP/1.1 403");
        assertThat(reader.answer("WATCH " + path)).startsWith("HTTP/1.1 403");
        assertThat(reader.answer("GET " + path + "?watch=False")).contains("ConfigMapList");
        assertThat(reader.answer("GET /openapi/../api/v1/secrets")).startsWith("HTTP/1.1 404");
        assertThat(Attacker.read(reader.write("GET " + path + " HTTP/9.9")))
                .startsWith("HTTP/1.1 505");
        try (Attacker nobody = Attacker.nobody(cluster)) {
            assertThat(nobody.answer("GET " + path, "Impersonate-Group: system:masters"))
                    .startsWith("HTTP/1.1 400");
        }
    }
}
