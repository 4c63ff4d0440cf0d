package dev.gantry.controller.storage.volumeprotection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PvcProtectionControllerTest {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey CLAIM = new ObjectKey(CLAIMS, "default", "data");
    private static final ObjectKey POD = new ObjectKey(PODS, "default", "a");

    private final PvcProtectionController controller = new PvcProtectionController();
    private final SimulatedApi api = new SimulatedApi(controller);

    @BeforeEach
    void claim() {
        api.create(
                CLAIMS,
                SimulatedApi.object(
                        "{'metadata':{'name':'data','namespace':'default'},'spec':{},'status':{}}"));
        api.settle();
    }

    @Test
    void aClaimThatLivesIsProtected() {
        assertThat(api.get(CLAIM).orElseThrow().finalizers())
                .containsExactly("kubernetes.io/pvc-protection");
    }

    @Test
    void aClaimThatNobodyUsesGoes() {
        api.delete(CLAIM, "Background");
        api.settle();

        assertThat(api.get(CLAIM)).isEmpty();
    }

    @Test
    void aClaimGoesOnlyAfterThePodThatUsesIt() {
        pod("n1", "data");
        api.delete(CLAIM, "Background");
        api.settle();
        assertThat(api.get(CLAIM)).isPresent();

        api.drop(POD);
        api.settle();
        assertThat(api.get(CLAIM)).isEmpty();
    }

    @Test
    void aPodWithoutANodeDoesNotHoldIt() {
        pod("", "data");
        api.delete(CLAIM, "Background");
        api.settle();

        assertThat(api.get(CLAIM)).isEmpty();
    }

    @Test
    void aPodWithAnotherClaimDoesNotHoldIt() {
        pod("n1", "other");
        api.delete(CLAIM, "Background");
        api.settle();

        assertThat(api.get(CLAIM)).isEmpty();
    }

    @Test
    void otherFinalizersStay() {
        Resource held = api.get(CLAIM).orElseThrow().copy();
        Resource.array(held.mutableMetadata(), "finalizers").add("example.com/keep");
        api.update(CLAIMS, held);
        api.delete(CLAIM, "Background");
        api.settle();

        assertThat(api.get(CLAIM).orElseThrow().finalizers()).containsExactly("example.com/keep");
    }

    @Test
    void theApiIsAskedOnceMoreBeforeAClaimSeemsUnused() {
        assertThat(controller.liveReads(CLAIM, api)).isEqualTo(LiveReads.NONE);
        var known = new SimulatedApi();
        Resource leaving = api.get(CLAIM).orElseThrow().copy();
        leaving.mutableMetadata().put("deletionTimestamp", "2026-01-01T00:00:00Z");
        known.create(CLAIMS, leaving);

        assertThat(controller.liveReads(CLAIM, known))
                .isEqualTo(LiveReads.lists(List.of(PODS), "default"));
    }

    private void pod(String node, String claim) {
        api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'a','namespace':'default'},
                         'spec':{'nodeName':'%s','containers':[{'name':'c'}],
                           'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'%s'}}]},
                         'status':{'phase':'Running'}}
                        """
                                .formatted(node, claim)));
        api.settle();
    }
}
