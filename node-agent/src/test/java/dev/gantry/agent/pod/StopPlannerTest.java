package dev.gantry.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a pod that has ended. */
final class StopPlannerTest {
    @Test
    void itsContainersAndLogsStayWhileThereIsRoom() {
        PodWorld world = ended();
        assertThat(world.plan()).isEmpty();
        assertThat(world.view().containers()).hasSize(2).noneMatch(SeenContainer::isLost);
    }

    @Test
    void allOfItGoesWhereTheDiskIsShortAndThePodIsWhatItWas() {
        PodWorld world = ended();
        String before = world.report().toString();
        world.collect();
        List<PodAction> wanted = world.plan();
        assertThat(wanted).hasSize(3).last().isEqualTo(new PodAction.RemoveSandbox("s0"));
        assertThat(wanted.subList(0, 2))
                .hasOnlyElementsOfType(PodAction.RemoveContainer.class)
                .doesNotHaveDuplicates();
        wanted.forEach(world::perform);
        assertThat(world.plan()).as("once").isEmpty();
        assertThat(PodPhase.of(world.view())).isEqualTo(PodPhase.FAILED);
        assertThat(before).contains("\"exitCode\":3");
        assertThat(world.view().newest("fails").orElseThrow().status().exitCode()).isEqualTo(3);
    }

    @Test
    void oneThatIsDeletedMeanwhileIsRemovedWhole() {
        PodWorld world = ended();
        world.collect();
        world.delete(30);
        assertThat(world.plan()).containsExactly(new PodAction.RemovePod());
    }

    private static PodWorld ended() {
        var world =
                new PodWorld(
                        """
                        {"restartPolicy": "Never", "containers": [{"name": "fails", "image": "i"}, {"name": "works", "image": "i"}]}
                        """);
        world.settle();
        world.exitOf("fails", 3);
        world.exitOf("works", 0);
        world.settle();
        return world;
    }
}
