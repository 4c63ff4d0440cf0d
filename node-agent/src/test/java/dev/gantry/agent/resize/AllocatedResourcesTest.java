package dev.gantry.agent.resize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.spec.PodSpec;
import org.junit.jupiter.api.Test;

class AllocatedResourcesTest {
    private static final String SPEC =
            """
            {'resources':{'limits':{'cpu':'%1$s'}},
             'initContainers':[
              {'name':'once','resources':{'limits':{'cpu':'%1$s'}}},
              {'name':'beside','restartPolicy':'Always','resources':{'limits':{'cpu':'%1$s'}}}],
             'containers':[{'name':'main','image':'%2$s','resources':{'limits':{'cpu':'%1$s'}}}]}
            """;

    @Test
    void isThePodItselfWhereItHasAllThatItAsksFor() {
        PodSpec asking = ResizingPods.pod(SPEC.formatted("1", "i:2"));
        AllocatedResources given =
                AllocatedResources.of(ResizingPods.pod(SPEC.formatted("1", "i:1")));
        assertThat(given.appliedTo(asking)).isSameAs(asking);
    }

    @Test
    void replacesWhatCanBeResizedAndNothingElse() {
        PodSpec asking = ResizingPods.pod(SPEC.formatted("2", "i:2"));
        PodSpec held =
                AllocatedResources.of(ResizingPods.pod(SPEC.formatted("1", "i:1")))
                        .appliedTo(asking);
        assertThat(held.spec().at("/resources/limits/cpu").asString()).isEqualTo("1");
        assertThat(cpuOf(held, "main")).isEqualTo("1");
        assertThat(cpuOf(held, "beside")).isEqualTo("1");
        assertThat(cpuOf(held, "once")).as("also of an init container").isEqualTo("1");
        assertThat(held.container("main").orElseThrow().image()).isEqualTo("i:2");
        assertThat(cpuOf(asking, "main")).as("what is asked for stays").isEqualTo("2");
    }

    @Test
    void takesAwayWhatWasNotAllocated() {
        PodSpec asking = ResizingPods.one("{'limits':{'cpu':'1'}}");
        AllocatedResources none =
                AllocatedResources.of(ResizingPods.pod("{'containers':[{'name':'a'}]}"));
        assertThat(none.appliedTo(asking).container("a").orElseThrow().resources().isMissingNode())
                .isTrue();
    }

    private static String cpuOf(PodSpec pod, String container) {
        return pod.container(container).orElseThrow().resources().at("/limits/cpu").asString();
    }
}
