package dev.gantry.scheduler.cycle;

import static dev.gantry.model.kind.Kinds.DEVICE_CLASS;
import static dev.gantry.model.kind.Kinds.NODE;
import static dev.gantry.model.kind.Kinds.POD;
import static dev.gantry.model.kind.Kinds.RESOURCE_CLAIM;
import static dev.gantry.model.kind.Kinds.RESOURCE_SLICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.Sample;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Devices that bindings give to claims are not there for others before it is known that it was not
 * given. Two nodes, and one device f0 that is there at once.
 */
final class GivenDevicesTest {
    private final DrivenCycle leader = new DrivenCycle();
    private final DrivenCycle standby = new DrivenCycle();

    @BeforeEach
    void twoSchedulersKnowOfADevice() {
        standby.hear(new SchedulerInput.Following());
        for (DrivenCycle each : List.of(leader, standby)) {
            world(each, "f0");
            each.hear(RESOURCE_CLAIM, claim("other"));
            each.hear(new SchedulerInput.CaughtUp());
        }
    }

    @Test
    void theFeedOfPodsMayTellOfTheBindingBeforeTheBindingIsHeard() {
        Binding given = sent(pod("p", "shared"));
        Resource bound = pod("p", "shared");
        Resource.child(bound.tree(), "spec").put("nodeName", "a");
        standby.hear(POD, bound);
        standby.hear(new SchedulerInput.BindingReplayed(given));
        standby.hear(new SchedulerInput.Leading(7));

        assertOthersWait();
    }

    @Test
    void aLaterWordThatLeavesAPodOutTakesNoDevicesBack() {
        Resource p = inGang(pod("p", "shared"));
        Resource q = inGang(Sample.pod("q", "1", "1Gi", ""));
        leader.hear(POD, p);
        leader.hear(POD, q);
        Binding both = leader.decide().getLast();
        leader.gone(p);
        leader.pass(31);
        Binding again = leader.decide().getFirst();
        assertThat(again.all()).extracting(Binding::name).containsExactly("q");
        standby.hear(POD, p);
        standby.hear(POD, q);
        standby.hear(new SchedulerInput.BindingReplayed(both));
        standby.hear(new SchedulerInput.BindingReplayed(again));
        standby.hear(new SchedulerInput.Leading(7));

        assertOthersWait();
    }

    /** Each leader gave the shared claim another device for another pod; one binding may hold. */
    @Test
    void twoWordsOnOneClaimStandEachForItself() {
        Binding first = sent(pod("p", "shared"));
        var another = new DrivenCycle();
        world(another, "f1");
        another.hear(new SchedulerInput.CaughtUp());
        another.hear(POD, pod("q", "shared"));
        Binding second = another.decide().getFirst();
        assertThat(device(first)).isEqualTo("f0");
        assertThat(device(second)).isEqualTo("f1");
        standby.hear(POD, pod("p", "shared"));
        standby.hear(POD, pod("q", "shared"));
        standby.hear(new SchedulerInput.BindingReplayed(first));
        standby.hear(new SchedulerInput.BindingReplayed(second));
        standby.hear(new SchedulerInput.Leading(7));

        standby.hear(new SchedulerInput.Rejected(second));

        assertOthersWait();
    }

    @Test
    void somebodyElseMayBindAPodElsewhereThatGotItsDevicesBefore() {
        sent(pod("p", "shared"));
        leader.hear(NODE, Sample.node("b", "4", "8Gi", ""));
        Resource bound = pod("p", "shared");
        Resource.child(bound.tree(), "spec").put("nodeName", "b");
        leader.hear(POD, bound);

        leader.hear(POD, pod("r", "other"));

        assertThat(leader.decide().getFirst().message()).contains("cannot allocate all claims");
    }

    @Test
    void whoeverMakesOthersLeaveAndIsToGetDevicesThenIsNotTriedBeforeTheAnswerIsKnown() {
        Resource low = Sample.pod("low", "4", "1Gi", ",'nodeName':'a'");
        Resource urgent = pod("urgent", "shared");
        Resource.child(urgent.tree(), "spec").put("priority", 10);
        leader.hear(POD, low);
        leader.hear(POD, urgent);
        Binding preempting = leader.decide().getFirst();
        assertThat(preempting.victims()).extracting(Binding.Pod::name).containsExactly("low");
        assertThat(preempting.isPlaced()).isFalse();
        standby.hear(POD, low);
        standby.hear(POD, urgent);
        standby.hear(new SchedulerInput.BindingReplayed(preempting));
        standby.hear(new SchedulerInput.Leading(7));

        assertThat(standby.decide()).as("others might have to leave for it, too").isEmpty();
        standby.pass(31);
        assertThat(standby.decide())
                .singleElement()
                .satisfies(
                        again ->
                                assertThat(again.victims())
                                        .extracting(Binding.Pod::name)
                                        .containsExactly("low"));
    }

    private void assertOthersWait() {
        standby.hear(POD, pod("r", "other"));
        assertThat(standby.decide())
                .filteredOn(each -> each.name().equals("r"))
                .singleElement()
                .extracting(Binding::message)
                .asString()
                .contains("cannot allocate all claims");
    }

    private Binding sent(Resource pod) {
        leader.hear(POD, pod);
        Binding binding = leader.decide().getFirst();
        assertThat(device(binding)).isEqualTo("f0");
        return binding;
    }

    private static Resource inGang(Resource pod) {
        Resource.child(pod.mutableMetadata(), "annotations")
                .put("gantry.dev/pod-group", "team")
                .put("gantry.dev/pod-group-size", "2");
        return pod;
    }

    private static String device(Binding binding) {
        var gives = (Effect.GivesDevices) Effect.of(binding.effects().getFirst()).orElseThrow();
        return gives.allocation().at("/devices/results/0/device").asString();
    }

    private static void world(DrivenCycle cycle, String device) {
        cycle.hear(NODE, Sample.node("a", "4", "8Gi", ""));
        cycle.hear(DEVICE_CLASS, Sample.object("{'metadata':{'name':'gpu'},'spec':{}}"));
        cycle.hear(
                RESOURCE_SLICE,
                Sample.object(
                        """
                        {'metadata':{'name':'s'},'spec':{'driver':'gpu.example.com',
                         'allNodes':true,'pool':{'name':'p','generation':1,'resourceSliceCount':1},
                         'devices':[{'name':'%s'}]}}
                        """
                                .formatted(device)));
        cycle.hear(RESOURCE_CLAIM, claim("shared"));
    }

    private static Resource pod(String name, String claim) {
        return Sample.pod(
                name,
                "1",
                "1Gi",
                ",'resourceClaims':[{'name':'x','resourceClaimName':'%s'}]".formatted(claim));
    }

    private static Resource claim(String name) {
        return Sample.object(
                """
                {'metadata':{'name':'%s','namespace':'default','uid':'uid-%s'},
                 'spec':{'devices':{'requests':[
                   {'name':'r','exactly':{'deviceClassName':'gpu'}}]}}}
                """
                        .formatted(name, name));
    }
}
