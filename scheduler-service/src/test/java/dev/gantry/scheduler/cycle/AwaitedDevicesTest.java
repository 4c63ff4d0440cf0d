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
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Node a with room for one pod, and a device f0 that is attached to a node when a claim has it. */
class AwaitedDevicesTest {
    private static final String ATTACHED = "{'type':'Attached','status':'True'}";
    private static final String BROKEN =
            "{'type':'Broken','status':'True','reason':'Cable','message':'cut'}";
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final DrivenCycle driven = new DrivenCycle();

    @BeforeEach
    void aNodeAndADevice() {
        world(driven);
        driven.hear(new SchedulerInput.CaughtUp());
    }

    private static void world(DrivenCycle cycle) {
        cycle.hear(NODE, Sample.node("a", "1", "8Gi", ""));
        cycle.hear(DEVICE_CLASS, Sample.object("{'metadata':{'name':'gpu'},'spec':{}}"));
        cycle.hear(
                RESOURCE_SLICE,
                Sample.object(
                        """
                        {'metadata':{'name':'s'},'spec':{'driver':'gpu.example.com',
                         'allNodes':true,'pool':{'name':'p','generation':1,'resourceSliceCount':1},
                         'devices':[{'name':'f0','bindsToNode':true,
                           'bindingConditions':['Attached'],
                           'bindingFailureConditions':['Broken']}]}}
                        """));
        cycle.hear(RESOURCE_CLAIM, claim());
    }

    @Test
    void thePodIsBoundOnceTheConditionsAreTrue() {
        Binding preparation = prepared();
        assertThat(preparation.isPreparation()).isTrue();
        assertThat(preparation.nominatedNode()).isEqualTo("a");
        assertThat(preparation.message())
                .isEqualTo("waiting for binding conditions for device on node a");

        driven.hear(RESOURCE_CLAIM, allocated(preparation, ""));
        driven.pass(1);
        assertThat(driven.decide()).isEmpty();
        driven.hear(RESOURCE_CLAIM, allocated(preparation, ATTACHED));
        List<Binding> decided = driven.decide();

        assertThat(decided).singleElement().extracting(Binding::node).isEqualTo("a");
        assertThat(effects(decided.getFirst()))
                .singleElement()
                .isInstanceOf(Effect.ReserveClaim.class);
        assertThat(decided.getFirst().explanation()).contains("\"node\":\"a\"");
    }

    @Test
    void theBindingHoldsOnlyWhileThePodHasTheClaimThatWasMadeForIt() {
        driven.hear(
                DEVICE_CLASS,
                Sample.object(
                        "{'metadata':{'name':'gpu'},'spec':{'extendedResourceName':'x.com/gpu'}}"));
        driven.hear(POD, Sample.pod("p", "1','x.com/gpu':'1", "1Gi", ""));
        Binding preparation = driven.decide().getFirst();
        var make = (Effect.MakeClaim) effects(preparation).getFirst();
        Resource made = new Resource(make.claim().deepCopy());
        made.mutableMetadata().put("uid", "uid-of-it");
        allocate(made, make, ATTACHED);

        driven.hear(RESOURCE_CLAIM, at(made, 8));

        Binding bound = driven.decide().getFirst();
        assertThat(bound.isPlaced()).isTrue();
        assertThat(effects(bound))
                .containsExactly(
                        new Effect.ReserveClaim(
                                new Effect.Target(
                                        "default",
                                        made.name(),
                                        new Uid("uid-of-it"),
                                        new Revision(8))));
    }

    @Test
    void meanwhileNobodyElseGetsItsSpaceOrItsDevice() {
        Binding preparation = prepared();
        driven.hear(RESOURCE_CLAIM, allocated(preparation, ""));

        driven.hear(POD, Sample.pod("other", "1", "1Gi", ""));

        assertThat(driven.decide().getFirst().message()).contains("1 Insufficient cpu");
    }

    @Test
    void aDeviceThatFailsIsGivenBackAndThePodIsTriedAnew() {
        Binding preparation = prepared();
        driven.hear(RESOURCE_CLAIM, allocated(preparation, BROKEN));

        Binding failed = driven.decide().getFirst();

        assertThat(failed.reason()).isEqualTo("SchedulerError");
        assertThat(failed.message())
                .isEqualTo(
                        "running PreBind plugin \"DynamicResources\": claim c binding failed:"
                                + " reason=Cable, message=\"cut\"");
        assertThat(effects(failed)).singleElement().isInstanceOf(Effect.FreeClaim.class);
        assertThat(driven.cycle.snapshot().podCount()).isZero();
        driven.hear(RESOURCE_CLAIM, claim());
        driven.pass(29);
        assertThat(driven.decide().getFirst().isPreparation()).isTrue();
    }

    @Test
    void howLongItTakesCountsFromWhenTheClaimGotItsDevices() {
        Binding preparation = prepared();
        driven.hear(RESOURCE_CLAIM, allocated(preparation, ""));
        driven.pass(599);
        assertThat(driven.decide()).noneMatch(each -> !each.isPreparation());

        driven.pass(1);
        List<Binding> late = driven.decide();

        assertThat(late)
                .singleElement()
                .extracting(Binding::message)
                .isEqualTo("running PreBind plugin \"DynamicResources\": claim c binding timeout");
        assertThat(effects(late.getFirst())).singleElement().isInstanceOf(Effect.FreeClaim.class);
    }

    @Test
    void theWordIsSaidAgainOnlyUntilItsEffectIsSeen() {
        Binding preparation = prepared();
        driven.pass(31);
        assertThat(driven.decide()).singleElement().matches(Binding::isPreparation);

        driven.hear(RESOURCE_CLAIM, allocated(preparation, ""));
        driven.pass(31);
        assertThat(driven.decide()).isEmpty();
        driven.pass(31);
        assertThat(driven.decide()).isEmpty();
    }

    @Test
    void aClaimThatLosesItsDevicesHasThePodTriedAnew() {
        Binding preparation = prepared();
        driven.hear(RESOURCE_CLAIM, allocated(preparation, ""));
        assertThat(driven.decide()).isEmpty();

        driven.hear(RESOURCE_CLAIM, at(claim(), 9));

        assertThat(driven.decide())
                .singleElement()
                .extracting(Binding::message)
                .asString()
                .endsWith("claim c has lost its devices");
    }

    @Test
    void aClaimThatChangedBeforeItGotItsDevicesNeverGetsThemByThisBinding() {
        driven.hear(RESOURCE_CLAIM, at(claim(), 7));
        assertThat(prepared().isPreparation()).isTrue();

        driven.hear(RESOURCE_CLAIM, at(claim(), 8));

        assertThat(driven.decide())
                .singleElement()
                .extracting(Binding::reason)
                .isEqualTo("SchedulerError");
        driven.pass(29);
        assertThat(driven.decide()).singleElement().matches(Binding::isPreparation);
    }

    @Test
    void devicesOfAPodThatIsGoneAreKeptWhileTheSchedulerIsSuspended() {
        prepared();
        driven.gone(pod());
        driven.pass(601);
        driven.hear(RESOURCE_CLAIM, claim("other"));
        driven.hear(POD, Sample.pod("q", "1", "1Gi", claims("other")));

        assertThat(driven.decide().getFirst().message()).contains("1 cannot allocate all claims");
        for (int i = 0; i < 30; i++) {
            driven.pass(1);
            driven.decide();
        }
        driven.pass(30);
        assertThat(driven.decide()).singleElement().matches(Binding::isPreparation);
    }

    @Test
    void aSuccessorGoesOnFromWhatStandsInTheClaim() {
        Binding preparation = prepared();
        var successor = new DrivenCycle();
        world(successor);
        successor.hear(RESOURCE_CLAIM, allocated(preparation, ""));
        successor.hear(POD, nominated());
        successor.hear(POD, Sample.pod("other", "1", "1Gi", ""));
        successor.hear(new SchedulerInput.CaughtUp());

        List<Binding> first = successor.decide();

        assertThat(first)
                .filteredOn(each -> each.name().equals("p"))
                .singleElement()
                .matches(Binding::isPreparation);
        assertThat(first)
                .filteredOn(each -> each.name().equals("other"))
                .singleElement()
                .matches(each -> !each.isPlaced());
        successor.hear(RESOURCE_CLAIM, allocated(preparation, ATTACHED));
        assertThat(successor.decide())
                .singleElement()
                .matches(each -> each.name().equals("p") && each.node().equals("a"));
    }

    @Test
    void aSuccessorFindsItTooLateToo() {
        Binding preparation = prepared();
        var successor = new DrivenCycle();
        world(successor);
        successor.hear(RESOURCE_CLAIM, allocated(preparation, ""));
        successor.hear(POD, nominated());
        successor.hear(new SchedulerInput.CaughtUp());
        successor.pass(600);
        successor.decide();

        assertThat(successor.decide())
                .singleElement()
                .extracting(Binding::message)
                .asString()
                .endsWith("claim c binding timeout");
    }

    @Test
    void aSuccessorGivesBackWhatFailedAlsoForAPodThatMayPreemptNobody() {
        Binding preparation = prepared();
        var successor = new DrivenCycle();
        world(successor);
        successor.hear(RESOURCE_CLAIM, allocated(preparation, BROKEN));
        Resource pod = nominated();
        Resource.child(pod.tree(), "spec").put("preemptionPolicy", "Never");
        successor.hear(POD, pod);
        successor.hear(new SchedulerInput.CaughtUp());

        Binding told = successor.decide().getFirst();

        assertThat(told.message()).contains("resourceclaim not available on the node");
        assertThat(effects(told)).singleElement().isInstanceOf(Effect.FreeClaim.class);
    }

    @Test
    void whatWasForetoldKeepsNodeAndDeviceUntilItIsSeen() {
        Binding preparation = prepared();
        var successor = new DrivenCycle();
        successor.hear(new SchedulerInput.Following());
        world(successor);
        successor.hear(POD, pod());
        successor.hear(RESOURCE_CLAIM, claim("other"));
        successor.hear(new SchedulerInput.CaughtUp());
        successor.hear(new SchedulerInput.BindingReplayed(preparation));
        successor.hear(new SchedulerInput.Leading(7));
        successor.hear(NODE, Sample.node("b", "4", "8Gi", ""));
        successor.hear(POD, Sample.pod("q", "1", "1Gi", claims("other")));

        assertThat(successor.decide().getFirst().message())
                .as("q wants the same device")
                .contains("1 Insufficient cpu", "1 cannot allocate all claims");
        successor.hear(RESOURCE_CLAIM, allocated(preparation, ""));
        assertThat(successor.decide())
                .filteredOn(each -> each.name().equals("p"))
                .singleElement()
                .matches(Binding::isPreparation);
        successor.hear(RESOURCE_CLAIM, allocated(preparation, ATTACHED));
        assertThat(successor.decide())
                .singleElement()
                .matches(each -> each.name().equals("p") && each.node().equals("a"));
    }

    @Test
    void whatTheClaimHadBeforeIsNotTakenForWhatWasForetold() {
        driven.hear(RESOURCE_CLAIM, at(claim(), 7));
        Binding preparation = prepared();
        var successor = new DrivenCycle();
        successor.hear(new SchedulerInput.Following());
        world(successor);
        successor.hear(RESOURCE_CLAIM, at(allocated(preparation, BROKEN), 5));
        successor.hear(POD, pod());
        successor.hear(new SchedulerInput.CaughtUp());
        successor.hear(new SchedulerInput.BindingReplayed(preparation));
        successor.hear(new SchedulerInput.Leading(7));
        assertThat(successor.decide()).isEmpty();
        successor.hear(RESOURCE_CLAIM, at(claim(), 7));
        assertThat(successor.decide()).isEmpty();

        successor.hear(RESOURCE_CLAIM, allocated(preparation, ""));

        assertThat(successor.decide()).singleElement().matches(Binding::isPreparation);
    }

    @Test
    void whatWasForetoldAndRefusedIsForgotten() {
        Binding preparation = prepared();
        var successor = new DrivenCycle();
        successor.hear(new SchedulerInput.Following());
        world(successor);
        successor.hear(POD, pod());
        successor.hear(new SchedulerInput.CaughtUp());
        successor.hear(new SchedulerInput.BindingReplayed(preparation));
        successor.hear(new SchedulerInput.Leading(7));
        assertThat(successor.decide()).isEmpty();

        successor.hear(new SchedulerInput.Rejected(preparation));
        successor.pass(20);

        assertThat(successor.decide()).singleElement().matches(Binding::isPreparation);
    }

    private Binding prepared() {
        driven.hear(POD, pod());
        return driven.decide().getFirst();
    }

    private static Resource pod() {
        return Sample.pod("p", "1", "1Gi", claims("c"));
    }

    private static Resource nominated() {
        Resource pod = pod().copy();
        Resource.child(pod.tree(), "status").put("nominatedNodeName", "a");
        return pod;
    }

    private static String claims(String name) {
        return ",'resourceClaims':[{'name':'%s','resourceClaimName':'%s'}]".formatted(name, name);
    }

    private static Resource claim() {
        return claim("c");
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

    /** The claim as state leaves it, with what the driver says of the device. */
    private static Resource allocated(Binding preparation, String conditions) {
        Resource claim = claim().copy();
        var allocate = (Effect.AllocateClaim) effects(preparation).getFirst();
        allocate(claim, allocate, conditions);
        return at(claim, allocate.target().revision().value() + 1);
    }

    private static void allocate(Resource claim, Effect.GivesDevices gives, String conditions) {
        ObjectNode status = Resource.child(claim.tree(), "status");
        status.set(
                "allocation",
                gives.allocation().deepCopy().put("allocationTimestamp", START.toString()));
        status.setAll(
                Sample.object(
                                """
                                {'reservedFor':[{'resource':'pods','name':'p','uid':'uid-p'}],
                                 'devices':[{'driver':'gpu.example.com','pool':'p','device':'f0',
                                   'conditions':[%s]}]}
                                """
                                        .formatted(conditions))
                        .tree());
    }

    private static Resource at(Resource object, long revision) {
        Resource copy = object.copy();
        copy.mutableMetadata().put("resourceVersion", Long.toString(revision));
        return copy;
    }

    private static List<Effect> effects(Binding binding) {
        return binding.effects().stream().map(each -> Effect.of(each).orElseThrow()).toList();
    }
}
