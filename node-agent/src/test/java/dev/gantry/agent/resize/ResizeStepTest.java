package dev.gantry.agent.resize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.spec.PodSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResizeStepTest {
    @Test
    void whatGrowsMakesRoomFirst() {
        assertThat(
                        steps(
                                new PodLimits(100, 1000, 100 << 20),
                                new PodLimits(150, 1500, 150 << 20),
                                change("b", "40", "110"),
                                change("a", "60", "40")))
                .containsExactly(
                        "MEMORY_LIMIT=157286400",
                        "a memory=41943040 shares=60",
                        "b memory=115343360 shares=40",
                        "CPU_QUOTA=1500",
                        "CPU_SHARES=150",
                        "a memory=41943040 shares=40",
                        "b memory=115343360 shares=110");
    }

    @Test
    void whatShrinksGivesUpRoomLast() {
        assertThat(
                        steps(
                                new PodLimits(100, 1000, 100 << 20),
                                new PodLimits(50, 500, 50 << 20),
                                change("a", "100", "50")))
                .containsExactly(
                        "a memory=52428800 shares=100",
                        "MEMORY_LIMIT=52428800",
                        "a memory=52428800 shares=50",
                        "CPU_SHARES=50",
                        "CPU_QUOTA=500");
    }

    @Test
    void aLimitThatIsNotAskedForStays() {
        assertThat(
                        steps(
                                new PodLimits(100, 1000, 100),
                                new PodLimits(100, PodLimits.UNLIMITED, PodLimits.UNLIMITED)))
                .isEmpty();
    }

    @Test
    void aPodIsLimitedWhereAllItsContainersAre() {
        PodSpec both =
                ResizingPods.pod(
                        "{'containers':[{'name':'a','resources':{'requests':{'cpu':'1'},'limits':{'cpu':'2','memory':'1Mi'}}},"
                                + "{'name':'b','resources':{'limits':{'memory':'1Mi'}}}]}");
        assertThat(PodLimits.of(both)).isEqualTo(new PodLimits(1024, PodLimits.UNLIMITED, 2 << 20));
        assertThat(PodLimits.of(ResizingPods.one("{}")))
                .isEqualTo(new PodLimits(2, PodLimits.UNLIMITED, PodLimits.UNLIMITED));
        PodSpec whole =
                ResizingPods.pod(
                        "{'resources':{'requests':{'cpu':'2'},'limits':{'cpu':'4','memory':'1Gi'}},'containers':[{'name':'a'}]}");
        assertThat(PodLimits.of(whole)).isEqualTo(new PodLimits(2048, 400_000, 1 << 30));
    }

    private static ResourceChange change(String name, String before, String after) {
        String resources = "{'requests':{'cpu':'%1$sm'},'limits':{'memory':'%1$sMi'}}";
        ResourceChange change =
                ResizingPods.change(name, resources.formatted(before), resources.formatted(after));
        return new ResourceChange(
                change.container(),
                change.id(),
                shares(change.has(), before),
                shares(change.wants(), after),
                false);
    }

    private static LinuxResources shares(LinuxResources of, String shares) {
        return new LinuxResources(
                of.cpuPeriodMicros(),
                of.cpuQuotaMicros(),
                Long.parseLong(shares),
                of.memoryLimitBytes(),
                0);
    }

    private static List<String> steps(PodLimits has, PodLimits wants, ResourceChange... changes) {
        return ResizeStep.of(has, wants, List.of(changes)).stream()
                .map(ResizeStepTest::words)
                .toList();
    }

    private static String words(ResizeStep step) {
        return switch (step) {
            case ResizeStep.OfPod own -> own.value() + "=" + own.amount();
            case ResizeStep.OfContainer container ->
                    "%s memory=%d shares=%d"
                            .formatted(
                                    container.container().name(),
                                    container.resources().memoryLimitBytes(),
                                    container.resources().cpuShares());
        };
    }
}
