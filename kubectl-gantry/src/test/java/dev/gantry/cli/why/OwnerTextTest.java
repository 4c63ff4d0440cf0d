package dev.gantry.cli.why;

import static dev.gantry.cli.cluster.Sample.NOON;
import static dev.gantry.cli.cluster.Sample.PROFILES;
import static dev.gantry.cli.cluster.Sample.node;
import static dev.gantry.cli.cluster.Sample.object;
import static dev.gantry.cli.cluster.Sample.pod;
import static dev.gantry.cli.cluster.Sample.podOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.meta.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnerTextTest {
    private static final Resource DEPLOYMENT =
            object(
                    """
                    {'apiVersion':'apps/v1','kind':'Deployment',
                     'metadata':{'name':'web','namespace':'default','uid':'uid-deployment'},
                     'spec':{'replicas':4}}
                    """);
    private static final Resource REPLICA_SET =
            owned(
                    object(
                            """
                            {'apiVersion':'apps/v1','kind':'ReplicaSet',
                             'metadata':{'name':'web-1','namespace':'default','uid':'uid-set'},
                             'spec':{'replicas':4}}
                            """),
                    "Deployment",
                    "web");

    @Test
    void aDeploymentSaysWhereItsPodsAreAndWhyTheFirstWaits() {
        OwnerReport report =
                ask(
                        node("a", 4, ""),
                        ofSet(podOn("a", "web-1-a", "2", 0)),
                        ofSet(podOn("a", "web-1-b", "1", 0)),
                        ofSet(pod("web-1-c", "2", "")),
                        podOn("a", "stranger", "100m", 0));

        assertThat(OwnerText.brief(report))
                .startsWith(
                        "deployment default/web has 3 pods: 2 on nodes, 1 waiting",
                        "  on a (2)",
                        "  1 more have yet to be created",
                        "",
                        "pod default/web-1-c fits nowhere")
                .contains("  fits on a if its cpu request were ≤ 900m");
        assertThat(WhyJson.of(report).at("/why/pod").asString()).isEqualTo("default/web-1-c");
    }

    @Test
    void thoseThatAlsoWaitAreNamed() {
        OwnerReport report =
                ask(
                        node("a", 1, ""),
                        ofSet(pod("web-1-a", "2", "")),
                        ofSet(pod("web-1-b", "2", "")),
                        ofSet(pod("web-1-c", "2", "")));

        assertThat(OwnerText.brief(report)).endsWith("", "Also waiting are: web-1-b, web-1-c");
    }

    @Test
    void whereAllArePlacedOneMayBeAskedFor() {
        assertThat(OwnerText.brief(ask(node("a", 4, ""), ofSet(podOn("a", "web-1-a", "2", 0)))))
                .containsExactly(
                        "deployment default/web has 1 pod: 1 on a node",
                        "  on a",
                        "  3 more have yet to be created",
                        "Ask for one of them why it is there: pod/web-1-a");
    }

    @Test
    void nobodyElsesPodsCount() {
        assertThat(OwnerText.brief(ask(node("a", 4, ""), podOn("a", "web-1-a", "2", 0))))
                .startsWith("deployment default/web has no pods");
    }

    private static OwnerReport ask(Resource... others) {
        ClusterObjects cluster =
                ClusterObjects.of(List.of(others)).with(List.of(DEPLOYMENT, REPLICA_SET));
        return new Why(cluster, PROFILES, NOON)
                .ask("default", new Target(Target.Kind.of("deploy").orElseThrow(), "web"))
                .orElseThrow();
    }

    private static Resource ofSet(Resource pod) {
        return owned(pod, "ReplicaSet", "web-1");
    }

    private static Resource owned(Resource object, String kind, String owner) {
        object.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", kind)
                .put("name", owner)
                .put("uid", kind.equals("ReplicaSet") ? "uid-set" : "uid-deployment")
                .put("controller", true);
        return object;
    }
}
