package dev.gantry.controller.storage.volumeexpand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class VolumeExpandControllerTest {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final ObjectKey DATA = new ObjectKey(CLAIMS, "default", "data");
    private static final String TOLD =
            "ExternalExpanding: waiting for an external controller to expand this PVC";

    private final VolumeExpandController controller = new VolumeExpandController();
    private final SimulatedApi api = new SimulatedApi(controller);

    @Test
    void tellsOfEachGrowthOnce() {
        bound("disks.example.com", "");
        request("10Gi");
        assertThat(api.told()).containsExactly(TOLD);

        annotate();
        assertThat(api.told()).containsExactly(TOLD);
        request("20Gi");
        assertThat(api.told()).containsExactly(TOLD, TOLD);
        assertThat(api.actions()).isZero();
    }

    @Test
    void warnsOfNothing() {
        bound("disks.example.com", "");
        request("10Gi");
        assertThat(controller.reconcile(DATA, api, api.now()).actions())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.type(Action.RecordEvent.class))
                .returns(false, Action.RecordEvent::isWarning);
    }

    @Test
    void saysNothingOfWhatIsExpandedHereOrIsNobodysVolume() {
        bound("local.gantry.dev", "");
        request("10Gi");
        assertThat(api.told()).isEmpty();
    }

    @Test
    void saysNothingWhileTheVolumeIsAnotherClaims() {
        bound("disks.example.com", "another");
        request("10Gi");
        assertThat(api.told()).isEmpty();
    }

    private void bound(String driver, String otherUid) {
        Resource claim =
                api.create(
                        CLAIMS,
                        SimulatedApi.object(
                                """
                                {'apiVersion':'v1','kind':'PersistentVolumeClaim',
                                 'metadata':{'name':'data','namespace':'default'},
                                 'spec':{'volumeName':'disk',
                                  'resources':{'requests':{'storage':'5Gi'}}},
                                 'status':{'phase':'Bound','capacity':{'storage':'5Gi'}}}
                                """));
        String uid = otherUid.isEmpty() ? claim.uid().value() : otherUid;
        api.create(
                Resources.PERSISTENT_VOLUMES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'disk'},
                         'spec':{'capacity':{'storage':'5Gi'},
                          'csi':{'driver':'%s','volumeHandle':'h'},
                          'claimRef':{'namespace':'default','name':'data','uid':'%s'}},
                         'status':{'phase':'Bound'}}
                        """
                                .formatted(driver, uid)));
        api.settle();
    }

    private void request(String size) {
        Resource claim = api.get(DATA).orElseThrow().copy();
        Resource.child(
                        Resource.child(Resource.child(claim.tree(), "spec"), "resources"),
                        "requests")
                .put("storage", size);
        api.update(CLAIMS, claim);
        api.settle();
    }

    private void annotate() {
        Resource claim = api.get(DATA).orElseThrow().copy();
        Resource.child(claim.mutableMetadata(), "annotations").put("a", "b");
        api.update(CLAIMS, claim);
        api.settle();
    }
}
