package dev.gantry.agent.resize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.spec.ContainerSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceChangeTest {
    private static final String SMALL =
            "{'requests':{'cpu':'20m','memory':'35Mi'},'limits':{'cpu':'30m','memory':'45Mi'}}";
    private static final String LARGE =
            "{'requests':{'cpu':'25m','memory':'40Mi'},'limits':{'cpu':'35m','memory':'50Mi'}}";
    private static final String MORE_MEMORY_ASKED =
            "{'requests':{'cpu':'20m','memory':'40Mi'},'limits':{'cpu':'30m','memory':'45Mi'}}";
    private static final String RESTARTS_FOR_MEMORY =
            ",'resizePolicy':[{'resourceName':'cpu','restartPolicy':'NotRequired'},"
                    + "{'resourceName':'memory','restartPolicy':'RestartContainer'}]";

    @Test
    void isThereWhereACgroupWouldHoldSomethingElse() {
        ResourceChange change = ResizingPods.change("a", SMALL, LARGE);
        assertThat(change.wants()).isEqualTo(new LinuxResources(100_000, 3500, 25, 50 << 20, 0));
        assertThat(change.needsRestart()).isFalse();
        assertThat(between(SMALL, SMALL, "")).isEmpty();
    }

    @Test
    void isNotThereWhereTheSameComesToACgroup() {
        assertThat(
                        between(
                                "{'requests':{'cpu':'2m'},'limits':{'cpu':'10m'}}",
                                "{'requests':{'cpu':'1m'},'limits':{'cpu':'5m'}}",
                                ""))
                .isEmpty();
        assertThat(between(SMALL, MORE_MEMORY_ASKED, ""))
                .as("requests of memory are in no cgroup")
                .isEmpty();
    }

    @Test
    void restartsOnlyForTheResourcesWhosePolicySaysSo() {
        assertThat(between(SMALL, LARGE, RESTARTS_FOR_MEMORY))
                .hasValueSatisfying(change -> assertThat(change.needsRestart()).isTrue());
        assertThat(
                        between(
                                "{'limits':{'cpu':'1','memory':'1Mi'}}",
                                "{'limits':{'cpu':'2','memory':'1Mi'}}",
                                RESTARTS_FOR_MEMORY))
                .hasValueSatisfying(change -> assertThat(change.needsRestart()).isFalse());
        assertThat(between(SMALL, MORE_MEMORY_ASKED, RESTARTS_FOR_MEMORY))
                .hasValueSatisfying(change -> assertThat(change.needsRestart()).isTrue());
    }

    @Test
    void isNotRestartedForWhatARuntimeRounds() {
        String restarts =
                RESTARTS_FOR_MEMORY.replace(
                        "'cpu','restartPolicy':'NotRequired'",
                        "'cpu','restartPolicy':'RestartContainer'");
        ContainerSpec spec = ResizingPods.container("a", SMALL, restarts);
        var rounded = Optional.of(new LinuxResources(100_000, 4000, 30, 46 << 20, 0));
        assertThat(ResourceChange.of(spec, ResizingPods.running(spec, rounded))).isEmpty();
    }

    @Test
    void limitsAreAddedAndNotTakenAway() {
        ResourceChange added = ResizingPods.change("a", "{}", "{'limits':{'memory':'1Mi'}}");
        assertThat(added.wants().memoryLimitBytes()).isEqualTo(1 << 20);
        assertThat(added.lowersMemory()).as("from no limit at all").isTrue();
        assertThat(between("{'limits':{'memory':'1Mi'}}", "{}", "")).isEmpty();
    }

    @Test
    void isNotThereWhereTheRuntimeDoesNotTell() {
        ContainerSpec spec = ResizingPods.container("a", SMALL, "");
        assertThat(ResourceChange.of(spec, ResizingPods.running(spec, Optional.empty()))).isEmpty();
    }

    private static Optional<ResourceChange> between(String before, String after, String policy) {
        return ResourceChange.of(
                ResizingPods.container("a", after, policy),
                ResizingPods.running(ResizingPods.container("a", before, policy)));
    }
}
