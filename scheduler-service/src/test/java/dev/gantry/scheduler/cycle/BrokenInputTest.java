package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.fault.Bug;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Inputs that cannot be taken in: here a volume that is said to be there, and is nothing. */
final class BrokenInputTest {
    private final List<String> leftOut = new ArrayList<>();
    private final DrivenCycle driven =
            new DrivenCycle(
                    new SchedulingCycle(
                            "default-scheduler",
                            Profiles.only(Profile.PACKING),
                            SchedulingQueue.USUAL_BACKOFF,
                            () -> 0,
                            new Watching()));

    /** A start anew would meet it again. */
    @Test
    void isLeftOutWhileAllIsTakenInThatWasThereAtTheStart() {
        driven.hear(broken());
        driven.ready(Sample.node("a", "2", "64Gi", ""));
        driven.hear(Sample.pod("p", "1", "1Gi", ""));

        assertThat(leftOut).singleElement().asString().startsWith("NeedTold[key=");
        assertThat(driven.decide()).extracting(Binding::name).containsExactly("p");
    }

    @Test
    void isABugAfterwards() {
        driven.ready(Sample.node("a", "2", "64Gi", ""));

        assertThatThrownBy(() -> driven.hear(broken()))
                .isInstanceOf(Bug.class)
                .hasMessageContaining("NeedTold[key=")
                .hasCauseInstanceOf(NullPointerException.class);
        assertThat(leftOut).isEmpty();
    }

    /** As of a question about what might be: it has no answer without this. */
    @Test
    void isTheAffairOfWhoeverDoesNotWatch() {
        var unwatched = new DrivenCycle();

        assertThatThrownBy(() -> unwatched.hear(broken())).isInstanceOf(NullPointerException.class);
    }

    private static SchedulerInput broken() {
        var key = new ObjectKey(Resources.PERSISTENT_VOLUMES, "", "v");
        return new SchedulerInput.NeedTold(key, Optional.of(new Resource(null)));
    }

    private final class Watching implements AttemptWatcher {
        @Override
        public void attempted(Attempted attempt) {}

        @Override
        public void leftOut(String input, RuntimeException bug) {
            leftOut.add(input);
        }
    }
}
