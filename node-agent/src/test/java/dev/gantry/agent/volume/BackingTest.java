package dev.gantry.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BackingTest {
    private static final String BOUND =
            "{'metadata':{'name':'data','namespace':'a','uid':'c1'},"
                    + "'spec':{'volumeName':'pv'},'status':{'phase':'Bound'}}";
    private static final String OURS = "'claimRef':{'name':'data','uid':'c1'}";
    private static final PodSpec POD =
            new PodSpec(object("{'metadata':{'name':'web','namespace':'a','uid':'p1'}}"));
    private static final VolumeSpec DATA =
            volume("{'name':'v','persistentVolumeClaim':{'claimName':'data'}}");

    @Test
    void isTheFolderOfAHostPathOrALocalVolume() {
        var host = (Backing.Folder) of(BOUND, pv(OURS + ",'hostPath':{'path':'/srv/a'}"));
        assertThat(host.path()).isEqualTo("/srv/a");
        assertThat(host.isLocal()).isFalse();
        var local = (Backing.Folder) of(BOUND, pv(OURS + ",'local':{'path':'/mnt/b'}"));
        assertThat(local.path()).isEqualTo("/mnt/b");
        assertThat(local.isLocal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{},'status':{'phase':'Pending'}} | PVC is not bound",
                "{'metadata':{'deletionTimestamp':'x'},'status':{'phase':'Bound'}} | PVC is being"
                        + " deleted",
                "{'spec':{'volumeName':'pv'},'status':{'phase':'Bound'}} | failed to fetch PV pv"
                        + " from API server: persistentvolumes \"pv\" not found"
            })
    void saysWhatTheClaimStillLacks(String claim, String words) {
        var none = (Backing.None) Backing.of(POD, DATA, found(claim, null));

        assertThat(none.message())
                .isEqualTo(
                        "Unable to attach or mount volumes: unmounted volumes=[v], unattached"
                                + " volumes=[], failed to process volumes=[v]: error processing"
                                + " PVC a/data: "
                                + words);
    }

    @Test
    void saysThatThereIsNoClaim() {
        var nothing = new Backing.Found(Optional.empty(), Optional.empty(), Optional.empty());
        var none = (Backing.None) Backing.of(POD, DATA, nothing);

        assertThat(none.message())
                .endsWith("from API server: persistentvolumeclaims \"data\" not found");
    }

    @Test
    void takesNoVolumeThatIsAnotherClaims() {
        String theirs = "'claimRef':{'name':'data','uid':'c0'},'local':{'path':'/mnt'}";
        var none = (Backing.None) of(BOUND, pv(theirs));

        assertThat(none.message())
                .endsWith(
                        "found PV object pv but its pv.Spec.ClaimRef.UID c0 does not point to"
                                + " claim.UID c1");
    }

    @Test
    void takesNoEphemeralClaimThatIsAnotherPods() {
        VolumeSpec scratch = volume("{'name':'scratch','ephemeral':{'volumeClaimTemplate':{}}}");
        String stray = "{'metadata':{'namespace':'a'},'status':{'phase':'Bound'}}";
        var none = (Backing.None) Backing.of(POD, scratch, found(stray, null));

        assertThat(none.message())
                .endsWith(
                        "error processing PVC a/web-scratch: PVC a/web-scratch was not created for"
                                + " pod a/web (pod is not owner)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'csi':{'driver':'d.example.com'} | MountVolume.SetUp failed for volume \"pv\" :"
                        + " driver name d.example.com not found in the list of registered CSI"
                        + " drivers",
                "'iscsi':{'iqn':'x'} | MountVolume.SetUp failed for volume \"pv\" : iscsi volumes"
                        + " are not supported on this node",
                "'volumeMode':'Block','local':{'path':'/dev/x'} | MountVolume.SetUp failed for"
                        + " volume \"pv\" : volumes of mode Block are not supported on this node"
            })
    void saysWhatThisNodeCannotMount(String spec, String message) {
        var none = (Backing.None) of(BOUND, pv(OURS + "," + spec));

        assertThat(none.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"n1, true", "n2, false"})
    void isOnlyWhereTheVolumesNodeAffinityAllows(String wanted, boolean isHere) {
        String affinity =
                "'local':{'path':'/mnt'},'nodeAffinity':{'required':{'nodeSelectorTerms':"
                        + "[{'matchExpressions':[{'key':'host','operator':'In','values':['%s']}]}]}}"
                                .formatted(wanted);
        Backing backing = of(BOUND, pv(OURS + "," + affinity));

        assertThat(backing instanceof Backing.Folder).isEqualTo(isHere);
        if (backing instanceof Backing.None none) {
            assertThat(none.message())
                    .isEqualTo(
                            "MountVolume.NodeAffinity check failed for volume \"pv\" : no matching"
                                    + " NodeSelectorTerms");
        }
    }

    private static Backing of(String claim, String volume) {
        return Backing.of(POD, DATA, found(claim, volume));
    }

    private static Backing.Found found(
            String claim, @org.jspecify.annotations.Nullable String volume) {
        return new Backing.Found(
                Optional.of(object(claim)),
                Optional.ofNullable(volume).map(BackingTest::object),
                Optional.of(object("{'metadata':{'name':'n1','labels':{'host':'n1'}}}")));
    }

    private static String pv(String spec) {
        return "{'metadata':{'name':'pv'},'spec':{'capacity':{'storage':'1Gi'},%s}}"
                .formatted(spec);
    }

    private static VolumeSpec volume(String json) {
        return new VolumeSpec(object(json).tree());
    }

    private static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
