package dev.gantry.controller.lifecycle.garbagecollector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.lifecycle.namespace.NamespaceController;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GarbageCollectorTest {
    private static final GroupResource SETS = Resources.REPLICA_SETS;
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource MAPS = Resources.CONFIG_MAPS;
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;

    /** Served by an extension server. */
    private static final Kind STOOLS =
            Kind.namespaced("furniture.example.com", "v1", "Stool", "stools");

    private static final GroupResource CHAIR = new GroupResource("example.com", "chairs");
    private static final String CHAIRS =
            """
            {'metadata':{'name':'chairs.example.com'},
             'spec':{'group':'example.com','scope':'Namespaced',
              'versions':[{'name':'v1','served':true,'storage':true}]},
             'status':{'acceptedNames':{'plural':'chairs','kind':'Chair'},
              'conditions':[{'type':'Established','status':'True'}]}}""";

    private final SimulatedApi api =
            new SimulatedApi(new GarbageCollector(), new NamespaceController());
    private final Pods pods = new Pods(api);
    private final Resource owner = api.create(SETS, set("web"));
    private final Resource pod = owned("a", owner);

    @Test
    void inTheBackgroundDependentsGoAfterTheirOwner() {
        delete(owner, "Background");
        assertThat(api.get(pod.key(PODS))).isEmpty();
    }

    @Test
    void anOwnerOfADefinedKindTakesItsDependentsWithIt() {
        api.create(Kinds.CUSTOM_RESOURCE_DEFINITION.resource(), SimulatedApi.object(CHAIRS));
        Resource chair = api.create(CHAIR, chair("armchair"));
        Resource leg = api.create(CHAIR, Ownership.adopted(chair("leg"), chair));
        Resource cushion = owned("cushion", chair);
        api.settle();
        assertThat(api.get(cushion.key(PODS))).isPresent();

        api.delete(chair.key(CHAIR), "Background");
        api.settle();
        assertThat(api.get(cushion.key(PODS))).isEmpty();
        assertThat(api.get(leg.key(CHAIR))).isEmpty();
    }

    @Test
    void anOwnerOfAnExtensionServerTakesItsDependentsWithIt() {
        api.aggregating(List.of(STOOLS), service("furniture"));
        Resource stool = api.create(STOOLS.resource(), stool("bar"));
        Resource leg = api.create(STOOLS.resource(), Ownership.adopted(stool("leg"), stool));
        Resource cushion = owned("cushion", stool);
        api.settle();
        assertThat(api.get(cushion.key(PODS))).isPresent();

        api.delete(stool.key(STOOLS.resource()), "Foreground");
        api.settle();
        assertThat(api.list(STOOLS.resource())).isEmpty();
        assertThat(api.get(cushion.key(PODS))).isEmpty();
        assertThat(api.get(leg.key(STOOLS.resource()))).isEmpty();
    }

    @Test
    void aDependentOfAnUnknownKindWaitsUntilTheKindIsServed() {
        Resource stool = stool("bar");
        stool.mutableMetadata().put("uid", "gone-before");
        Resource cushion = owned("cushion", stool);
        api.settle();
        assertThat(api.get(cushion.key(PODS))).isPresent();

        api.aggregating(List.of(), service("other"));
        api.settle();
        assertThat(api.get(cushion.key(PODS))).isPresent();

        api.aggregating(List.of(STOOLS), service("furniture"));
        api.settle();
        assertThat(api.get(cushion.key(PODS))).isEmpty();
    }

    /** Objects change far more often than they get or lose owners. */
    @Test
    void isAskedNothingWhenOnlyAStatusChanged() {
        api.settle();
        Resource now = api.get(pod.key(PODS)).orElseThrow();
        Resource ready = now.copy();
        Resource.child(ready.tree(), "status").put("phase", "Running");
        var collector = new GarbageCollector();
        List<ObjectKey> asked = new ArrayList<>();
        var change = new Change(pod.key(PODS), Optional.of(now), Optional.of(ready));
        collector.keysFor(change, api, asked::add);
        assertThat(asked).isEmpty();

        api.delete(owner.key(SETS), "Foreground"); // which asks about whom it waits for
        collector.keysFor(change, api, asked::add);
        assertThat(asked).isEmpty();

        var released = Ownership.released(ready, owner.uid());
        var loss = new Change(pod.key(PODS), Optional.of(released), Optional.of(ready));
        collector.keysFor(loss, api, asked::add);
        assertThat(asked).containsExactly(pod.key(PODS));
    }

    private static Resource stool(String name) {
        return SimulatedApi.object(
                "{'apiVersion':'furniture.example.com/v1','kind':'Stool','metadata':{'name':'%s','namespace':'default'}}"
                        .formatted(name));
    }

    private static Resource service(String group) {
        return SimulatedApi.object(
                "{'metadata':{'name':'v1.%1$s.example.com'},'spec':{'group':'%1$s.example.com','version':'v1','service':{}}}"
                        .formatted(group));
    }

    /** An owner of thousands would be looked up thousands of times. */
    @Test
    void anOwnerIsLookedUpUnlessItsEndWasTold() {
        var known = new SimulatedApi();
        Resource gone = known.create(SETS, set("gone"));
        Resource left =
                known.create(
                        PODS,
                        Ownership.adopted(
                                SimulatedApi.object(
                                        "{'metadata':{'name':'left','namespace':'default'}}"),
                                gone));
        known.drop(gone.key(SETS));
        var collector = new GarbageCollector();
        ObjectKey key = left.key(PODS);
        assertThat(collector.liveReads(key, known))
                .isEqualTo(LiveReads.objects(List.of(gone.key(SETS))));

        var end = new Change(gone.key(SETS), Optional.of(gone), Optional.empty());
        collector.keysFor(end, known, _ -> {});
        assertThat(collector.liveReads(key, known)).isEqualTo(LiveReads.NONE);
    }

    private static Resource chair(String name) {
        return SimulatedApi.object(
                "{'apiVersion':'example.com/v1','kind':'Chair','metadata':{'name':'%s','namespace':'default'}}"
                        .formatted(name));
    }

    @Test
    void inTheForegroundTheOwnerWaitsForItsDependents() {
        pods.bindAll();
        delete(owner, "Foreground");
        assertThat(api.get(pod.key(PODS)).orElseThrow().isBeingDeleted()).isTrue();
        assertThat(api.get(owner.key(SETS))).isPresent();

        api.drop(pod.key(PODS));
        api.settle();
        assertThat(api.get(owner.key(SETS))).isEmpty();
    }

    @Test
    void anOrphanedDependentStaysWithoutItsOwner() {
        delete(owner, "Orphan");
        assertThat(api.get(owner.key(SETS))).isEmpty();
        assertThat(api.get(pod.key(PODS)).orElseThrow().owners()).isEmpty();
    }

    /** The feed tells no values of Secrets, and the cache has no more of ConfigMaps. */
    @Test
    void whatLosesAnOwnerKeepsAllThatIsNotKnownHere() {
        Resource second = api.create(SETS, set("other"));
        Resource orphan = api.create(MAPS, Ownership.adopted(map("orphan"), owner));
        Resource shared =
                api.create(
                        MAPS, Ownership.adopted(Ownership.adopted(map("shared"), owner), second));
        delete(second, "Background");
        delete(owner, "Orphan");

        for (Resource each : List.of(orphan, shared)) {
            Optional<Resource> found = api.get(each.key(MAPS));
            assertThat(found.map(map -> map.tree().at("/data/a").asString(""))).contains("b");
            assertThat(found.map(Resource::owners)).contains(List.of());
            assertThat(found.map(Resource::annotations)).contains(each.annotations());
        }
    }

    private static Resource map(String name) {
        return SimulatedApi.object(
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'%s','namespace':'default','annotations':{'c':'d'}},'data':{'a':'b'}}"
                        .formatted(name));
    }

    @Test
    void aDependentWithAnotherOwnerLosesOnlyTheReference() {
        Resource second = api.create(SETS, set("other"));
        Resource both = api.get(pod.key(PODS)).orElseThrow();
        api.update(PODS, Ownership.adopted(both, second));
        delete(owner, "Background");

        assertThat(api.get(pod.key(PODS)).orElseThrow().owners())
                .extracting(each -> each.uid())
                .containsExactly(second.uid());
    }

    @Test
    void aNamesakeOfTheOwnerIsNotTheOwner() {
        api.drop(owner.key(SETS));
        api.create(SETS, set("web"));
        api.settle();
        assertThat(api.get(pod.key(PODS))).isEmpty();
    }

    @Test
    void podsThatOwnEachOtherInACircleGo() {
        Resource[] ring = ring("r1", "r2", "r3");
        deletePod(ring[0]);
        assertThat(ring).allSatisfy(each -> assertThat(api.get(each.key(PODS))).isEmpty());
    }

    @Test
    void aCircleThatWasDeletedOneByOneGoes() {
        Resource[] ring = ring("r1", "r2");
        for (Resource each : ring) {
            api.delete(each.key(PODS), "Foreground");
        }
        api.settle();
        assertThat(ring).allSatisfy(each -> assertThat(api.get(each.key(PODS))).isEmpty());
    }

    @Test
    void whatOwnsItselfGoes() {
        Resource[] ring = ring("r1");
        deletePod(ring[0]);
        assertThat(api.get(ring[0].key(PODS))).isEmpty();
    }

    @Test
    void aCircleWaitsForWhatItOwnsBesides() {
        Resource[] ring = ring("r1", "r2");
        Resource last = pods.make("last", "'app':'web'");
        api.update(PODS, Ownership.adopted(last, ring[1]));
        pods.bindAll();
        deletePod(ring[0]);
        assertThat(ring)
                .allSatisfy(
                        each ->
                                assertThat(api.get(each.key(PODS)).orElseThrow().finalizers())
                                        .containsExactly("foregroundDeletion"));

        api.drop(last.key(PODS));
        api.settle();
        assertThat(ring).allSatisfy(each -> assertThat(api.get(each.key(PODS))).isEmpty());
    }

    @Test
    void aNamespaceGoesWhenAllInItIsGone() {
        Resource namespace =
                api.create(
                        NAMESPACES,
                        SimulatedApi.object(
                                "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'default'},"
                                        + "'spec':{'finalizers':['kubernetes']}}"));
        pods.bindAll();
        ObjectKey key = namespace.key(NAMESPACES);
        api.delete(key, "Background");
        api.settle();
        assertThat(api.get(key)).isPresent();
        assertThat(api.get(owner.key(SETS))).as("pods go first").isPresent();

        api.drop(pod.key(PODS));
        api.pass(3);
        assertThat(api.list(SETS)).isEmpty();
        assertThat(api.get(key)).isEmpty();
    }

    private void delete(Resource object, String propagation) {
        api.settle();
        api.delete(object.key(SETS), propagation);
        api.settle();
    }

    /** Each owns the next, and the last the first. */
    private Resource[] ring(String... names) {
        Resource[] ring = new Resource[names.length];
        for (int i = 0; i < names.length; i++) {
            ring[i] = pods.make(names[i], "'app':'web'");
        }
        for (int i = 0; i < names.length; i++) {
            Resource next = ring[(i + 1) % names.length];
            Resource now = api.get(next.key(PODS)).orElseThrow();
            api.update(PODS, Ownership.adopted(now, ring[i]));
        }
        api.settle();
        return ring;
    }

    private void deletePod(Resource pod) {
        api.delete(pod.key(PODS), "Foreground");
        api.settle();
    }

    private Resource owned(String name, Resource by) {
        Resource made = pods.make(name, "'app':'web'");
        api.update(PODS, Ownership.adopted(made, by));
        return made;
    }

    private static Resource set(String name) {
        return SimulatedApi.object(
                "{'apiVersion':'apps/v1','kind':'ReplicaSet','metadata':{'name':'%s','namespace':'default'},'spec':{}}"
                        .formatted(name));
    }
}
