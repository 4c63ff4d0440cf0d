package dev.gantry.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Profile;
import dev.gantry.scheduler.snapshot.Devices;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.Storage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeedsInCycleTest {
    private final SchedulingCycle cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    @BeforeEach
    void aNodeWithOneDevice() {
        hear(BuiltinKind.NODE, Sample.node("a", "4", "8Gi", ""));
        hear(BuiltinKind.DEVICE_CLASS, Sample.object("{'metadata':{'name':'gpu'},'spec':{}}"));
        hear(
                BuiltinKind.RESOURCE_SLICE,
                Sample.object(
                        """
                        {'metadata':{'name':'s'},'spec':{'driver':'gpu.example.com','nodeName':'a',
                         'pool':{'name':'p','generation':1,'resourceSliceCount':1},
                         'devices':[{'name':'d0'}]}}
                        """));
        cycle.hear(new Happening.CaughtUp(), now);
    }

    @Test
    void theBindingCarriesTheAllocationAndTheNextPodWaitsUntilTheDeviceIsGivenBack() {
        hear(BuiltinKind.RESOURCE_CLAIM, claim("one"));
        hear(BuiltinKind.RESOURCE_CLAIM, claim("two"));
        hear(BuiltinKind.POD, pod("p1", "0", "one"));
        Binding first = cycle.decide(10, now).getFirst();
        assertThat(effects(first)).singleElement().isInstanceOf(Effect.AllocateClaim.class);

        hear(BuiltinKind.POD, pod("p2", "0", "two"));
        assertThat(cycle.decide(10, now).getFirst().message())
                .startsWith("0/1 nodes are available: 1 cannot allocate all claims.");

        now = now.plusSeconds(5);
        Resource given = claim("one");
        var allocation = ((Effect.AllocateClaim) effects(first).getFirst()).allocation();
        Resource.child(given.tree(), "status").set("allocation", allocation);
        hear(BuiltinKind.RESOURCE_CLAIM, given);
        assertThat(cycle.decide(10, now)).isEmpty();
        now = now.plusSeconds(5);
        hear(BuiltinKind.RESOURCE_CLAIM, claim("one"));
        assertThat(cycle.decide(10, now)).extracting(Binding::name).containsExactly("p2");
    }

    @Test
    void aPodWhoseClaimIsStillToBeMadeIsWokenWhenItIs() {
        String template = ",'resourceClaims':[{'name':'g','resourceClaimTemplateName':'t'}]";
        Resource pod = Sample.pod("p", "1", "1Gi", template);
        hear(BuiltinKind.POD, pod);
        assertThat(cycle.decide(10, now).getFirst().message()).contains("not created yet");

        now = now.plusSeconds(5);
        Resource claim = claim("p-g-x");
        claim.mutableMetadata()
                .putArray("ownerReferences")
                .addObject()
                .put("kind", "Pod")
                .put("uid", "uid-p")
                .put("controller", true);
        hear(BuiltinKind.RESOURCE_CLAIM, claim);
        Resource.child(pod.tree(), "status")
                .putArray("resourceClaimStatuses")
                .addObject()
                .put("name", "g")
                .put("resourceClaimName", "p-g-x");
        hear(BuiltinKind.POD, pod);
        assertThat(cycle.decide(10, now)).extracting(Binding::node).containsExactly("a");
    }

    @Test
    void nobodyIsEvictedForAPodThatHasNoClaim() {
        hear(BuiltinKind.POD, pod("low", "0"));
        Binding low = cycle.decide(10, now).getFirst();
        assertThat(low.isPlaced()).isTrue();

        hear(BuiltinKind.POD, pod("high", "1000", "nope"));
        Binding high = cycle.decide(10, now).getFirst();

        assertThat(high.victims()).isEmpty();
        assertThat(high.message())
                .isEqualTo(
                        "0/1 nodes are available: resourceclaim \"nope\" not found. preemption:"
                                + " 0/1 nodes are available: 1 Preemption is not helpful for"
                                + " scheduling.");
    }

    @Test
    void aClaimForOnePodOnlyIsTakenFromAPodOfLowerPriority() {
        hear(
                BuiltinKind.PERSISTENT_VOLUME_CLAIM,
                Storage.boundClaim("data", "v", "ReadWriteOncePod"));
        hear(BuiltinKind.PERSISTENT_VOLUME, Storage.volume("v", "slow", "1Gi", ""));
        hear(BuiltinKind.POD, withVolume("low", 0));
        assertThat(cycle.decide(10, now).getFirst().isPlaced()).isTrue();

        hear(BuiltinKind.POD, withVolume("high", 1000));

        assertThat(cycle.decide(10, now).getFirst().victims())
                .extracting(Binding.Pod::name)
                .containsExactly("low");
    }

    @Test
    void whatTheLeaderBeforeUsHasSentCounts() {
        hear(BuiltinKind.RESOURCE_CLAIM, claim("one"));
        hear(BuiltinKind.RESOURCE_CLAIM, claim("two"));
        hear(BuiltinKind.POD, pod("p1", "0", "one"));
        List<Binding> sent = cycle.decide(10, now);
        cycle.hear(new Happening.Rejected(sent.getFirst()), now);
        assertThat(cycle.snapshot().podCount()).isZero();

        cycle.hear(new Happening.Foretold(sent.getFirst().stamped(new Binding.Stamp(1, 1))), now);
        hear(BuiltinKind.POD, pod("p2", "0", "two"));

        assertThat(cycle.decide(10, now).getFirst().message()).contains("cannot allocate");
    }

    @Test
    void thePodsOfAGangCarryTheirEffectsInOneMessage() {
        hear(BuiltinKind.RESOURCE_CLAIM, claim("one"));
        hear(
                BuiltinKind.STORAGE_CLASS,
                Storage.storageClass("local", "kubernetes.io/no-provisioner", ""));
        hear(BuiltinKind.PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "local", "1Gi", ""));
        hear(BuiltinKind.PERSISTENT_VOLUME, Storage.volume("v", "local", "1Gi", ""));
        hear(BuiltinKind.POD, inGang(pod("p1", "0", "one")));
        hear(BuiltinKind.POD, inGang(withVolume("p2", 0)));

        List<Binding> decided = cycle.decide(10, now).stream().filter(Binding::isPlaced).toList();

        Binding whole = decided.getFirst();
        assertThat(whole.party().members()).hasSize(1);
        List<Effect> all = new java.util.ArrayList<>(effects(whole));
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

    private void hear(BuiltinKind kind, Resource object) {
        cycle.hear(Happening.seen(Storage.key(kind, object), object), now);
    }
}
