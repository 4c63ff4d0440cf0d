package dev.gantry.controller.workload.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;

/** What the older twin of a ReplicaSet does otherwise, and that it does the rest. */
final class ReplicationControllerTest {
    private static final ObjectKey WEB =
            new ObjectKey(Resources.REPLICATION_CONTROLLERS, "default", "web");

    private final SimulatedApi api =
            new SimulatedApi(
                    new ReplicaSetController(), ReplicaSetController.ofReplicationControllers());
    private final Pods pods = new Pods(api);

    @Test
    void keepsPodsOfItsMapOfLabels() {
        Resource stray = pods.make("stray", "'app':'web'");
        pods.make("other", "'app':'db'");
        api.create(
                WEB.resource(),
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'ReplicationController',
                         'metadata':{'name':'web','namespace':'default'},
                         'spec':{'replicas':2,'selector':{'app':'web'},
                           'template':{'metadata':{'labels':{'app':'web'}},
                             'spec':{'containers':[{'name':'c','image':'i'}]}}},'status':{}}
                        """));
        api.settle();
        pods.runAll();

        assertThat(pods.all()).hasSize(3);
        assertThat(api.get(stray.key(Resources.PODS)).orElseThrow().controller().orElseThrow())
                .satisfies(owner -> assertThat(owner.kind()).isEqualTo("ReplicationController"));
        Resource set = api.get(WEB).orElseThrow();
        assertThat(set.status().path("readyReplicas").asInt()).isEqualTo(2);
        assertThat(set.status().has("terminatingReplicas")).isFalse();

        Resource next = set.copy();
        Resource.child(next.tree(), "spec").put("replicas", 0);
        api.update(WEB.resource(), next);
        api.settle();
        assertThat(pods.active()).hasSize(1);
    }
}
