package dev.gantry.scheduler.plugin.dynamicresources;

import static dev.gantry.scheduler.snapshot.Devices.claim;
import static dev.gantry.scheduler.snapshot.Devices.device;
import static dev.gantry.scheduler.snapshot.Devices.deviceClass;
import static dev.gantry.scheduler.snapshot.Devices.request;
import static dev.gantry.scheduler.snapshot.Devices.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.Scheduler;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Extended resources that a class of devices stands for: node a has devices, b a plugin. */
class ExtendedResourcesTest {
    private static final String GPU = "example.com/gpu";

    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final RankedScheduler scheduler = new RankedScheduler(Profile.PACKING);

    @BeforeEach
    void twoNodes() {
        snapshot.putNode(Sample.facts("a", "4", "8Gi", ""));
        slice(snapshot, "a", device("d0", ""), device("d1", ""));
        Resource plugged = Sample.node("b", "4", "8Gi", "'unschedulable':true").copy();
        ((tools.jackson.databind.node.ObjectNode) plugged.status().path("allocatable"))
                .put(GPU, "1");
        snapshot.putNode(NodeFacts.of(plugged));
    }

    @Test
    void withoutAClassOnlyPluginsHaveTheResource() {
        assertThat(((Placement.Unplaced) place(pod("p", GPU, 1))).message())
                .startsWith(
                        "0/2 nodes are available: 1 Insufficient example.com/gpu, 1 node(s) were"
                                + " unschedulable. no new claims to deallocate, preemption:");
    }

    @Test
    void aClaimIsMadeForWhatTheNodeHasNoPluginFor() {
        deviceClass(snapshot, "gpu", "'extendedResourceName':'example.com/gpu'");
        Placement placed = place(pod("p", GPU, 2));

        assertThat(((Placement.Placed) placed).node()).isEqualTo("a");
        var make = (Effect.MakeClaim) effects(placed).getFirst();
        assertThat(make.claim().path("metadata").path("name").asString(""))
                .matches("p-extended-resources-[a-z0-9]{5}");
        assertThat(make.claim().at("/metadata/annotations").toString())
                .isEqualTo("{\"resource.kubernetes.io/extended-resource-claim\":\"true\"}");
        assertThat(make.claim().at("/metadata/ownerReferences/0/uid").asString(""))
                .isEqualTo("uid-p");
        assertThat(make.claim().at("/spec/devices/requests/0/exactly/deviceClassName").asString(""))
                .isEqualTo("gpu");
        assertThat(make.allocation().at("/devices/results")).hasSize(2);
        assertThat(make.mappings().toString())
                .isEqualTo(
                        "[{\"containerName\":\"c\",\"resourceName\":\"example.com/gpu\","
                                + "\"requestName\":\"container-0-request-1\"}]");
        assertThat(Effect.of(make.toJson())).contains(make);
    }

    @Test
    void devicesGivenToOneAreNotThereForTheNext() {
        deviceClass(snapshot, "gpu", "'extendedResourceName':'example.com/gpu'");
        Placement first = place(pod("p", GPU, 1));
        snapshot.place(first.pod(), "a");
        snapshot.reserve(first.pod().uid(), effects(first));

        assertThat(((Placement.Unplaced) place(pod("q", GPU, 2))).message())
                .startsWith(
                        "0/2 nodes are available: 1 cannot allocate all claims, 1 node(s) were"
                                + " unschedulable. still not schedulable, preemption:");
        assertThat(place(pod("r", GPU, 1))).isInstanceOf(Placement.Placed.class);
        snapshot.remove(first.pod().uid());
        assertThat(place(pod("q", GPU, 2))).isInstanceOf(Placement.Placed.class);
    }

    @Test
    void aNodeWithAPluginNeedsNoDevices() {
        deviceClass(snapshot, "gpu", "'extendedResourceName':'example.com/gpu'");
        Resource plugged = Sample.node("a", "4", "8Gi", "").copy();
        ((tools.jackson.databind.node.ObjectNode) plugged.status().path("allocatable"))
                .put(GPU, "1");
        snapshot.putNode(NodeFacts.of(plugged));
        Placement placed = place(pod("p", GPU, 1));

        assertThat(effects(placed)).isEmpty();
        snapshot.place(placed.pod(), "a");
        assertThat(((Placement.Unplaced) place(pod("q", GPU, 1))).message())
                .startsWith("0/2 nodes are available: 1 Insufficient example.com/gpu, 1 node(s)");
    }

    @Test
    void everyClassStandsForAResourceOfItsOwnName() {
        deviceClass(snapshot, "gpu", "");

        assertThat(effects(place(pod("p", "deviceclass.resource.kubernetes.io/gpu", 1))))
                .hasSize(1);
        assertThat(place(pod("q", "deviceclass.resource.kubernetes.io/fpga", 1)))
                .isInstanceOf(Placement.Unplaced.class);
    }

    @Test
    void ofSeveralClassesTheNewestCounts() {
        deviceClass(snapshot, "gpu", "'extendedResourceName':'example.com/gpu'");
        tellClass("late", "2026-01-02T00:00:00Z");
        tellClass("later", "2026-01-03T00:00:00Z");
        tellClass("earlier", "2026-01-01T00:00:00Z");
        tellClass("also", "2026-01-03T00:00:00Z");

        var make = (Effect.MakeClaim) effects(place(pod("p", GPU, 1))).getFirst();
        assertThat(make.claim().at("/spec/devices/requests/0/exactly/deviceClassName").asString(""))
                .isEqualTo("also");
    }

    @Test
    void ownClaimsComeFirst() {
        deviceClass(snapshot, "gpu", "'extendedResourceName':'example.com/gpu'");
        claim(snapshot, claim("own", request("r", ""), ""));
        Resource pod = resource("p", GPU, 1);
        pod.tree()
                .withObject("/spec")
                .putArray("resourceClaims")
                .addObject()
                .put("name", "x")
                .put("resourceClaimName", "own");

        List<Effect> effects = effects(place(PodSighting.of(pod).info()));
        assertThat(effects.getFirst()).isInstanceOf(Effect.AllocateClaim.class);
        assertThat(effects.getLast()).isInstanceOf(Effect.MakeClaim.class);
        assertThat(
                        ((Effect.MakeClaim) effects.getLast())
                                .allocation()
                                .at("/devices/results/0/device"))
                .hasToString("\"d1\"");
    }

    @Test
    void theReferenceSaysTheSame() {
        deviceClass(snapshot, "gpu", "'extendedResourceName':'example.com/gpu'");
        for (int gpus = 1; gpus < 4; gpus++) {
            PodInfo pod = pod("p", GPU, gpus);
            assertThat(new Scheduler(Profile.PACKING).place(pod, snapshot)).isEqualTo(place(pod));
        }
    }

    private void tellClass(String name, String since) {
        Resource made =
                Sample.object(
                        """
                        {'metadata':{'name':'%s','creationTimestamp':'%s'},
                         'spec':{'extendedResourceName':'example.com/gpu'}}
                        """
                                .formatted(name, since));
        snapshot.tell(made.key(Resources.DEVICE_CLASSES), Optional.of(made));
    }

    private Placement place(PodInfo pod) {
        return scheduler.place(pod, snapshot);
    }

    private List<Effect> effects(Placement placement) {
        var placed = (Placement.Placed) placement;
        var node = snapshot.node(placed.node()).orElseThrow();
        return scheduler.consequences(placed.pod(), node, snapshot).together();
    }

    private static PodInfo pod(String name, String resource, int count) {
        return PodSighting.of(resource(name, resource, count)).info();
    }

    private static Resource resource(String name, String resource, int count) {
        Resource pod = Sample.pod(name, "1", "1Gi", "").copy();
        pod.tree().withObject("/spec/containers/0/resources/requests").put(resource, "" + count);
        return pod;
    }
}
