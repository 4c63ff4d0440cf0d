package dev.gantry.cli.plan;

import static dev.gantry.cli.cluster.Sample.object;
import static dev.gantry.cli.cluster.Sample.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.meta.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedTest {
    private final Resource urgent =
            object(
                    "{'apiVersion':'scheduling.k8s.io/v1','kind':'PriorityClass',"
                            + "'metadata':{'name':'urgent'},'value':7,'preemptionPolicy':'Never'}");
    private final Resource account =
            object(
                    "{'apiVersion':'v1','kind':'ServiceAccount',"
                            + "'metadata':{'name':'robot','namespace':'default'}}");

    @Test
    void aPodIsTriedWithoutWhatComesWithItAndGetsItBack() {
        Planned planned = planned(urgent, account);
        Resource pod =
                pod("web", "1", ",'priorityClassName':'urgent','serviceAccountName':'robot'");

        Resource hidden = planned.hidden(pod);
        Resource restored = planned.restored(pod, hidden);

        assertThat(hidden.spec().has("priorityClassName")).isFalse();
        assertThat(hidden.spec().has("serviceAccountName")).isFalse();
        assertThat(restored.spec().path("priority").asInt()).isEqualTo(7);
        assertThat(restored.spec().path("preemptionPolicy").asString()).isEqualTo("Never");
    }

    @Test
    void whatTheApiKnowsIsLeftAlone() {
        Resource pod =
                pod("web", "1", ",'priorityClassName':'urgent','serviceAccountName':'robot'");

        assertThat(planned().hidden(pod).tree()).isEqualTo(pod.tree());
        assertThat(planned().restored(pod, pod)).isSameAs(pod);
    }

    @Test
    void aNamespaceIsPlannedWhereThereIsNoneOfThatName() {
        Resource mine = namespace("mine");
        Planned planned =
                Planned.of(
                        List.of(mine, namespace("theirs")),
                        ClusterObjects.of(List.of(namespace("theirs"))));

        assertThat(planned.namespaces()).containsExactly("mine");
    }

    private static Resource namespace(String name) {
        return object(
                "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'%s'}}".formatted(name));
    }

    private static Planned planned(Resource... manifests) {
        return Planned.of(List.of(manifests), ClusterObjects.of(List.of()));
    }
}
