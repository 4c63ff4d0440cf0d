package dev.gantry.controller.workload.podgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PodGroupProtectionControllerTest {
    private static final GroupResource GROUPS = Resources.POD_GROUPS;
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey GROUP = new ObjectKey(GROUPS, "default", "team");
    private static final ObjectKey POD = new ObjectKey(PODS, "default", "a");

    private final SimulatedApi api = new SimulatedApi(new PodGroupProtectionController());

    @BeforeEach
    void group() {
        api.create(
                GROUPS,
                SimulatedApi.object(
                        "{'metadata':{'name':'team','namespace':'default'},'spec':{},'status':{}}"));
        api.settle();
    }

    @Test
    void aGroupThatLivesIsProtected() {
        assertThat(api.get(GROUP).orElseThrow().finalizers())
                .containsExactly("scheduling.k8s.io/podgroup-protection");
    }

    @Test
    void aGroupWithoutPodsGoes() {
        pod("other", "Running");
        pod("team", "Succeeded");
        delete();

        assertThat(api.get(GROUP)).isEmpty();
    }

    @Test
    void aGroupGoesAfterItsLastPod() {
        pod("team", "Pending");
        delete();
        assertThat(api.get(GROUP)).isPresent();

        api.drop(POD);
        api.settle();
        assertThat(api.get(GROUP)).isEmpty();
    }

    private void delete() {
        api.delete(GROUP, "Background");
        api.settle();
    }

    private void pod(String group, String phase) {
        api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'metadata':{'name':'%s','namespace':'default'},
                         'spec':{'containers':[{'name':'c'}],'schedulingGroup':{'podGroupName':'%s'}},
                         'status':{'phase':'%s'}}
                        """
                                .formatted(phase.equals("Pending") ? "a" : group, group, phase)));
        api.settle();
    }
}
