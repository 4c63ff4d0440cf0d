package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.Devices;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.Storage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeedsInCycleTest {
    private final DrivenCycle driven = new DrivenCycle();

    @BeforeEach
    void aNodeWithOneDevice() {
        driven.hear(Kinds.NODE, Sample.node("a", "4", "8Gi", ""));
        driven.hear(Kinds.DEVICE_CLASS, Sample.object("{'metadata':{'name':'gpu'},'spec':{}}"));
        driven.hear(
                Kinds.RESOURCE_SLICE,
                Sample.object(
                        """
                        {'metadata':{'name':'s'},'spec':{'driver':'gpu.example.com','nodeName':'a',
                         'pool':{'name':'p','generation':1,'resourceSliceCount':1},
                         'devices':[{'name':'d0'}]}}
                        """));
        driven.hear(new SchedulerInput.CaughtUp());
    }

    @Test
    void theBindingCarriesTheAllocationAndTheNextPodWaitsUntilTheDeviceIsGivenBack() {
        driven.hear(Kinds.RESOURCE_CLAIM, claim("one"));
        driven.hear(Kinds.RESOURCE_CLAIM, claim("two"));
        driven.hear(Kinds.POD, pod("p1", "0", "one"));
        Binding first = driven.decide().getFirst();
        assertThat(effects(first)).singleElement().isInstanceOf(Effect.AllocateClaim.class);

        driven.hear(Kinds.POD, pod("p2", "0", "two"));
        assertThat(driven.decide().getFirst().message())
                .startsWith("0/1 nodes are available: 1 cannot allocate all claims.");

        driven.pass(5);
        Resource given = claim("one").copy();
        given.mutableMetadata().put("resourceVersion", "9");
        var allocation = ((Effect.AllocateClaim) effects(first).getFirst()).allocation();
        Resource.child(given.tree(), "status").set("allocation", allocation);
        driven.hear(Kinds.RESOURCE_CLAIM, given);
        assertThat(driven.decide()).isEmpty();
        driven.pass(5);
        driven.hear(Kinds.RESOURCE_CLAIM, claim("one"));
        assertThat(driven.decide()).extracting(Binding::name).containsExactly("p2");
    }

    @Test
    void theNextPodGetsTheDeviceAtOnceWhereStateRefusesTheWordOnAPodThatIsGone() {
        driven.hear(Kinds.RESOURCE_CLAIM, claim("one"));
        driven.hear(Kinds.RESOURCE_CLAIM, claim("two"));
        driven.hear(Kinds.POD, pod("p1", "0", "one"));
        Binding first = driven.decide().getFirst();
        driven.gone(pod("p1", "0", "one"));
        driven.hear(Kinds.POD, pod("p2", "0", "two"));
        driven.pass(5);
        assertThat(driven.decide()).singleElement().matches(each -> !each.isPlaced());

        driven.hear(new SchedulerInput.Rejected(first));
        driven.pass(5);

        assertThat(driven.decide()).singleElement().matches(Binding::isPlaced);
    }

    @Test
    void aClassThatStandsForAResourceWakesThePodThatAsksForIt() {
        Resource pod = pod("p", "0").copy();
        pod.tree().withObject("/spec/containers/0/resources/requests").put("example.com/gpu", "1");
        driven.hear(Kinds.POD, pod);
        assertThat(driven.decide().getFirst().message())
                .startsWith("0/1 nodes are available: 1 Insufficient example.com/gpu.");

        driven.pass(5);
        driven.hear(
                Kinds.DEVICE_CLASS,
                Sample.object(
                        "{'metadata':{'name':'named'},'spec':{'extendedResourceName':'example.com/gpu'}}"));
        Binding placed = driven.decide().getFirst();
        assertThat(placed.node()).isEqualTo("a");
        assertThat(effects(placed)).singleElement().isInstanceOf(Effect.MakeClaim.class);

        driven.hear(Kinds.RESOURCE_CLAIM, claim("two"));
        driven.hear(Kinds.POD, pod("p2", "0", "two"));
        assertThat(driven.decide().getFirst().isPlaced()).as("the device is spoken for").isFalse();
    }

    @Test
    void aClaimThatNobodyElseUsesGivesItsDevicesBackWhereItsNodeHasNoRoom() {
        driven.hear(Kinds.RESOURCE_CLAIM, allocated("one", "[]"));
        driven.hear(Kinds.POD, Sample.pod("old", "4", "1Gi", ",'nodeName':'a'"));
        driven.hear(Kinds.NODE, Sample.node("b", "4", "8Gi", ""));
        driven.hear(Kinds.POD, pod("p1", "0", "one"));

        Binding told = driven.decide().getFirst();
        assertThat(told.message())
                .isEqualTo(
                        "0/2 nodes are available: 1 Insufficient cpu, 1 resourceclaim not available"
                                + " on the node. deallocation of ResourceClaim completed,"
                                + " preemption: 0/2 nodes are available: 1 No preemption victims"
                                + " found for incoming pod, 1 Preemption is not helpful for"
                                + " scheduling.");
        assertThat(effects(told)).singleElement().isInstanceOf(Effect.FreeClaim.class);

        driven.pass(5);
        driven.hear(Kinds.RESOURCE_CLAIM, claim("one"));
        assertThat(driven.decide().getFirst().message()).contains("cannot allocate all claims");
    }

    @Test
    void aClaimThatAnotherPodUsesKeepsItsDevices() {
        driven.hear(
                Kinds.RESOURCE_CLAIM,
                allocated("one", "[{'resource':'pods','name':'other','uid':'other'}]"));
        driven.hear(Kinds.POD, Sample.pod("old", "4", "1Gi", ",'nodeName':'a'"));
        driven.hear(Kinds.NODE, Sample.node("b", "4", "8Gi", ""));
        driven.hear(Kinds.POD, pod("p1", "0", "one"));

        Binding told = driven.decide().getFirst();
        assertThat(told.message()).contains(" still not schedulable, preemption:");
        assertThat(told.effects()).isEmpty();
    }

    @Test
    void aClaimThatPodsShareIsGivenBackByEachOfThem() {
        driven.hear(
                Kinds.RESOURCE_CLAIM,
                allocated(
                        "one",
                        "[{'resource':'pods','name':'other','uid':'other'},"
                                + "{'resource':'pods','name':'p1','uid':'uid-p1'}]"));
        driven.hear(Kinds.POD, Sample.pod("old", "4", "1Gi", ",'nodeName':'a'"));
        driven.hear(Kinds.NODE, Sample.node("b", "4", "8Gi", ""));
        driven.hear(Kinds.POD, pod("p1", "0", "one"));

        assertThat(effects(driven.decide().getFirst()))
                .singleElement()
                .isInstanceOf(Effect.FreeClaim.class);
    }

    /** A claim whose device can be used from node a only. */
    private static Resource allocated(String name, String reservedFor) {
        Resource claim = claim(name).copy();
        claim.tree()
                .set(
                        "status",
                        Sample.object(
                                        """
                                        {'reservedFor':%s,'allocation':{
                                          'devices':{'results':[{'request':'r','driver':'gpu.example.com',
                                            'pool':'p','device':'d0'}]},
                                          'nodeSelector':{'nodeSelectorTerms':[{'matchFields':[
                                            {'key':'metadata.name','operator':'In','values':['a']}]}]}}}
                                        """
                                                .formatted(reservedFor))
                                .tree());
        return claim;
    }

    @Test
    void aPodWhoseClaimIsStillToBeMadeIsWokenWhenItIs() {
        String template = ",'resourceClaims':[{'name':'g','resourceClaimTemplateName':'t'}]";
        Resource pod = Sample.pod("p", "1", "1Gi", template);
        driven.hear(Kinds.POD, pod);
        assertThat(driven.decide().getFirst().message()).contains("not created yet");

        driven.pass(5);
        Resource claim = claim("p-g-x");
        claim.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("kind", "Pod")
                .put("uid", "uid-p")
                .put("controller", true);
        driven.hear(Kinds.RESOURCE_CLAIM, claim);
        Resource.child(pod.tree(), "status")
                .putArray("resourceClaimStatuses")
                .addObject()
                .put("name", "g")
                .put("resourceClaimName", "p-g-x");
        driven.hear(Kinds.POD, pod);
        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void nobodyIsEvictedForAPodThatHasNoClaim() {
        driven.hear(Kinds.POD, pod("low", "0"));
        Binding low = driven.decide().getFirst();
        assertThat(low.isPlaced()).isTrue();

        driven.hear(Kinds.POD, pod("high", "1000", "nope"));
        Binding high = driven.decide().getFirst();

        assertThat(high.victims()).isEmpty();
        assertThat(high.message())
                .isEqualTo(
                        "0/1 nodes are available: resourceclaim \"nope\" not found. no new"
                                + " claims to deallocate, preemption:"
                                + " 0/1 nodes are available: 1 Preemption is not helpful for"
                                + " scheduling.");
    }

    @Test
    void aNodeThatMayAttachMoreWakesThePodThatNamesItsDiskItself() {
        String disk = ",'volumes':[{'name':'d','awsElasticBlockStore':{'volumeID':'vol-1'}}]";
        driven.hear(Kinds.CSI_NODE, attaching(0));
        driven.hear(Kinds.POD, Sample.pod("p", "1", "1Gi", disk));
        assertThat(driven.decide().getFirst().message())
                .startsWith("0/1 nodes are available: 1 node(s) exceed max volume count.");

        driven.pass(5);
        driven.hear(Kinds.CSI_NODE, attaching(1));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void aVolumeThatIsDetachedAtLastMakesRoomForThePodThatWaits() {
        driven.hear(Kinds.CSI_NODE, attaching(1));
        String source = ",'csi':{'driver':'ebs.csi.aws.com','volumeHandle':'old'}";
        driven.hear(Kinds.PERSISTENT_VOLUME, Storage.volume("v", "slow", "1Gi", source));
        Resource attachment =
                Sample.object(
                        """
                        {'metadata':{'name':'va'},'spec':{'attacher':'ebs.csi.aws.com',
                          'nodeName':'a','source':{'persistentVolumeName':'v'}}}
                        """);
        driven.hear(Kinds.VOLUME_ATTACHMENT, attachment);
        String disk = ",'volumes':[{'name':'d','awsElasticBlockStore':{'volumeID':'vol-1'}}]";
        driven.hear(Kinds.POD, Sample.pod("p", "1", "1Gi", disk));
        assertThat(driven.decide().getFirst().message())
                .startsWith("0/1 nodes are available: 1 node(s) exceed max volume count.");

        driven.pass(5);
        driven.hear(SchedulerInput.gone(Storage.key(Kinds.VOLUME_ATTACHMENT, attachment)));

        assertThat(driven.decide()).extracting(Binding::node).containsExactly("a");
    }

    private static Resource attaching(int volumes) {
        return Sample.object(
                """
                {'metadata':{'name':'a'},
                 'spec':{'drivers':[{'name':'ebs.csi.aws.com','allocatable':{'count':%d}}]}}
                """
                        .formatted(volumes));
    }

    @Test
    void aClaimForOnePodOnlyIsTakenFromAPodOfLowerPriority() {
        driven.hear(
                Kinds.PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOncePod"));
        driven.hear(Kinds.PERSISTENT_VOLUME, Storage.volume("v", "slow", "1Gi", ""));
        driven.hear(Kinds.POD, withVolume("low", 0));
        assertThat(driven.decide().getFirst().isPlaced()).isTrue();

        driven.hear(Kinds.POD, withVolume("high", 1000));

        assertThat(driven.decide().getFirst().victims())
                .extracting(Binding.Pod::name)
                .containsExactly("low");
    }

    @Test
    void whatTheLeaderBeforeUsHasSentCounts() {
        driven.hear(Kinds.RESOURCE_CLAIM, claim("one"));
        driven.hear(Kinds.RESOURCE_CLAIM, claim("two"));
        driven.hear(Kinds.POD, pod("p1", "0", "one"));
        List<Binding> sent = driven.decide();
        driven.hear(new SchedulerInput.Rejected(sent.getFirst()));
        assertThat(driven.cycle.snapshot().podCount()).isZero();

        driven.hear(
                new SchedulerInput.BindingReplayed(
                        sent.getFirst().stamped(new Binding.Stamp(1, 1))));
        driven.hear(Kinds.POD, pod("p2", "0", "two"));

        assertThat(driven.decide().getFirst().message()).contains("cannot allocate");
    }

    @Test
    void devicesOfAPodThatIsGoneAreFreeOnlyOnceJustWhatGaveThemIsRefused() {
        for (String each : List.of("one", "two", "three")) {
            driven.hear(Kinds.RESOURCE_CLAIM, claim(each));
        }
        Resource gone = pod("p1", "0", "one");
        driven.hear(Kinds.POD, gone);
        Binding giving = driven.decide().getFirst();
        driven.hear(new SchedulerInput.PodGone(gone.key(Resources.PODS)));

        Binding news = giving.withEffects(List.of()).stamped(new Binding.Stamp(1, 1));
        driven.hear(new SchedulerInput.Rejected(news));
        driven.hear(Kinds.POD, pod("p2", "0", "two"));
        assertThat(driven.decide().getFirst().message()).contains("cannot allocate");

        driven.hear(new SchedulerInput.Rejected(giving));
        driven.hear(Kinds.POD, pod("p3", "0", "three"));
        assertThat(driven.decide())
                .filteredOn(Binding::isPlaced)
                .extracting(Binding::name)
                .containsExactly("p3");
    }

    @Test
    void thePodsOfAGangCarryTheirEffectsInOneMessage() {
        driven.hear(Kinds.RESOURCE_CLAIM, claim("one"));
        driven.hear(
                Kinds.STORAGE_CLASS,
                Storage.storageClass("local", "kubernetes.io/no-provisioner", ""));
        driven.hear(Kinds.PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "local", "1Gi", ""));
        driven.hear(Kinds.PERSISTENT_VOLUME, Storage.volume("v", "local", "1Gi", ""));
        driven.hear(Kinds.POD, inGang(pod("p1", "0", "one")));
        driven.hear(Kinds.POD, inGang(withVolume("p2", 0)));

        List<Binding> decided = driven.decide().stream().filter(Binding::isPlaced).toList();

        Binding whole = decided.getFirst();
        assertThat(whole.party().members()).hasSize(1);
        List<Effect> all = new ArrayList<>(effects(whole));
        whole.party().members().forEach(each -> all.addAll(effects(each)));
        assertThat(all)
                .hasSize(2)
                .hasAtLeastOneElementOfType(Effect.AllocateClaim.class)
                .hasAtLeastOneElementOfType(Effect.BindVolume.class);
    }

    private static Resource inGang(Resource pod) {
        Resource.child(pod.mutableMetadata(), "annotations")
                .put("gantry.dev/pod-group", "g")
                .put("gantry.dev/pod-group-size", "2");
        return pod;
    }

    private static Resource claim(String name) {
        return Devices.claim(name, Devices.request("r", ""), "");
    }

    private static Resource pod(String name, String priority, String... claims) {
        StringBuilder all = new StringBuilder();
        for (String each : claims) {
            all.append("{'name':'%s','resourceClaimName':'%s'}".formatted(each, each));
        }
        String more = ",'priority':%s,'resourceClaims':[%s]".formatted(priority, all);
        return Sample.pod(name, "1", "1Gi", more);
    }

    private static Resource withVolume(String name, int priority) {
        String more = ",'priority':" + priority + Storage.volumes("data");
        return Sample.pod(name, "1", "1Gi", more);
    }

    private static List<Effect> effects(Binding binding) {
        return binding.effects().stream().map(each -> Effect.of(each).orElseThrow()).toList();
    }
}
