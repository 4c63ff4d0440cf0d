package dev.gantry.scheduler.cycle;

import static dev.gantry.model.kind.Kinds.PERSISTENT_VOLUME;
import static dev.gantry.model.kind.Kinds.PERSISTENT_VOLUME_CLAIM;
import static dev.gantry.model.kind.Kinds.STORAGE_CLASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.Storage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreparationsTest {
    private static final String SELECTED =
            "'metadata':{'annotations':{'volume.kubernetes.io/selected-node':'%s'},";

    private static final String LATE =
            "running PreBind plugin \"VolumeBinding\": binding volumes: context deadline exceeded";

    private final DrivenCycle driven = new DrivenCycle();

    @BeforeEach
    void oneNodeAndAPodWithAClaim() {
        driven.hear(Kinds.NODE, Sample.node("a", "4", "8Gi", ""));
        driven.hear(new SchedulerInput.CaughtUp());
    }

    @Test
    void aPodWithNothingPreparedIsBoundTogetherWithItsVolume() {
        driven.hear(
                STORAGE_CLASS, Storage.storageClass("local", "kubernetes.io/no-provisioner", ""));
        driven.hear(PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "local", "1Gi", ""));
        seePod();
        Binding unplaced = driven.decide().getFirst();
        assertThat(unplaced.message()).contains("didn't find available persistent volumes to bind");

        driven.pass(5);
        driven.hear(PERSISTENT_VOLUME, Storage.volume("v", "local", "1Gi", Storage.on("a")));
        Binding placed = driven.decide().getFirst();

        assertThat(placed.node()).isEqualTo("a");
        assertThat(placed.effects()).singleElement().asString().contains("BindVolume", "uid-v");
    }

    @Test
    void aRefusedBindingGivesTheVolumeBack() {
        driven.hear(
                STORAGE_CLASS, Storage.storageClass("local", "kubernetes.io/no-provisioner", ""));
        driven.hear(PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "local", "1Gi", ""));
        driven.hear(PERSISTENT_VOLUME, Storage.volume("v", "local", "1Gi", ""));
        seePod();
        Binding placed = driven.decide().getFirst();

        driven.hear(new SchedulerInput.Rejected(placed));

        assertThat(driven.cycle.snapshot().volumes().volume("v").orElseThrow().claim()).isEmpty();
        driven.pass(20);
        assertThat(driven.decide().getFirst().effects()).isEqualTo(placed.effects());
    }

    @Test
    void thePodIsBoundOnceItsVolumeHasBeenProvisioned() {
        prepared();
        driven.pass(1);
        assertThat(driven.decide()).isEmpty();

        driven.hear(PERSISTENT_VOLUME, Storage.volume("v", "csi", "1Gi", ""));
        driven.hear(PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOnce"));
        driven.pass(1);
        List<Binding> decided = driven.decide();

        assertThat(decided).singleElement().extracting(Binding::node).isEqualTo("a");
        assertThat(decided.getFirst().effects()).isEmpty();
        assertThat(decided.getFirst().explanation())
                .as("what was decided is not forgotten meanwhile")
                .contains("\"node\":\"a\"", "\"profile\":\"packing\"");
    }

    @Test
    void aProvisionerThatTakesTheNodeOffTheClaimHasThePodTriedAnew() {
        prepared();
        driven.hear(PERSISTENT_VOLUME_CLAIM, selected("a"));
        assertThat(driven.decide()).isEmpty();
        driven.hear(PERSISTENT_VOLUME_CLAIM, selected(""));

        driven.pass(1);
        Binding failed = driven.decide().getFirst();

        assertThat(failed.isPlaced()).isFalse();
        assertThat(failed.reason()).isEqualTo("SchedulerError");
        assertThat(failed.message())
                .isEqualTo(
                        "running PreBind plugin \"VolumeBinding\": binding volumes: provisioning"
                                + " failed for PVC \"data\"");
        assertThat(driven.cycle.snapshot().podCount()).isZero();
        driven.pass(29);
        assertThat(driven.decide().getFirst().isPreparation()).isTrue();
    }

    @Test
    void howLongAPodWaitsIsAMatterOfItsProfile() {
        var profiles = Profiles.of(Map.of("packing.bind-timeout-seconds", "60"), "packing");
        var hasty = new DrivenCycle(new SchedulingCycle("default-scheduler", profiles, () -> 0));
        hasty.ready(Sample.node("a", "4", "8Gi", ""));
        prepared(hasty);

        hasty.pass(59);
        assertThat(hasty.decide()).extracting(Binding::message).noneMatch(LATE::equals);
        hasty.pass(1);
        assertThat(hasty.decide()).extracting(Binding::message).contains(LATE);
    }

    @Test
    void aPodThatWaitsForItsVolumeGivesWayWithoutBeingEvictedAndIsTriedAnew() {
        prepared();
        driven.hear(PERSISTENT_VOLUME_CLAIM, selected("a"));
        driven.hear(Kinds.POD, Sample.pod("high", "4", "1Gi", ",'priority':10"));

        Binding high = driven.decide().getFirst();
        assertThat(high.node()).isEqualTo("a");
        assertThat(high.victims()).isEmpty();

        Binding cancelled = driven.decide().getFirst();
        assertThat(cancelled.name()).isEqualTo("p");
        assertThat(cancelled.isPlaced()).isFalse();
        assertThat(cancelled.message()).isEqualTo("preempted by DefaultPreemption");
        assertThat(driven.cycle.snapshot().podCount()).isEqualTo(1);

        driven.hear(Kinds.POD, Sample.pod("high", "4", "1Gi", ",'priority':10,'nodeName':'a'"));
        driven.pass(1);
        assertThat(driven.decide())
                .extracting(Binding::name, Binding::isPlaced)
                .as("it was put back into the queue")
                .containsExactly(tuple("p", false));
    }

    @Test
    void aGangGivesWayAsAWhole() {
        preparedGang();
        driven.hear(PERSISTENT_VOLUME_CLAIM, selected("a"));
        driven.hear(Kinds.POD, Sample.pod("high", "3", "1Gi", ",'priority':10"));

        assertThat(driven.decide().getFirst().victims()).isEmpty();
        assertThat(driven.decide())
                .extracting(Binding::message)
                .containsExactly(
                        "preempted by DefaultPreemption", "preempted by DefaultPreemption");
    }

    @Test
    void nobodyWaitsForAVolumeForEver() {
        prepared();

        driven.pass(601);
        List<Binding> late = driven.decide();

        assertThat(late)
                .extracting(Binding::message)
                .anyMatch(m -> m.contains("deadline exceeded"));
    }

    @Test
    void aPodThatLeavesIsNotWaitedFor() {
        prepared();
        Resource pod = Sample.pod("p", "1", "1Gi", Storage.volumes("data"));
        driven.gone(pod);
        driven.hear(PERSISTENT_VOLUME, Storage.volume("v", "csi", "1Gi", ""));
        driven.hear(PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOnce"));

        assertThat(driven.decide()).isEmpty();
    }

    @Test
    void aGangIsBoundTogetherOnceItsLastVolumeIsThere() {
        Binding preparation = preparedGang();
        assertThat(preparation.party().gang()).isEqualTo("team");
        assertThat(preparation.all())
                .hasSize(2)
                .allMatch(Binding::isPreparation)
                .allMatch(each -> each.nominatedNode().equals("a"))
                .extracting(each -> each.effects().size())
                .containsExactlyInAnyOrder(0, 1);
        driven.pass(1);
        assertThat(driven.decide()).isEmpty();

        driven.hear(PERSISTENT_VOLUME, Storage.volume("v", "csi", "1Gi", ""));
        driven.hear(PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOnce"));
        driven.pass(1);
        List<Binding> decided = driven.decide();

        assertThat(decided)
                .singleElement()
                .extracting(each -> each.party().gang())
                .isEqualTo("team");
        assertThat(decided.getFirst().all())
                .hasSize(2)
                .allMatch(each -> each.node().equals("a"))
                .allMatch(each -> each.explanation().contains("\"score\""));
    }

    @Test
    void ofAGangWhoseVolumeIsNotMadeNobodyIsBoundAndAllAreTriedAnew() {
        preparedGang();
        driven.hear(PERSISTENT_VOLUME_CLAIM, selected("a"));
        assertThat(driven.decide()).isEmpty();
        driven.hear(PERSISTENT_VOLUME_CLAIM, selected(""));

        driven.pass(1);
        List<Binding> failed = driven.decide();

        assertThat(failed)
                .hasSize(2)
                .allMatch(each -> each.reason().equals("SchedulerError"))
                .allMatch(each -> each.message().contains("provisioning failed for PVC \"data\""));
        assertThat(driven.cycle.snapshot().podCount()).isZero();
        driven.pass(29);
        Binding again = driven.decide().getFirst();
        assertThat(again.isPreparation()).isTrue();
        assertThat(again.party().members()).hasSize(1);
    }

    @Test
    void aGangThatLosesAPodWhileItIsPreparedIsTriedAnew() {
        preparedGang();
        Resource other = inGang(Sample.pod("other", "1", "1Gi", ""));
        driven.gone(other);
        driven.hear(PERSISTENT_VOLUME, Storage.volume("v", "csi", "1Gi", ""));
        driven.hear(PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOnce"));

        driven.pass(1);
        assertThat(driven.decide()).noneMatch(Binding::isPlaced);
        assertThat(driven.cycle.snapshot().podCount()).isZero();

        driven.hear(Kinds.POD, other);
        driven.pass(29);
        List<Binding> whole = driven.decide();
        assertThat(whole).singleElement().matches(Binding::isPlaced);
        assertThat(whole.getFirst().party().members()).hasSize(1);
    }

    private Binding preparedGang() {
        driven.hear(STORAGE_CLASS, Storage.storageClass("csi", "csi.example", ""));
        driven.hear(PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "csi", "1Gi", ""));
        driven.hear(Kinds.POD, inGang(Sample.pod("p", "1", "1Gi", Storage.volumes("data"))));
        driven.decide();
        driven.hear(Kinds.POD, inGang(Sample.pod("other", "1", "1Gi", "")));
        List<Binding> decided = driven.decide();
        assertThat(decided).hasSize(1);
        return decided.getFirst();
    }

    private static Resource inGang(Resource pod) {
        Resource.child(pod.mutableMetadata(), "annotations")
                .put("gantry.dev/pod-group", "team")
                .put("gantry.dev/pod-group-size", "2");
        return pod;
    }

    private void prepared() {
        prepared(driven);
    }

    private static void prepared(DrivenCycle driven) {
        driven.hear(STORAGE_CLASS, Storage.storageClass("csi", "csi.example", ""));
        driven.hear(PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "csi", "1Gi", ""));
        driven.hear(Kinds.POD, Sample.pod("p", "1", "1Gi", Storage.volumes("data")));
        Binding preparation = driven.decide().getFirst();
        assertThat(preparation.isPreparation()).isTrue();
        assertThat(preparation.nominatedNode()).isEqualTo("a");
        assertThat(preparation.effects()).singleElement().asString().contains("SelectNode");
    }

    private static Resource selected(String node) {
        Resource claim = Storage.claim("data", "csi", "1Gi", "");
        String annotations = node.isEmpty() ? "" : SELECTED.formatted(node);
        return annotations.isEmpty()
                ? claim
                : Sample.object(claim.tree().toString().replace("\"metadata\":{", annotations));
    }

    private void seePod() {
        driven.hear(Kinds.POD, Sample.pod("p", "1", "1Gi", Storage.volumes("data")));
    }
}
