package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods whose profile is that of their namespace are woken by what helps them there. */
final class NamespaceProfileTest {
    private static final String NOWHERE_IN_Z1 =
            """
            {"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
              {"matchExpressions":[{"key":"zone","operator":"NotIn","values":["z1"]}]}]}}
            """;

    private final DrivenCycle driven =
            new DrivenCycle(
                    new SchedulingCycle(
                            "default-scheduler",
                            Profiles.of(Map.of("picky.added-affinity", NOWHERE_IN_Z1), "picky"),
                            () -> 0));

    @BeforeEach
    void theNamespaceIsLessPickyThanTheDefault() {
        driven.hear(
                new SchedulerInput.NamespaceSeen(
                        "default", new TreeMap<>(Map.of(PodSignature.PROFILE, Profiles.PACKING))));
        driven.ready(Sample.node("a", "1", "64Gi", ""));
    }

    @Test
    void aNodeThatOnlyTheirProfileLetsThemHaveWakesThem() {
        driven.hear(Sample.pod("p", "2", "1Gi", ""));
        driven.decide();
        driven.pass(20);

        driven.hear(Sample.node("b", "2", "64Gi", ""));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("b");
    }

    @Test
    void aNodeThatOnlyTheProfileOfOthersWouldAllowWakesNobody() {
        driven.hear(
                new SchedulerInput.NamespaceSeen(
                        "default", new TreeMap<>(Map.of(PodSignature.PROFILE, "picky"))));
        driven.hear(Sample.pod("p", "2", "1Gi", ""));
        driven.decide();
        driven.pass(20);

        driven.hear(Sample.node("b", "2", "64Gi", ""));

        assertThat(driven.cycle.hasWork()).isFalse();
    }

    @Test
    void whoeverWaitsForVictimsIsWokenAtOnceWhenTheyHaveLeft() {
        Resource low = Sample.pod("low", "1", "1Gi", ",'nodeName':'a'");
        driven.hear(low);
        driven.hear(urgent());
        assertThat(driven.decide().getFirst().victims()).hasSize(1);
        Resource nominated = urgent();
        nominated.mutableMetadata().put("resourceVersion", "8");
        Resource.child(nominated.tree(), "status").put("nominatedNodeName", "a");
        driven.hear(nominated);

        driven.gone(low);

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    private static Resource urgent() {
        return Sample.pod("urgent", "1", "1Gi", ",'priority':10");
    }
}
