package dev.gantry.scheduler.cycle;

import static dev.gantry.model.kind.BuiltinKind.PERSISTENT_VOLUME;
import static dev.gantry.model.kind.BuiltinKind.PERSISTENT_VOLUME_CLAIM;
import static dev.gantry.model.kind.BuiltinKind.STORAGE_CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Profile;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.Storage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreparationsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String SELECTED =
            "'metadata':{'annotations':{'volume.kubernetes.io/selected-node':'%s'},";

    private final SchedulingCycle cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);

    @BeforeEach
    void oneNodeAndAPodWithAClaim() {
        hear(BuiltinKind.NODE, Sample.node("a", "4", "8Gi", ""), NOON);
        cycle.hear(new Happening.CaughtUp(), NOON);
    }

    @Test
    void aPodWithNothingParkedIsBoundTogetherWithItsVolume() {
        hear(
                STORAGE_CLASS,
                Storage.storageClass("local", "kubernetes.io/no-provisioner", ""),
                NOON);
        hear(PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "local", "1Gi", ""), NOON);
        seePod();
        Binding unplaced = cycle.decide(10, NOON).getFirst();
        assertThat(unplaced.message()).contains("didn't find available persistent volumes to bind");

        Instant later = NOON.plusSeconds(5);
        hear(PERSISTENT_VOLUME, Storage.volume("v", "local", "1Gi", Storage.on("a")), later);
        Binding placed = cycle.decide(10, later).getFirst();

        assertThat(placed.node()).isEqualTo("a");
        assertThat(placed.effects()).singleElement().asString().contains("BindVolume", "uid-v");
    }

    @Test
    void aRefusedBindingGivesTheVolumeBack() {
        hear(
                STORAGE_CLASS,
                Storage.storageClass("local", "kubernetes.io/no-provisioner", ""),
                NOON);
        hear(PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "local", "1Gi", ""), NOON);
        hear(PERSISTENT_VOLUME, Storage.volume("v", "local", "1Gi", ""), NOON);
        seePod();
        Binding placed = cycle.decide(10, NOON).getFirst();

        cycle.hear(new Happening.Rejected(placed), NOON);

        assertThat(cycle.snapshot().volumes().volume("v").orElseThrow().claim()).isEmpty();
        assertThat(cycle.decide(10, NOON.plusSeconds(20)).getFirst().effects())
                .isEqualTo(placed.effects());
    }

    @Test
    void thePodIsBoundOnceItsVolumeHasBeenProvisioned() {
        prepared();
        assertThat(cycle.decide(10, NOON.plusSeconds(1))).isEmpty();

        hear(PERSISTENT_VOLUME, Storage.volume("v", "csi", "1Gi", ""), NOON);
        hear(PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOnce"), NOON);
        List<Binding> decided = cycle.decide(10, NOON.plusSeconds(2));

        assertThat(decided).singleElement().extracting(Binding::node).isEqualTo("a");
        assertThat(decided.getFirst().effects()).isEmpty();
        assertThat(decided.getFirst().explanation())
                .as("what was decided is not forgotten meanwhile")
                .contains("\"node\":\"a\"", "\"profile\":\"packing\"");
    }

    @Test
    void aProvisionerThatTakesTheNodeOffTheClaimHasThePodTriedAnew() {
        prepared();
        hear(PERSISTENT_VOLUME_CLAIM, selected("a"), NOON);
        assertThat(cycle.decide(10, NOON)).isEmpty();
        hear(PERSISTENT_VOLUME_CLAIM, selected(""), NOON);

        Binding failed = cycle.decide(10, NOON.plusSeconds(1)).getFirst();

        assertThat(failed.isPlaced()).isFalse();
        assertThat(failed.reason()).isEqualTo("SchedulerError");
        assertThat(failed.message())
                .isEqualTo(
                        "running PreBind plugin \"VolumeBinding\": binding volumes: provisioning"
                                + " failed for PVC \"data\"");
        assertThat(cycle.snapshot().podCount()).isZero();
        assertThat(cycle.decide(10, NOON.plusSeconds(30)).getFirst().isPreparation()).isTrue();
    }

    @Test
    void nobodyWaitsForAVolumeForEver() {
        prepared();

        List<Binding> late = cycle.decide(10, NOON.plusSeconds(601));

        assertThat(late)
                .extracting(Binding::message)
                .anyMatch(m -> m.contains("deadline exceeded"));
    }

    @Test
    void aPodThatLeavesIsNotWaitedFor() {
        prepared();
        Resource pod = Sample.pod("p", "1", "1Gi", Storage.volumes("data"));
        cycle.hear(Happening.gone(pod.key(BuiltinKind.POD.resource())), NOON);
        hear(PERSISTENT_VOLUME, Storage.volume("v", "csi", "1Gi", ""), NOON);
        hear(PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOnce"), NOON);

        assertThat(cycle.decide(10, NOON)).isEmpty();
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
        assertThat(cycle.decide(10, NOON.plusSeconds(1))).isEmpty();

        hear(PERSISTENT_VOLUME, Storage.volume("v", "csi", "1Gi", ""), NOON);
        hear(PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOnce"), NOON);
        List<Binding> decided = cycle.decide(10, NOON.plusSeconds(2));

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
        hear(PERSISTENT_VOLUME_CLAIM, selected("a"), NOON);
        assertThat(cycle.decide(10, NOON)).isEmpty();
        hear(PERSISTENT_VOLUME_CLAIM, selected(""), NOON);

        List<Binding> failed = cycle.decide(10, NOON.plusSeconds(1));

        assertThat(failed)
                .hasSize(2)
                .allMatch(each -> each.reason().equals("SchedulerError"))
                .allMatch(each -> each.message().contains("provisioning failed for PVC \"data\""));
        assertThat(cycle.snapshot().podCount()).isZero();
        Binding again = cycle.decide(10, NOON.plusSeconds(30)).getFirst();
        assertThat(again.isPreparation()).isTrue();
        assertThat(again.party().members()).hasSize(1);
    }

    @Test
    void aGangThatLosesAPodWhileItIsPreparedIsTriedAnew() {
        preparedGang();
        Resource other = inGang(Sample.pod("other", "1", "1Gi", ""));
        cycle.hear(Happening.gone(other.key(BuiltinKind.POD.resource())), NOON);
        hear(PERSISTENT_VOLUME, Storage.volume("v", "csi", "1Gi", ""), NOON);
        hear(PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("data", "v", "ReadWriteOnce"), NOON);

        assertThat(cycle.decide(10, NOON.plusSeconds(1))).noneMatch(Binding::isPlaced);
        assertThat(cycle.snapshot().podCount()).isZero();

        hear(BuiltinKind.POD, other, NOON.plusSeconds(2));
        List<Binding> whole = cycle.decide(10, NOON.plusSeconds(30));
        assertThat(whole).singleElement().matches(Binding::isPlaced);
        assertThat(whole.getFirst().party().members()).hasSize(1);
    }

    private Binding preparedGang() {
        hear(STORAGE_CLASS, Storage.storageClass("csi", "csi.example", ""), NOON);
        hear(PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "csi", "1Gi", ""), NOON);
        hear(BuiltinKind.POD, inGang(Sample.pod("p", "1", "1Gi", Storage.volumes("data"))), NOON);
        cycle.decide(10, NOON);
        hear(BuiltinKind.POD, inGang(Sample.pod("other", "1", "1Gi", "")), NOON);
        List<Binding> decided = cycle.decide(10, NOON);
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
        hear(STORAGE_CLASS, Storage.storageClass("csi", "csi.example", ""), NOON);
        hear(PERSISTENT_VOLUME_CLAIM, Storage.claim("data", "csi", "1Gi", ""), NOON);
        seePod();
        Binding preparation = cycle.decide(10, NOON).getFirst();
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
        hear(BuiltinKind.POD, Sample.pod("p", "1", "1Gi", Storage.volumes("data")), NOON);
    }

    private void hear(BuiltinKind kind, Resource object, Instant now) {
        cycle.hear(Happening.seen(Storage.key(kind, object), object), now);
    }
}
