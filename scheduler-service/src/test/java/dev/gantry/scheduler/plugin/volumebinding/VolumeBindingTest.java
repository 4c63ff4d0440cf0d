package dev.gantry.scheduler.plugin.volumebinding;

import static dev.gantry.model.kind.Kinds.CSI_DRIVER;
import static dev.gantry.model.kind.Kinds.CSI_STORAGE_CAPACITY;
import static dev.gantry.model.kind.Kinds.PERSISTENT_VOLUME;
import static dev.gantry.model.kind.Kinds.PERSISTENT_VOLUME_CLAIM;
import static dev.gantry.model.kind.Kinds.STORAGE_CLASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.explain.RuledOut;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.Storage;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VolumeBindingTest {
    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";
    private static final String FITS = "";

    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final VolumeBinding rule = new VolumeBinding();

    @BeforeEach
    void threeNodesAndALocalClass() {
        for (String name : List.of("a", "b", "c")) {
            snapshot.putNode(Sample.facts(name, "4", "8Gi", ""));
        }
        Storage.tell(snapshot, STORAGE_CLASS, Storage.storageClass("local", NO_PROVISIONER, ""));
    }

    @Test
    void saysWholeWhatIsWrongWithAClaim() {
        PodInfo pod = pod("data");

        assertThat(message(pod))
                .isEqualTo(
                        "0/3 nodes are available: persistentvolumeclaim \"data\" not found. not"
                                + " found");
        claim(Storage.claim("data", "fast", "1Gi", ""));
        assertThat(message(pod))
                .isEqualTo(
                        "0/3 nodes are available: pod has unbound immediate"
                                + " PersistentVolumeClaims. not found");
    }

    @Test
    void aClaimThatIsLostOrLeavingHindersThePod() {
        claim(
                Sample.object(
                        "{'metadata':{'name':'data','namespace':'default'},"
                                + "'spec':{'volumeName':'gone'},'status':{'phase':'Lost'}}"));
        assertThat(rule.preFilter(pod("data"), snapshot))
                .contains(
                        "persistentvolumeclaim \"data\" bound to non-existent persistentvolume"
                                + " \"gone\"");
        claim(
                Sample.object(
                        "{'metadata':{'name':'data','namespace':'default',"
                                + "'deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':{}}"));
        assertThat(rule.preFilter(pod("data"), snapshot))
                .contains("persistentvolumeclaim \"data\" is being deleted");
    }

    @Test
    void anEphemeralClaimMustBeThereAndBelongToThePod() {
        PodInfo pod = Sample.podInfo("p", "1", "1Gi", ",'volumes':[{'name':'tmp','ephemeral':{}}]");

        assertThat(rule.preFilter(pod, snapshot))
                .contains(
                        "waiting for ephemeral volume controller to create the"
                                + " persistentvolumeclaim \"p-tmp\"");
        claim(Storage.claim("p-tmp", "local", "1Gi", ""));
        assertThat(rule.preFilter(pod, snapshot))
                .contains("PVC default/p-tmp was not created for pod default/p (pod is not owner)");
        claim(
                Sample.object(
                        "{'metadata':{'name':'p-tmp','namespace':'default','ownerReferences':"
                                + "[{'kind':'Pod','name':'p','uid':'uid-p','controller':true}]},"
                                + "'spec':{'storageClassName':'local'}}"));
        assertThat(rule.preFilter(pod, snapshot)).isEmpty();
    }

    @Test
    void aBoundVolumeDecidesWhichNodesReachIt() {
        claim(Storage.boundClaim("data", "v1", "ReadWriteOnce"));
        assertThat(on("a", pod("data")))
                .isEqualTo(
                        "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");

        volume(Storage.volume("v1", "slow", "5Gi", Storage.on("b")));
        assertThat(on("a", pod("data")))
                .isEqualTo("node(s) didn't match PersistentVolume's node affinity");
        assertThat(on("b", pod("data"))).isEqualTo(FITS);
    }

    @Test
    void takesTheSmallestVolumeThatWillDo() {
        claim(Storage.claim("data", "local", "5Gi", ""));
        volume(Storage.volume("large", "local", "20Gi", Storage.on("a")));
        volume(Storage.volume("fitting", "local", "6Gi", Storage.on("a")));
        volume(Storage.volume("small", "local", "4Gi", Storage.on("b")));
        volume(Storage.volume("other-class", "x", "6Gi", Storage.on("b")));

        assertThat(bound("a", pod("data"))).containsExactly("data=fitting");
        assertThat(on("b", pod("data")))
                .isEqualTo("node(s) didn't find available persistent volumes to bind");
    }

    @Test
    void theClaimsOfAPodShareNoVolumeAndTheSmallerChoosesFirst() {
        claim(Storage.claim("big", "local", "5Gi", ""));
        claim(Storage.claim("little", "local", "1Gi", ""));
        volume(Storage.volume("v2", "local", "2Gi", Storage.on("a")));
        volume(Storage.volume("v6", "local", "6Gi", Storage.on("a")));
        volume(Storage.volume("w6", "local", "6Gi", Storage.on("b")));

        assertThat(bound("a", pod("big", "little")))
                .containsExactlyInAnyOrder("big=v6", "little=v2");
        assertThat(on("b", pod("big", "little")))
                .isEqualTo("node(s) didn't find available persistent volumes to bind");
    }

    @Test
    void aVolumeThatAnotherPodHasSpokenForIsTakenUntilThatPodLeaves() {
        claim(Storage.claim("data", "local", "1Gi", ""));
        claim(Storage.claim("more", "local", "1Gi", ""));
        volume(Storage.volume("v1", "local", "2Gi", Storage.on("a")));
        PodInfo first = Sample.podInfo("first", "1", "1Gi", Storage.volumes("data"));
        Consequences decided = rule.consequences(first, snapshot.node("a").orElseThrow(), snapshot);
        snapshot.place(first, "a");
        snapshot.reserve(first.uid(), decided.all());

        assertThat(on("a", pod("more"))).isNotEqualTo(FITS);
        assertThat(bound("a", pod("data"))).containsExactly("data=v1");

        snapshot.remove(first.uid());
        assertThat(on("a", pod("more"))).isEqualTo(FITS);
    }

    @Test
    void aVolumeThatIsSetAsideForTheClaimGoesBeforeAllOthers() {
        claim(Storage.claim("data", "local", "1Gi", ""));
        String forData = ",'claimRef':{'namespace':'default','name':'data'}";
        volume(Storage.volume("aside", "local", "9Gi", forData + Storage.on("b")));
        volume(Storage.volume("smaller", "local", "2Gi", ""));

        assertThat(bound("b", pod("data"))).containsExactly("data=aside");
        assertThat(on("a", pod("data"))).isNotEqualTo(FITS);
    }

    @Test
    void modesSelectorsAndPhasesCount() {
        claim(
                Sample.object(
                        "{'metadata':{'name':'data','namespace':'default'},'spec':{"
                                + "'accessModes':['ReadWriteMany'],'storageClassName':'local',"
                                + "'selector':{'matchLabels':{'disk':'ssd'}}}}"));
        volume(Storage.volume("wrong-mode", "local", "2Gi", ""));
        assertThat(on("a", pod("data"))).isNotEqualTo(FITS);

        String wanted =
                "{'metadata':{'name':'v','labels':{'disk':'%s'}},'spec':{'accessModes':"
                        + "['ReadWriteMany'],'storageClassName':'local','volumeMode':'%s'},"
                        + "'status':{'phase':'%s'}}";
        volume(Sample.object(wanted.formatted("hdd", "Filesystem", "Available")));
        assertThat(on("a", pod("data"))).isNotEqualTo(FITS);
        volume(Sample.object(wanted.formatted("ssd", "Block", "Available")));
        assertThat(on("a", pod("data"))).isNotEqualTo(FITS);
        volume(Sample.object(wanted.formatted("ssd", "Filesystem", "Released")));
        assertThat(on("a", pod("data"))).isNotEqualTo(FITS);
        volume(Sample.object(wanted.formatted("ssd", "Filesystem", "Available")));
        assertThat(on("a", pod("data"))).isEqualTo(FITS);
    }

    @Test
    void whereNoVolumeFitsOneIsProvisionedIfTheClassAllowsTheNode() {
        String onlyB =
                ",'allowedTopologies':[{'matchLabelExpressions':"
                        + "[{'key':'kubernetes.io/hostname','values':['b']}]}]";
        Storage.tell(snapshot, STORAGE_CLASS, Storage.storageClass("csi", "csi.example", onlyB));
        claim(Storage.claim("data", "csi", "1Gi", ""));

        assertThat(on("a", pod("data")))
                .isEqualTo("node(s) didn't find available persistent volumes to bind");
        Consequences more = consequences("b", pod("data"));
        assertThat(more.together()).isEmpty();
        assertThat(more.before())
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.SelectNode.class,
                        select -> assertThat(select.node()).isEqualTo("b"));
    }

    @Test
    void aDriverThatCountsItsRoomMustHaveSome() {
        Storage.tell(snapshot, STORAGE_CLASS, Storage.storageClass("csi", "csi.example", ""));
        claim(Storage.claim("data", "csi", "5Gi", ""));
        Storage.tell(
                snapshot,
                CSI_DRIVER,
                Sample.object(
                        "{'metadata':{'name':'csi.example'},'spec':{'storageCapacity':true}}"));
        assertThat(on("a", pod("data"))).isEqualTo("node(s) did not have enough free storage");

        String room =
                "{'metadata':{'name':'r','namespace':'csi'},'storageClassName':'csi',"
                        + "'nodeTopology':{'matchLabels':{'kubernetes.io/hostname':'a'}},"
                        + "'capacity':'10Gi','maximumVolumeSize':'%s'}";
        Storage.tell(snapshot, CSI_STORAGE_CAPACITY, Sample.object(room.formatted("4Gi")));
        assertThat(on("a", pod("data"))).isEqualTo("node(s) did not have enough free storage");
        Storage.tell(snapshot, CSI_STORAGE_CAPACITY, Sample.object(room.formatted("5Gi")));
        assertThat(on("a", pod("data"))).isEqualTo(FITS);
        assertThat(on("b", pod("data"))).isEqualTo("node(s) did not have enough free storage");
    }

    @Test
    void aClaimThatIsBeingProvisionedStaysWithItsNode() {
        Storage.tell(snapshot, STORAGE_CLASS, Storage.storageClass("csi", "csi.example", ""));
        claim(
                Sample.object(
                        "{'metadata':{'name':'data','namespace':'default','annotations':{"
                                + "'volume.kubernetes.io/selected-node':'b'}},"
                                + "'spec':{'storageClassName':'csi'}}"));

        assertThat(on("a", pod("data")))
                .isEqualTo("node(s) didn't find available persistent volumes to bind");
        assertThat(on("b", pod("data"))).isEqualTo(FITS);
    }

    @Test
    void aCopyOfTheSnapshotKnowsTheSameVolumes() {
        claim(Storage.claim("data", "local", "1Gi", ""));
        volume(Storage.volume("v1", "local", "2Gi", Storage.on("b")));

        var placed =
                (Placement.Placed)
                        new RankedScheduler(Profile.PACKING).place(pod("data"), snapshot.copy());

        assertThat(placed.node()).isEqualTo("b");
        assertThat(placed.explanation().ruledOut())
                .containsEntry("VolumeBinding", new RuledOut(2, "a, c"));
    }

    private void claim(Resource claim) {
        Storage.tell(snapshot, PERSISTENT_VOLUME_CLAIM, claim);
    }

    private void volume(Resource volume) {
        Storage.tell(snapshot, PERSISTENT_VOLUME, volume);
    }

    private static PodInfo pod(String... claims) {
        return Sample.podInfo("p", "1", "1Gi", Storage.volumes(claims));
    }

    private String on(String node, PodInfo pod) {
        Verdict verdict = rule.prepare(pod, snapshot).apply(snapshot.node(node).orElseThrow());
        return verdict instanceof Verdict.Rejects rejects
                ? String.join(", ", rejects.reasons())
                : FITS;
    }

    private List<String> bound(String node, PodInfo pod) {
        return consequences(node, pod).together().stream()
                .map(Effect.BindVolume.class::cast)
                .map(each -> each.claim().name() + "=" + each.volume().name())
                .toList();
    }

    private Consequences consequences(String node, PodInfo pod) {
        return rule.consequences(pod, snapshot.node(node).orElseThrow(), snapshot);
    }

    private String message(PodInfo pod) {
        var scheduler = new RankedScheduler(Profile.PACKING);
        return ((Placement.Unplaced) scheduler.place(pod, snapshot)).message();
    }
}
