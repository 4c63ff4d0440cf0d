package dev.gantry.acceptance.operator;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The life of a Site, from its creation to the last of what it made. */
@Order(9)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Cluster.BESIDE)
@ExtendWith(Cluster.Beside.class)
final class OperatorTest {
    private static final String SITE =
            """
            apiVersion: %s/v1
            kind: Site
            metadata: {name: %s}
            spec: {message: %s}
            """;

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final Cluster cluster;
    @AutoClose private final TestNamespace ns;

    /** Who writes an operator with what. */
    private enum Library {
        OPERATOR_SDK("sdk", dev.gantry.acceptance.operator.sdk.SiteOperator.class),
        JAVA_CLIENT("informer", dev.gantry.acceptance.operator.informer.SiteOperator.class);

        private final String label;
        private final Class<?> main;

        Library(String label, Class<?> main) {
            this.label = label;
            this.main = main;
        }

        String group() {
            return label + ".example.com";
        }

        String lease() {
            return label + "-operator";
        }
    }

    OperatorTest(Cluster cluster) {
        this.cluster = cluster;
        this.ns = new TestNamespace(cluster);
    }

    @ParameterizedTest
    @EnumSource
    void livesAsItsOperatorWants(Library library) throws IOException {
        ns.apply(definition(library));
        String crd = "crd/sites." + library.group();
        ns.established(crd);
        // Nobody goes on where it was kept waiting, and no longer leads.
        try (OperatorProcess _ = start(library, "only", Patience.LIMIT)) {
            eventually(() -> leader(library).equals("only"));
            appears(library);
            isScaled(library);
            isUpdated(library);
            isRepaired();
            isDeleted(library);
        }
        cluster.kubectl("delete", crd, TestNamespace.timeout());
    }

    @ParameterizedTest
    @EnumSource
    void anotherReplicaGoesOnWhereOneWasKilled(Library library) throws IOException {
        ns.apply(definition(library));
        String crd = "crd/sites." + library.group();
        ns.established(crd);
        OperatorProcess first = start(library, "first", LEASE);
        try (first) {
            eventually(() -> leader(library).equals("first"));
            try (OperatorProcess _ = start(library, "second", LEASE)) {
                ns.apply(SITE.formatted(library.group(), "web", "hello"));
                ns.waitFor(site(library, "web"), "condition=Ready");
                // Nobody is there to see these two, when they happen.
                first.close();
                ns.apply(SITE.formatted(library.group(), "new", "later"));
                ns.kubectl("delete", site(library, "web"), "--wait=false");
                eventually(() -> leader(library).equals("second"));
                ns.waitFor(site(library, "new"), "condition=Ready");
                isGone(library, "web");
                ns.kubectl("delete", site(library, "new"), TestNamespace.timeout());
            }
        }
        cluster.kubectl("delete", crd, TestNamespace.timeout());
    }

    private void appears(Library library) {
        ns.apply(SITE.formatted(library.group(), "web", "hello"));
        ns.waitFor(site(library, "web"), "condition=Ready");
        for (String kind : new String[] {"deployment", "service"}) {
            JsonNode owner = ns.json("get", kind, "web").at("/metadata/ownerReferences/0");
            assertThat(owner.path("kind").asString()).isEqualTo("Site");
            assertThat(owner.path("name").asString()).isEqualTo("web");
        }
        assertThat(entries().path("web").asString()).isEqualTo("hello");
        assertThat(ns.kubectl("get", site(library, "web"))).contains("WANTED", "READY", "web");
        ns.sleeper("asker");
        eventually(
                () ->
                        ns.tryKubectl("exec", "asker", "--", "wget", "-q", "-O-", "http://web")
                                .out()
                                .equals("hello\n"));
        assertThat(observed(library)).isEqualTo(generation(library));
    }

    private void isScaled(Library library) {
        ns.kubectl("scale", site(library, "web"), "--replicas=2");
        eventually(() -> ns.at("/status/readyReplicas", "get", "deploy", "web").equals("2"));
        eventually(() -> observed(library) == generation(library));
        ns.waitFor(site(library, "web"), "condition=Ready");
        assertThat(ns.at("/status/readyReplicas", "get", site(library, "web"))).isEqualTo("2");
        Cluster.Result tooMany = ns.tryKubectl("scale", site(library, "web"), "--replicas=6");
        assertThat(tooMany.errors()).contains("a Site has 5 replicas at most");
    }

    private void isUpdated(Library library) {
        ns.kubectl(
                "patch",
                site(library, "web"),
                "--type=merge",
                "-p",
                "{\"spec\": {\"message\": \"bye\"}}");
        eventually(
                () ->
                        ns.tryKubectl("exec", "asker", "--", "wget", "-q", "-O-", "http://web")
                                .out()
                                .equals("bye\n"));
        eventually(() -> entries().path("web").asString("").equals("bye"));
    }

    private void isRepaired() {
        String former = ns.at("/metadata/uid", "get", "deployment", "web");
        ns.kubectl("delete", "deployment", "web");
        eventually(
                () -> {
                    String now = ns.tryKubectl("get", "deploy", "web", "-o", "name").out();
                    return !now.isEmpty()
                            && !ns.at("/metadata/uid", "get", "deploy", "web").equals(former);
                });
    }

    private void isDeleted(Library library) {
        ns.kubectl("delete", site(library, "web"), TestNamespace.timeout());
        isGone(library, "web");
    }

    private void isGone(Library library, String name) {
        eventually(() -> isAbsent(site(library, name)));
        assertThat(entries().has(name)).isFalse();
        eventually(() -> isAbsent("deployment/" + name) && isAbsent("service/" + name));
        eventually(() -> ns.json("get", "pods", "-l", "site=" + name).path("items").isEmpty());
    }

    private boolean isAbsent(String object) {
        return ns.tryKubectl("get", object).errors().contains("NotFound");
    }

    private OperatorProcess start(Library library, String name, Duration lease) {
        return OperatorProcess.start(library.main, cluster, ns.name(), name, lease);
    }

    private String leader(Library library) {
        Cluster.Result lease =
                ns.tryKubectl(
                        "get", "lease", library.lease(), "-o", "jsonpath={.spec.holderIdentity}");
        return lease.out();
    }

    private JsonNode entries() {
        return ns.json("get", "configmap", "sites").path("data");
    }

    private long observed(Library library) {
        return Long.parseLong(ns.at("/status/observedGeneration", "get", site(library, "web")));
    }

    private long generation(Library library) {
        return Long.parseLong(ns.at("/metadata/generation", "get", site(library, "web")));
    }

    private static String site(Library library, String name) {
        return "sites." + library.group() + "/" + name;
    }

    private static String definition(Library library) throws IOException {
        return Files.readString(Path.of("src/test/resources/charts/operator/crds/site.yaml"))
                .replace("sdk.example.com", library.group());
    }
}
