package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.taint.Taint;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Attempts that meet a bug, here in a filter: with pods that tolerate a certain taint. */
final class BrokenAttemptTest {
    private static final Taint UNSPEAKABLE = new Taint("unspeakable", "", Taint.NO_SCHEDULE);

    private final List<String> broken = new ArrayList<>();
    private boolean isBuggy = true;
    private final DrivenCycle driven =
            new DrivenCycle(
                    new SchedulingCycle(
                            "default-scheduler",
                            Profiles.only(withABug(Profile.PACKING)),
                            SchedulingQueue.USUAL_BACKOFF,
                            () -> 0,
                            new Watching()));

    @Test
    void areMadeAgainAndCostNoOtherPodAnything() {
        driven.ready(Sample.node("a", "2", "64Gi", ""));
        driven.hear(unspeakable(Sample.pod("p", "1", "1Gi", "")));
        driven.hear(Sample.pod("q", "1", "1Gi", ""));

        assertThat(driven.decide()).extracting(Binding::name).containsExactly("q");
        assertThat(broken).containsExactly("p");
        assertThat(driven.decide()).as("in its back-off").isEmpty();

        isBuggy = false;
        driven.pass(1);
        assertThat(driven.decide()).extracting(Binding::name).containsExactly("p");
    }

    @Test
    void leaveAGangWhole() {
        driven.ready(Sample.node("a", "2", "64Gi", ""));
        driven.hear(gang(Sample.pod("g1", "1", "1Gi", "")));
        driven.hear(unspeakable(gang(Sample.pod("g2", "1", "1Gi", ""))));

        assertThat(driven.decide()).isEmpty();
        assertThat(broken).hasSize(1);

        isBuggy = false;
        driven.pass(5);
        List<Binding> sent = driven.decide();
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().all())
                .extracting(Binding::name)
                .containsExactlyInAnyOrder("g1", "g2");
    }

    private static Resource unspeakable(Resource pod) {
        ((ObjectNode) pod.spec())
                .putArray("tolerations")
                .addObject()
                .put("key", UNSPEAKABLE.key())
                .put("operator", "Exists");
        return pod;
    }

    private static Resource gang(Resource pod) {
        pod.mutableMetadata()
                .putObject("annotations")
                .put("gantry.dev/pod-group", "g")
                .put("gantry.dev/pod-group-size", "2");
        return pod;
    }

    private Profile withABug(Profile usual) {
        List<Filter> filters = new ArrayList<>(usual.filters());
        filters.add(new Buggy());
        return new Profile(
                filters,
                usual.relations(),
                usual.scores(),
                usual.preferences(),
                usual.defaultSpread(),
                usual.soleNodePenalty(),
                usual.patience());
    }

    private final class Buggy implements Filter {
        @Override
        public String name() {
            return "Buggy";
        }

        @Override
        public boolean concerns(PodSignature pod) {
            if (isBuggy && pod.tolerates(UNSPEAKABLE)) {
                throw new IllegalStateException("by will");
            }
            return false;
        }

        @Override
        public Verdict judge(PodSignature pod, NodeView node) {
            return Verdict.FITS;
        }
    }

    private final class Watching implements AttemptWatcher {
        @Override
        public void attempted(Attempted attempt) {}

        @Override
        public void broken(PodInfo pod, String profile, RuntimeException bug) {
            broken.add(pod.key().name());
        }
    }
}
