package dev.gantry.controller.lifecycle.podgc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PodGcControllerTest {
    private static final ObjectKey NODE = new ObjectKey(Resources.NODES, "", "n1");

    private final PodGcController controller = new PodGcController(2);
    private final SimulatedApi api = new SimulatedApi(controller);
    private final Pods pods = new Pods(api);

    @Test
    void podsOfANodeThatIsGoneAreRemoved() {
        node();
        pods.make("a", "");
        pods.bindAll();
        api.settle();
        assertThat(pods.all()).hasSize(1);

        api.drop(NODE);
        api.settle();
        assertThat(pods.all()).isEmpty();
    }

    /** Else no agent would end it, and nobody else does. */
    @Test
    void aPodIsRemovedThatWasDeletedBeforeItHadANode() {
        Resource pod = pods.make("a", "").copy();
        pod.mutableMetadata().put("deletionTimestamp", "2026-01-01T00:00:00Z");
        pod.mutableMetadata().putArray("finalizers").add("example.com/keep");
        api.update(Resources.PODS, pod);
        api.settle();

        assertThat(pods.all()).isEmpty();
    }

    @Test
    void aPodThatWaitsForANodeStays() {
        pods.make("a", "");
        api.settle();

        assertThat(pods.all()).hasSize(1);
    }

    @Test
    void theOldestFinishedPodsAreRemovedWhenThereAreTooMany() {
        node();
        for (String name : List.of("a", "b", "c", "d")) {
            pods.make(name, "");
            pods.bindAll();
            finish(name);
            api.pass(1);
        }

        assertThat(pods.all()).extracting(Resource::name).containsExactly("c", "d");
    }

    @Test
    void finishedPodsThatAreGoneDoNotCount() {
        node();
        for (String name : List.of("a", "b", "c", "d")) {
            pods.make(name, "");
            pods.bindAll();
            finish(name);
            api.drop(new ObjectKey(Resources.PODS, "default", "a"));
            api.drop(new ObjectKey(Resources.PODS, "default", "b"));
            api.pass(1);
        }

        assertThat(pods.all()).extracting(Resource::name).containsExactly("c", "d");
    }

    /** The cache may just not have the node yet. */
    @Test
    void aNodeThatIsNotKnownIsLookedUpBeforeItsPodsGo() {
        Resource pod = SimulatedApi.object(BOUND);
        var known = new SimulatedApi();
        known.create(Resources.PODS, pod);
        ObjectKey key = pod.key(Resources.PODS);

        assertThat(controller.liveReads(key, known)).isEqualTo(LiveReads.objects(List.of(NODE)));
        known.create(Resources.NODES, SimulatedApi.object("{'metadata':{'name':'n1'}}"));
        assertThat(controller.liveReads(key, known)).isEqualTo(LiveReads.NONE);
    }

    @Test
    void onlyPodsThatMayHaveToGoAreLookedAt() {
        node();
        Resource pod = api.create(Resources.PODS, SimulatedApi.object(BOUND));

        assertThat(keysFor(pod)).isEmpty();
        Resource lost = pod.copy();
        Resource.child(lost.tree(), "spec").put("nodeName", "n2");
        assertThat(keysFor(lost)).containsExactly(pod.key(Resources.PODS));
    }

    private List<ObjectKey> keysFor(Resource pod) {
        List<ObjectKey> found = new ArrayList<>();
        var change = new Change(pod.key(Resources.PODS), Optional.empty(), Optional.of(pod));
        controller.keysFor(change, api, found::add);
        return found;
    }

    private void node() {
        api.create(Resources.NODES, SimulatedApi.object("{'metadata':{'name':'n1'},'spec':{}}"));
    }

    private void finish(String name) {
        var key = new ObjectKey(Resources.PODS, "default", name);
        Resource done = api.get(key).orElseThrow().copy();
        Resource.child(done.tree(), "status").put("phase", "Succeeded");
        api.putStatus(Resources.PODS, done);
    }

    private static final String BOUND =
            """
            {'metadata':{'name':'a','namespace':'default'},
             'spec':{'nodeName':'n1','containers':[{'name':'c'}]},'status':{}}
            """;
}
