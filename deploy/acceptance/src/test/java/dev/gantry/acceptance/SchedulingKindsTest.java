package dev.gantry.acceptance;

import static dev.gantry.acceptance.SchedulingTest.pod;
import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Kinds that say how pods of a namespace or class are to be scheduled. */
@ExtendWith(Cluster.Shared.class)
final class SchedulingKindsTest {
    @AutoClose private final TestNamespace ns;

    SchedulingKindsTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    /** Conformance: "verify PriorityClass endpoints can be operated". */
    @Test
    void whatAPriorityClassIsWorthNeverChangesButItsDescriptionMay(Cluster cluster) {
        String name = "class-" + ns.name();
        cluster.kubectl("create", "priorityclass", name, "--value=7", "--description=first");
        try {
            assertThat(cluster.kubectl("get", "priorityclasses")).contains(name);
            cluster.kubectl("patch", "priorityclass", name, "-p", "{\"description\":\"second\"}");
            JsonNode stored = cluster.json("get", "priorityclass", name);
            assertThat(stored.path("description").asString()).isEqualTo("second");

            Cluster.Result patched =
                    cluster.tryKubectl("patch", "priorityclass", name, "-p", "{\"value\":8}");
            assertThat(patched.code()).isNotZero();
            assertThat(patched.errors()).contains("may not be changed in an update");
            String dearer = stored.toString().replace("\"value\":7", "\"value\":8");
            assertThat(cluster.kubectlWithInput(dearer, "replace", "-f", "-").code()).isNotZero();
            assertThat(cluster.json("get", "priorityclass", name).path("value").asInt())
                    .isEqualTo(7);
        } finally {
            cluster.kubectl("delete", "priorityclass", name);
        }
    }

    /** Conformance: "RuntimeClass should schedule a Pod, reject a deleted one". */
    @Test
    void aRuntimeClassAddsItsOverheadToItsPods(Cluster cluster) {
        String name = "runtime-" + ns.name();
        ns.apply(
                """
                apiVersion: node.k8s.io/v1
                kind: RuntimeClass
                metadata: {name: %s}
                handler: runc
                overhead: {podFixed: {cpu: 10m, memory: 8Mi}}
                scheduling: {nodeSelector: {kubernetes.io/hostname: node-2}}
                """
                        .formatted(name));
        try {
            ns.apply(pod("heavier", "  runtimeClassName: " + name + "\n", ""));
            JsonNode heavier = ns.json("get", "pod", "heavier");
            assertThat(heavier.at("/spec/overhead/cpu").asString()).isEqualTo("10m");
            assertThat(heavier.at("/spec/overhead/memory").asString()).isEqualTo("8Mi");
            eventually(() -> ns.at("/spec/nodeName", "get", "pod", "heavier").equals("node-2"));
        } finally {
            cluster.kubectl("delete", "runtimeclass", name);
        }
        Cluster.Result refused =
                cluster.kubectlWithYaml(
                        pod("orphan", "  runtimeClassName: " + name + "\n", "")
                                .replace("${image}", Cluster.IMAGE),
                        "create",
                        "-n",
                        ns.name(),
                        "-f",
                        "-");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.errors()).contains("RuntimeClass \"" + name + "\" not found");
    }

    /** Conformance: "should create a LimitRange with defaults". */
    @Test
    void aLimitRangeGivesDefaultsAndRefusesWhatIsBeyondIt(Cluster cluster) {
        ns.apply(
                """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: bounds}
                spec:
                  limits:
                  - type: Container
                    min: {cpu: 50m, memory: 10Mi}
                    max: {cpu: 500m, memory: 500Mi}
                    defaultRequest: {cpu: 100m, memory: 20Mi}
                    default: {cpu: 300m, memory: 200Mi}
                """);
        eventually(() -> !withDefaults().path("requests").isMissingNode());
        JsonNode resources = withDefaults();
        assertThat(resources.at("/requests/cpu").asString()).isEqualTo("100m");
        assertThat(resources.at("/requests/memory").asString()).isEqualTo("20Mi");
        assertThat(resources.at("/limits/cpu").asString()).isEqualTo("300m");

        assertThat(dryRun(cluster, "requests: {cpu: 20m}").errors())
                .contains("minimum cpu usage per Container is 50m, but request is 20m");
        assertThat(dryRun(cluster, "limits: {cpu: 2}").errors())
                .contains("maximum cpu usage per Container is 500m, but limit is 2");
        assertThat(dryRun(cluster, "requests: {cpu: 200m}").code()).isZero();
    }

    /** Conformance: "should list, patch and delete a LimitRange". */
    @Test
    void limitRangesAreListedPatchedAndDeletedAsACollection(Cluster cluster) {
        String two =
                """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: one, labels: {set: %1$s, number: one}}
                spec: {limits: [{type: Container, default: {cpu: 300m}}]}
                ---
                apiVersion: v1
                kind: LimitRange
                metadata: {name: two, labels: {set: %1$s, number: two}}
                spec: {limits: [{type: Container, default: {cpu: 300m}}]}
                """
                        .formatted(ns.name());
        ns.apply(two);
        String set = "set=" + ns.name();
        assertThat(cluster.json("get", "limitranges", "-A", "-l", set).path("items")).hasSize(2);

        ns.kubectl("patch", "limitrange", "one", "-p", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertThat(ns.at("/metadata/labels/a", "get", "limitrange", "one")).isEqualTo("b");

        cluster.kubectl(
                "delete",
                "--raw",
                "/api/v1/namespaces/%s/limitranges?labelSelector=number%%3Done"
                        .formatted(ns.name()));
        JsonNode left = cluster.json("get", "limitranges", "-A", "-l", set).path("items");
        assertThat(left).hasSize(1);
        assertThat(left.at("/0/metadata/name").asString()).isEqualTo("two");
    }

    /** What a container without resources is given; nothing as long as the range is not known. */
    private JsonNode withDefaults() {
        ns.tryKubectl("delete", "pod", "modest", "--force", "--grace-period=0");
        ns.apply(pod("modest", "", ""));
        return ns.json("get", "pod", "modest").at("/spec/containers/0/resources");
    }

    private Cluster.Result dryRun(Cluster cluster, String resources) {
        String pod =
                pod("tried", "", ", resources: {%s}".formatted(resources))
                        .replace("${image}", Cluster.IMAGE);
        return cluster.kubectlWithYaml(
                pod, "create", "--dry-run=server", "-n", ns.name(), "-f", "-");
    }
}
