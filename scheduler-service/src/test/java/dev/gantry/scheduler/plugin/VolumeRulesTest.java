package dev.gantry.scheduler.plugin;

import static dev.gantry.model.kind.Kinds.CSI_NODE;
import static dev.gantry.model.kind.Kinds.PERSISTENT_VOLUME;
import static dev.gantry.model.kind.Kinds.PERSISTENT_VOLUME_CLAIM;
import static dev.gantry.model.kind.Kinds.STORAGE_CLASS;
import static dev.gantry.model.kind.Kinds.VOLUME_ATTACHMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.plugin.nodevolumelimits.NodeVolumeLimits;
import dev.gantry.scheduler.plugin.volumerestrictions.VolumeRestrictions;
import dev.gantry.scheduler.plugin.volumezone.VolumeZone;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.Storage;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeRulesTest {
    private static final String FITS = "";
    private static final String TOO_MANY = "node(s) exceed max volume count";

    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @BeforeEach
    void twoNodes() {
        snapshot.putNode(Sample.facts("a", "4", "8Gi", ""));
        snapshot.putNode(Sample.facts("b", "4", "8Gi", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "gcePersistentDisk:{pdName:d}, gcePersistentDisk:{pdName:d}, true",
        "gcePersistentDisk:{pdName:d}, gcePersistentDisk:{pdName:e}, false",
        "'gcePersistentDisk:{pdName:d,readOnly:true}','gcePersistentDisk:{pdName:d,readOnly:true}',"
                + " false",
        "'gcePersistentDisk:{pdName:d,readOnly:true}', gcePersistentDisk:{pdName:d}, true",
        "'awsElasticBlockStore:{volumeID:d,readOnly:true}',"
                + "'awsElasticBlockStore:{volumeID:d,readOnly:true}', true",
        "iscsi:{iqn:d}, iscsi:{iqn:d}, true",
        "'rbd:{image:i,monitors:[m,n]}', 'rbd:{image:i,pool:rbd,monitors:[n,o]}', true",
        "'rbd:{image:i,monitors:[m]}', 'rbd:{image:i,monitors:[o]}', false",
        "iscsi:{iqn:d}, gcePersistentDisk:{pdName:d}, false"
    })
    void networkDisksThatTwoPodsOfANodeCannotBothHave(String one, String other, boolean conflict) {
        snapshot.place(Sample.podInfo("old", "1", "1Gi", disk(one)), "a");
        PodInfo pod = Sample.podInfo("new", "1", "1Gi", disk(other));

        assertThat(on("a", pod, new VolumeRestrictions()))
                .isEqualTo(conflict ? "node(s) had no available disk" : FITS);
        assertThat(on("b", pod, new VolumeRestrictions())).isEqualTo(FITS);
    }

    @Test
    void aClaimForOnePodOnlyIsTakenOnAllNodesUntilThatPodLeaves() {
        Storage.tell(
                snapshot,
                PERSISTENT_VOLUME_CLAIM,
                Storage.boundClaim("data", "v", "ReadWriteOncePod"));
        PodInfo old = pod("old", "data");
        snapshot.place(old, "a");

        assertThat(on("b", pod("new", "data"), new VolumeRestrictions()))
                .isEqualTo(
                        "node has pod using PersistentVolumeClaim with the same name and"
                                + " ReadWriteOncePod access mode");
        snapshot.remove(old.uid());
        assertThat(on("b", pod("new", "data"), new VolumeRestrictions())).isEqualTo(FITS);
    }

    @Test
    void aNodeAttachesAsManyVolumesOfADriverAsItSays() {
        limit("a", "csi.example", 2);
        for (String each : new String[] {"one", "two", "three"}) {
            csiVolume(each, "csi.example", "handle-" + each);
        }
        var rule = new NodeVolumeLimits();
        snapshot.place(pod("p1", "one"), "a");
        assertThat(on("a", pod("p", "two"), rule)).isEqualTo(FITS);
        assertThat(on("a", pod("p", "two", "three"), rule)).isEqualTo(TOO_MANY);

        snapshot.place(pod("p2", "two"), "a");
        assertThat(on("a", pod("p", "three"), rule)).isEqualTo(TOO_MANY);
        assertThat(on("a", pod("p", "two"), rule)).isEqualTo(FITS);
        assertThat(on("b", pod("p", "one", "two", "three"), rule)).isEqualTo(FITS);
    }

    @Test
    void whatIsNotDetachedYetCountsToo() {
        limit("a", "csi.example", 2);
        for (String each : new String[] {"one", "two", "three"}) {
            csiVolume(each, "csi.example", "handle-" + each);
        }
        var rule = new NodeVolumeLimits();
        attach("one", "a");
        attach("two", "a");
        assertThat(on("a", pod("p", "three"), rule)).isEqualTo(TOO_MANY);
        assertThat(on("a", pod("p", "two"), rule)).as("it is there already").isEqualTo(FITS);
        assertThat(on("b", pod("p", "three"), rule)).isEqualTo(FITS);

        snapshot.place(pod("p1", "one"), "a");
        snapshot.tell(attachmentKey("two", "a"), Optional.empty());
        assertThat(on("a", pod("p", "three"), rule)).as("each counts once").isEqualTo(FITS);
        assertThat(on("a", pod("p", "two", "three"), rule)).isEqualTo(TOO_MANY);
    }

    @Test
    void onlyAnAttachmentThatGoesCouldHelpAPod() {
        csiVolume("one", "csi.example", "h");
        assertThat(attach("one", "a")).isFalse();
        assertThat(attach("one", "a")).isFalse();
        assertThat(snapshot.tell(attachmentKey("one", "a"), Optional.empty())).isTrue();
    }

    @Test
    void volumesAreToldApartByTheirHandles() {
        limit("a", "csi.example", 1);
        csiVolume("one", "csi.example", "same");
        csiVolume("two", "csi.example", "same");

        snapshot.place(pod("p1", "one"), "a");
        assertThat(on("a", pod("p", "two"), new NodeVolumeLimits())).isEqualTo(FITS);
    }

    @Test
    void aVolumeThatIsStillToBeMadeCountsToo() {
        limit("a", "csi.example", 1);
        csiVolume("one", "csi.example", "h");
        Storage.tell(snapshot, STORAGE_CLASS, Storage.storageClass("csi", "csi.example", ""));
        Storage.tell(snapshot, PERSISTENT_VOLUME_CLAIM, Storage.claim("new", "csi", "1Gi", ""));

        snapshot.place(pod("p1", "one"), "a");
        assertThat(on("a", pod("p", "new"), new NodeVolumeLimits())).isEqualTo(TOO_MANY);
    }

    @Test
    void aVolumeThatOnlyANominatedPodSharesIsNotAttachedYet() {
        limit("a", "csi.example", 1);
        csiVolume("one", "csi.example", "h1");
        csiVolume("two", "csi.example", "h2");
        snapshot.place(pod("victim", "one"), "a");

        snapshot.nominate(pod("coming", "two"), "a");
        assertThat(on("a", pod("p", "two"), new NodeVolumeLimits())).isEqualTo(TOO_MANY);

        snapshot.place(pod("coming", "two"), "a");
        assertThat(on("a", pod("p", "two"), new NodeVolumeLimits())).isEqualTo(FITS);
    }

    @ParameterizedTest
    @CsvSource({
        "awsElasticBlockStore:{volumeID:d}, ebs.csi.aws.com, d",
        "'awsElasticBlockStore:{volumeID:[aws://z/d]}', ebs.csi.aws.com, d",
        "gcePersistentDisk:{pdName:d}, pd.csi.storage.gke.io,"
                + " projects/UNSPECIFIED/zones/UNSPECIFIED/disks/d",
        "azureDisk:{diskURI:d}, disk.csi.azure.com, d",
        "cinder:{volumeID:d}, cinder.csi.openstack.org, d",
        "portworxVolume:{volumeID:d}, pxd.portworx.com, d"
    })
    void volumesOfFormerPluginsCountForTheDriversThatTookOver(
            String source, String driver, String handle) {
        limit("a", driver, 1);
        csiVolume("same", driver, handle);
        csiVolume("other", driver, "another");
        String json = source.replaceAll("([A-Za-z]+):", "'$1':").replaceAll(":d}", ":'d'}");
        json = json.replace("['aws'://z/d]", "'aws://z/d'");
        Storage.tell(
                snapshot, PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("old", "v", "ReadWriteOnce"));
        Storage.tell(snapshot, PERSISTENT_VOLUME, Storage.volume("v", "slow", "1Gi", "," + json));
        var rule = new NodeVolumeLimits();

        snapshot.place(pod("by-claim", "old"), "a");
        assertThat(on("a", pod("p", "same"), rule)).isEqualTo(FITS);
        assertThat(on("a", pod("p", "other"), rule)).isEqualTo(TOO_MANY);

        snapshot.remove(pod("by-claim", "old").uid());
        String inline = ",'volumes':[{'name':'d'," + json + "}]";
        snapshot.place(Sample.podInfo("inline", "1", "1Gi", inline), "a");
        assertThat(on("a", pod("p", "same"), rule)).isEqualTo(FITS);
        assertThat(on("a", pod("p", "other"), rule)).isEqualTo(TOO_MANY);
        snapshot.place(pod("x", "other"), "b");
        limit("b", driver, 1);
        assertThat(on("b", Sample.podInfo("q", "1", "1Gi", inline), rule)).isEqualTo(TOO_MANY);
    }

    @Test
    void aVolumeThatAFormerPluginIsToMakeCountsForTheDriverThatTookOver() {
        limit("a", "ebs.csi.aws.com", 1);
        csiVolume("one", "ebs.csi.aws.com", "h");
        Storage.tell(
                snapshot, STORAGE_CLASS, Storage.storageClass("old", "kubernetes.io/aws-ebs", ""));
        Storage.tell(snapshot, PERSISTENT_VOLUME_CLAIM, Storage.claim("new", "old", "1Gi", ""));

        snapshot.place(pod("p1", "one"), "a");
        assertThat(on("a", pod("p", "new"), new NodeVolumeLimits())).isEqualTo(TOO_MANY);
    }

    @ParameterizedTest
    @CsvSource({
        "topology.kubernetes.io/zone, z1, topology.kubernetes.io/zone, z1, true",
        "topology.kubernetes.io/zone, z1__z2, topology.kubernetes.io/zone, z2, true",
        "topology.kubernetes.io/zone, z1, topology.kubernetes.io/zone, z2, false",
        "failure-domain.beta.kubernetes.io/zone, z1, topology.kubernetes.io/zone, z1, true",
        "topology.kubernetes.io/region, r1, topology.kubernetes.io/zone, z1, false",
        "topology.kubernetes.io/region, r1, unrelated, z1, true"
    })
    void aLabelledVolumeIsUsedFromItsZone(
            String volumeKey, String volumeValue, String nodeKey, String nodeValue, boolean fits) {
        Storage.tell(
                snapshot,
                PERSISTENT_VOLUME_CLAIM,
                Storage.boundClaim("data", "v", "ReadWriteOnce"));
        Storage.tell(
                snapshot,
                PERSISTENT_VOLUME,
                Sample.object(
                        "{'metadata':{'name':'v','labels':{'%s':'%s'}},'spec':{}}"
                                .formatted(volumeKey, volumeValue)));
        snapshot.putNode(
                NodeFacts.of(
                        Sample.object(
                                "{'metadata':{'name':'n','labels':{'%s':'%s'}},'spec':{}}"
                                        .formatted(nodeKey, nodeValue))));

        assertThat(on("n", pod("p", "data"), new VolumeZone()))
                .isEqualTo(fits ? FITS : "node(s) had no available volume zone");
    }

    @Test
    void aClaimWhoseVolumeIsGoneKeepsThePodFromAllNodes() {
        Storage.tell(
                snapshot,
                PERSISTENT_VOLUME_CLAIM,
                Storage.boundClaim("data", "v", "ReadWriteOnce"));

        assertThat(new VolumeZone().preFilter(pod("p", "data"), snapshot))
                .contains("persistentvolume \"v\" not found");

        Storage.tell(snapshot, PERSISTENT_VOLUME, Storage.volume("v", "slow", "1Gi", ""));
        assertThat(new VolumeZone().preFilter(pod("p", "data"), snapshot)).isEmpty();
    }

    @Test
    void theZoneOfAClaimThatIsMadeForOnePodIsNotLookedAt() {
        Storage.tell(
                snapshot, PERSISTENT_VOLUME_CLAIM, Storage.boundClaim("p-v", "v", "ReadWriteOnce"));
        Storage.tell(
                snapshot,
                PERSISTENT_VOLUME,
                Sample.object(
                        "{'metadata':{'name':'v','labels':{'topology.kubernetes.io/zone':'z1'}},"
                                + "'spec':{}}"));
        snapshot.putNode(
                NodeFacts.of(
                        Sample.object(
                                "{'metadata':{'name':'n','labels':"
                                        + "{'topology.kubernetes.io/zone':'z2'}},'spec':{}}")));
        String own = ",'volumes':[{'name':'v','ephemeral':{'volumeClaimTemplate':{}}}]";

        assertThat(on("n", Sample.podInfo("p", "1", "1Gi", own), new VolumeZone())).isEqualTo(FITS);
        assertThat(on("n", pod("q", "p-v"), new VolumeZone()))
                .isEqualTo("node(s) had no available volume zone");
    }

    private void limit(String node, String driver, int count) {
        Storage.tell(
                snapshot,
                CSI_NODE,
                Sample.object(
                        "{'metadata':{'name':'%s'},'spec':{'drivers':[{'name':'%s','allocatable':{'count':%d}}]}}"
                                .formatted(node, driver, count)));
    }

    private void csiVolume(String claim, String driver, String handle) {
        Storage.tell(
                snapshot,
                PERSISTENT_VOLUME_CLAIM,
                Storage.boundClaim(claim, "v-" + claim, "ReadWriteOnce"));
        String source = ",'csi':{'driver':'%s','volumeHandle':'%s'}".formatted(driver, handle);
        Storage.tell(
                snapshot, PERSISTENT_VOLUME, Storage.volume("v-" + claim, "slow", "1Gi", source));
    }

    /** Returns whether that could help a pod. */
    private boolean attach(String claim, String node) {
        Resource attachment =
                Sample.object(
                        """
                        {'metadata':{'name':'%s-%s'},
                         'spec':{'attacher':'csi.example','nodeName':'%s',
                          'source':{'persistentVolumeName':'v-%s'}}}
                        """
                                .formatted(claim, node, node, claim));
        return snapshot.tell(attachmentKey(claim, node), Optional.of(attachment));
    }

    private static ObjectKey attachmentKey(String claim, String node) {
        return new ObjectKey(VOLUME_ATTACHMENT.resource(), "", claim + "-" + node);
    }

    private static String disk(String text) {
        String json = text.replaceAll("([A-Za-z]+)", "'$1'").replace("'true'", "true");
        return ",'volumes':[{'name':'d'," + json + "}]";
    }

    private static PodInfo pod(String name, String... claims) {
        return Sample.podInfo(name, "100m", "1Gi", Storage.volumes(claims));
    }

    private String on(String node, PodInfo pod, Relation rule) {
        Verdict verdict = rule.prepare(pod, snapshot).apply(snapshot.node(node).orElseThrow());
        return verdict instanceof Verdict.Rejects rejects
                ? String.join(", ", rejects.reasons())
                : FITS;
    }
}
