package dev.gantry.controller.node.devicetainteviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;

final class DeviceTaintEvictionControllerTest {
    private static final GroupResource CLAIMS = Resources.RESOURCE_CLAIMS;
    private static final GroupResource SLICES = Resources.RESOURCE_SLICES;
    private static final GroupResource PODS = Resources.PODS;
    private static final String BROKEN = "{'key':'broken','effect':'NoExecute','timeAdded':'%s'}";

    private final SimulatedApi api = new SimulatedApi(new DeviceTaintEvictionController());

    @Test
    void aPodWhoseDeviceGetsSuchATaintIsMarkedAndDeleted() {
        slice(1, "");
        claimOf(pod(), "");
        api.settle();
        assertThat(isLeaving()).isFalse();

        slice(1, BROKEN.formatted(api.now()));
        api.settle();

        assertThat(isLeaving()).isTrue();
        assertThat(only().status().path("conditions").path(0).path("reason").asString())
                .isEqualTo("DeletionByDeviceTaintManager");
        assertThat(api.told()).contains("DeviceTaintManagerEviction: Marking for deletion");
    }

    @Test
    void otherTaintsEvictNobody() {
        slice(1, "{'key':'broken','effect':'NoSchedule','timeAdded':'2026-01-01T00:00:00Z'}");
        claimOf(pod(), "");
        api.settle();
        assertThat(isLeaving()).isFalse();
    }

    @Test
    void aTaintThatIsToleratedForATimeEvictsAfterIt() {
        slice(1, "");
        claimOf(pod(), "{'key':'broken','operator':'Exists','tolerationSeconds':60}");
        slice(1, BROKEN.formatted(api.now()));
        api.settle();
        api.pass(59);
        assertThat(isLeaving()).isFalse();
        api.pass(1);
        assertThat(isLeaving()).isTrue();
    }

    @Test
    void aTaintThatIsToleratedForGoodOrGoesInTimeEvictsNobody() {
        slice(1, BROKEN.formatted(api.now()));
        claimOf(
                pod(),
                "{'key':'broken','operator':'Exists','tolerationSeconds':60},"
                        + "{'operator':'Exists','effect':'NoExecute'}");
        api.pass(3600);
        assertThat(isLeaving()).isFalse();
    }

    @Test
    void aTaintThatIsTakenAwayInTimeEvictsNobody() {
        slice(1, BROKEN.formatted(api.now()));
        claimOf(pod(), "{'key':'broken','operator':'Exists','tolerationSeconds':60}");
        api.pass(30);
        slice(1, "");
        api.pass(3600);
        assertThat(isLeaving()).isFalse();
    }

    @Test
    void whatAnOlderGenerationOfThePoolSaysDoesNotCount() {
        api.create(SLICES, sliceOf("old", 1, BROKEN.formatted(api.now())));
        api.create(SLICES, sliceOf("new", 2, ""));
        claimOf(pod(), "");
        api.settle();
        assertThat(isLeaving()).isFalse();
    }

    @Test
    void aPodForWhichTheClaimIsNotReservedStays() {
        slice(1, BROKEN.formatted(api.now()));
        pod();
        claim("another", "");
        api.settle();
        assertThat(isLeaving()).isFalse();
    }

    private void slice(int generation, String taints) {
        Resource wanted = sliceOf("slice", generation, taints);
        if (api.list(SLICES).isEmpty()) {
            api.create(SLICES, wanted);
        } else {
            Resource next = api.list(SLICES).getFirst().copy();
            next.tree().set("spec", wanted.spec());
            api.update(SLICES, next);
        }
    }

    private static Resource sliceOf(String name, int generation, String taints) {
        return SimulatedApi.object(
                """
                {'kind':'ResourceSlice','metadata':{'name':'%s'},
                 'spec':{'driver':'gpu.example','pool':{'name':'p','generation':%d},
                   'devices':[{'name':'d','taints':[%s]}]}}
                """
                        .formatted(name, generation, taints));
    }

    private void claimOf(Resource pod, String tolerations) {
        claim(pod.uid().value(), tolerations);
    }

    private void claim(String uid, String tolerations) {
        api.create(
                CLAIMS,
                SimulatedApi.object(
                        """
                        {'kind':'ResourceClaim','metadata':{'name':'c','namespace':'default'},
                         'status':{'reservedFor':[{'resource':'pods','name':'p','uid':'%s'}],
                           'allocation':{'devices':{'results':[{'driver':'gpu.example','pool':'p',
                             'device':'d','tolerations':[%s]}]}}}}
                        """
                                .formatted(uid, tolerations)));
    }

    private Resource pod() {
        return api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'kind':'Pod','metadata':{'name':'p','namespace':'default'},
                         'spec':{'nodeName':'n','resourceClaims':[{'name':'x','resourceClaimName':'c'}]},
                         'status':{'phase':'Running'}}
                        """));
    }

    private boolean isLeaving() {
        return api.list(PODS).isEmpty() || only().isBeingDeleted();
    }

    private Resource only() {
        return api.list(PODS).getFirst();
    }
}
