package dev.gantry.state.ingest;

import static dev.gantry.state.ingest.IngestWorld.badNews;
import static dev.gantry.state.ingest.IngestWorld.placed;
import static dev.gantry.state.ingest.IngestWorld.preparing;
import static dev.gantry.state.ingest.IngestWorld.tree;
import static dev.gantry.state.log.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DeviceEffectsTest {
    private static final String DEVICES =
            """
            {'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim',
             'metadata':{'name':'gpu','namespace':'default','uid':'gpu-uid'},'spec':{},'status':{}}
            """;

    private final IngestWorld world = new IngestWorld();

    @Test
    void allocatesAndReservesAClaimInOneGroupWithTheBinding() {
        world.store(Kinds.RESOURCE_CLAIM, DEVICES, 1);

        Resource claim = world.committed(placed(allocate())).get("gpu");

        assertThat(claim.status().at("/allocation/devices/results/0/device").asString())
                .isEqualTo("d0");
        assertThat(claim.status().at("/reservedFor/0/uid").asString()).isEqualTo("pod-uid");
        assertThat(claim.finalizers()).contains("resource.kubernetes.io/delete-protection");
    }

    @Test
    void makesAClaimForExtendedResourcesWithTheBindingAndTellsThePod() {
        Map<String, Resource> written = world.committed(placed(make()));

        Resource claim = written.get("web-extended-resources-x");
        assertThat(claim.uid().value()).isNotEmpty();
        assertThat(claim.finalizers()).containsExactly("resource.kubernetes.io/delete-protection");
        assertThat(claim.status().path("allocation").path("devices").isObject()).isTrue();
        assertThat(claim.status().at("/reservedFor/0/uid").asString("")).isEqualTo("pod-uid");
        Resource pod = written.get("web");
        assertThat(pod.spec().path("nodeName").asString("")).isEqualTo("node-a");
        assertThat(pod.status().path("extendedResourceClaimStatus").toString())
                .isEqualTo(
                        "{\"resourceClaimName\":\"web-extended-resources-x\",\"requestMappings\":"
                                + "[{\"containerName\":\"c\"}]}");
    }

    @Test
    void aPreparationGivesAClaimItsDevicesAndSaysSinceWhen() {
        world.store(Kinds.RESOURCE_CLAIM, DEVICES, 1);
        Binding preparing = preparing(allocate());

        Verdict verdict = world.decide(preparing);
        Map<String, Resource> written = world.committed(preparing);

        Resource claim = written.get("gpu");
        assertThat(claim.status().at("/allocation/allocationTimestamp").asString())
                .isEqualTo(Conditions.timestamp(NOON));
        assertThat(claim.status().at("/reservedFor/0/uid").asString()).isEqualTo("pod-uid");
        assertThat(written.get("web").spec().has("nodeName")).isFalse();
        assertThat(((Verdict.Commit) verdict).group())
                .filteredOn(each -> each.key().resource().equals(Resources.EVENTS))
                .singleElement()
                .asString()
                .contains("BindingConditionsPending", "Normal", "waiting for");

        world.store(Kinds.RESOURCE_CLAIM, claim.tree().toString(), 9);
        world.store(Kinds.POD, written.get("web").tree().toString(), 9);
        assertThat(world.decide(preparing)).as("read again").isInstanceOf(Verdict.Drop.class);
        Map<String, Resource> bound =
                world.committed(placed(new Effect.ReserveClaim(deviceTarget())));
        assertThat(bound).containsOnlyKeys("web");
    }

    @Test
    void whatGaveDevicesIsNotRefusedWhenItIsReadAgainAndThePodHasLeft() {
        world.store(Kinds.RESOURCE_CLAIM, DEVICES, 1);
        Resource given = world.committed(preparing(allocate())).get("gpu");
        Resource made = world.committed(placed(make())).get("web-extended-resources-x");
        world.podHasLeft();

        assertThat(world.refusal(preparing(allocate()))).isEqualTo("the pod is no more");
        assertThat(world.refusal(placed(allocate()))).isEqualTo("the pod is no more");
        assertThat(world.refusal(placed(make()))).isEqualTo("the pod is no more");
        world.store(Kinds.RESOURCE_CLAIM, given.tree().toString(), 9);
        world.store(Kinds.RESOURCE_CLAIM, made.tree().toString(), 9);
        assertThat(world.decide(preparing(allocate()))).isInstanceOf(Verdict.Drop.class);
        assertThat(world.decide(placed(allocate()))).isInstanceOf(Verdict.Drop.class);
        assertThat(world.decide(placed(make()))).isInstanceOf(Verdict.Drop.class);
        assertThat(world.refusal(preparing(new Effect.ReserveClaim(deviceTarget()))))
                .as("what gives nothing may be refused")
                .isEqualTo("the pod is no more");
    }

    @Test
    void aPreparationOfAPodThatIsStillThereIsToldByTheClaim() {
        world.store(Kinds.RESOURCE_CLAIM, DEVICES, 1);
        String given = world.committed(preparing(allocate())).get("gpu").tree().toString();
        world.store(
                Kinds.POD,
                "{'metadata':{'name':'web','namespace':'default','uid':'pod-uid',"
                        + "'deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':{}}",
                9);

        world.store(Kinds.RESOURCE_CLAIM, given, 9);
        assertThat(world.decide(preparing(allocate()))).isInstanceOf(Verdict.Drop.class);
        assertThat(world.refusal(placed(allocate()))).isEqualTo("the pod is being deleted");
        world.store(Kinds.RESOURCE_CLAIM, DEVICES, 9);
        assertThat(world.refusal(preparing(allocate()))).isEqualTo("the pod is being deleted");
    }

    @Test
    void aPreparationMayMakeAClaimForExtendedResources() {
        Map<String, Resource> written = world.committed(preparing(make()));
        Resource pod = written.get("web");
        assertThat(pod.status().at("/extendedResourceClaimStatus/resourceClaimName").asString(""))
                .isEqualTo("web-extended-resources-x");

        Resource claim = written.get("web-extended-resources-x");
        world.store(Kinds.RESOURCE_CLAIM, claim.tree().toString(), 9);
        world.store(Kinds.POD, pod.tree().toString(), 9);
        assertThat(world.decide(preparing(make()))).as("again").isInstanceOf(Verdict.Drop.class);

        var target = new Target("default", claim.name(), claim.uid(), new Revision(9));
        List<Change> group =
                ((Verdict.Commit) world.decide(badNews(new Effect.FreeClaim(target)))).group();
        assertThat(group)
                .filteredOn(each -> each.key().name().equals(claim.name()))
                .singleElement()
                .matches(each -> each.object().isEmpty());
        assertThat(group)
                .filteredOn(each -> each.key().name().equals("web"))
                .singleElement()
                .matches(
                        each ->
                                !each.object()
                                        .orElseThrow()
                                        .status()
                                        .has("extendedResourceClaimStatus"));
    }

    @Test
    void whoGivesBackAClaimThatOthersUseLeavesThemItsDevices() {
        String reserved =
                "'reservedFor':[{'resource':'pods','name':'web','uid':'pod-uid'},"
                        + "{'resource':'pods','name':'other','uid':'other'}]";
        world.store(
                Kinds.RESOURCE_CLAIM,
                DEVICES.replace("'status':{}", "'status':{'allocation':{}," + reserved + "}"),
                1);

        Resource claim = world.committed(badNews(new Effect.FreeClaim(deviceTarget()))).get("gpu");

        assertThat(claim.status().path("allocation").isObject()).isTrue();
        assertThat(claim.status().path("reservedFor").findValuesAsString("uid"))
                .containsExactly("other");
    }

    @Test
    void aClaimThatHasChangedSinceIsNotGivenBack() {
        String reserved = "'reservedFor':[{'resource':'pods','name':'web','uid':'pod-uid'}]";
        world.store(
                Kinds.RESOURCE_CLAIM,
                DEVICES.replace("'status':{}", "'status':{'allocation':{}," + reserved + "}"),
                2);

        assertThat(world.committed(badNews(new Effect.FreeClaim(deviceTarget()))))
                .containsOnlyKeys("web");
    }

    @Test
    void badNewsMayFreeAClaimThatIsInTheWay() {
        String reserved = "'reservedFor':[{'resource':'pods','name':'web','uid':'pod-uid'}]";
        world.store(
                Kinds.RESOURCE_CLAIM,
                DEVICES.replace(
                        "'status':{}", "'status':{'allocation':{},'devices':[]," + reserved + "}"),
                1);
        Map<String, Resource> written =
                world.committed(badNews(new Effect.FreeClaim(deviceTarget())));

        assertThat(written.get("gpu").status().isEmpty()).isTrue();
        assertThat(written.get("web").status().at("/conditions/0/message").asString(""))
                .isEqualTo("no room");
    }

    @Test
    void badNewsIsToldAlsoWhereTheClaimIsInUseByNow() {
        String reserved = "'reservedFor':[{'resource':'pods','name':'other','uid':'other'}]";
        world.store(
                Kinds.RESOURCE_CLAIM,
                DEVICES.replace("'status':{}", "'status':{'allocation':{}," + reserved + "}"),
                1);
        assertThat(world.committed(badNews(new Effect.FreeClaim(deviceTarget()))))
                .containsOnlyKeys("web");
    }

    @Test
    void aClaimOfThatNameIsNotTakenOver() {
        world.store(
                Kinds.RESOURCE_CLAIM, DEVICES.replace("'gpu'", "'web-extended-resources-x'"), 3);
        assertThat(world.refusal(placed(make())))
                .isEqualTo("there is a resourceclaim default/web-extended-resources-x already");
    }

    @Test
    void aClaimThatWasAllocatedElsewhereIsRefused() {
        world.store(
                Kinds.RESOURCE_CLAIM,
                DEVICES.replace("'status':{}", "'status':{'allocation':{'devices':{}}}"),
                8);

        assertThat(world.refusal(placed(allocate())))
                .isEqualTo("claim default/gpu got allocated elsewhere in the meantime");
    }

    @Test
    void aClaimThatChangedSinceGetsNoDevicesByAnOldWord() {
        world.store(Kinds.RESOURCE_CLAIM, DEVICES, 2);

        assertThat(world.refusal(placed(allocate())))
                .isEqualTo("claim default/gpu has changed since it was looked at");
    }

    @Test
    void noClaimIsMadeForAPodThatChangedSince() {
        world.store(
                Kinds.POD,
                "{'metadata':{'name':'web','namespace':'default','uid':'pod-uid'},'spec':{}}",
                3);

        assertThat(world.refusal(placed(make())))
                .isEqualTo("the pod has changed since it was looked at");
    }

    @Test
    void aClaimThatIsMadeAnewIsSeenOnThePodThatSaysSoAlready() {
        Resource pod = world.committed(preparing(make())).get("web");
        world.store(Kinds.POD, pod.tree().toString(), 2);

        assertThat(world.committed(preparing(make())))
                .as("somebody took the first one away")
                .containsKeys("web-extended-resources-x", "web");
    }

    @Test
    void aPodHasOneClaimForItsExtendedResources() {
        Resource pod = world.committed(preparing(make())).get("web");
        world.store(
                Kinds.POD,
                pod.tree().toString().replace("web-extended-resources-x", "web-other"),
                2);
        world.store(Kinds.RESOURCE_CLAIM, DEVICES.replace("'gpu'", "'web-other'"), 1);

        assertThat(world.refusal(preparing(make())))
                .isEqualTo("the pod has a resourceclaim for its extended resources already");
    }

    @Test
    void aPodIsBoundOnlyWhereItsDevicesAreReady() {
        Effect reserve = new Effect.ReserveClaim(deviceTarget());
        world.store(Kinds.RESOURCE_CLAIM, withDevice("[]"), 7);
        assertThat(world.refusal(placed(reserve)))
                .isEqualTo("the devices of claim default/gpu are not ready");
        assertThat(world.committed(preparing(reserve))).containsKeys("gpu", "web");

        world.store(
                Kinds.RESOURCE_CLAIM,
                withDevice("[{'device':'d0','conditions':[{'type':'Attached','status':'True'}]}]"),
                8);
        assertThat(world.committed(placed(reserve))).containsKeys("gpu", "web");
    }

    @Test
    void aClaimIsReservedOnlyWhereItCanBeUsedFromTheNode() {
        Effect reserve = new Effect.ReserveClaim(deviceTarget());
        world.store(Kinds.RESOURCE_CLAIM, withDevice("[]").replace("node-a", "node-b"), 7);

        assertThat(world.refusal(preparing(reserve)))
                .isEqualTo("claim default/gpu cannot be used from node node-a");
    }

    @Test
    void aClaimHasAtMost256Consumers() {
        String many =
                String.join(
                        ",",
                        IntStream.range(0, 256)
                                .mapToObj("{'resource':'pods','name':'p','uid':'u%d'}"::formatted)
                                .toList());
        String status = "'status':{'allocation':{},'reservedFor':[" + many + "]}";
        world.store(Kinds.RESOURCE_CLAIM, DEVICES.replace("'status':{}", status), 8);

        assertThat(world.refusal(placed(new Effect.ReserveClaim(deviceTarget()))))
                .isEqualTo("claim gpu is reserved for 256 pods already");
    }

    @Test
    void aClaimThatIsNotAllocatedCannotBeReserved() {
        world.store(Kinds.RESOURCE_CLAIM, DEVICES, 8);

        assertThat(world.refusal(placed(new Effect.ReserveClaim(deviceTarget()))))
                .isEqualTo("claim default/gpu is not allocated any more");
    }

    @Test
    void effectsSurviveTheWayAsJson() {
        List<Effect> all =
                List.of(
                        VolumeEffectsTest.bind(5, 6),
                        new Effect.SelectNode(VolumeEffectsTest.claimTarget(5), "node-a"),
                        allocate(),
                        make(),
                        new Effect.FreeClaim(deviceTarget()),
                        new Effect.ReserveClaim(deviceTarget()));

        assertThat(all.stream().map(each -> Effect.of(each.toJson()).orElseThrow())).isEqualTo(all);
    }

    private static Effect make() {
        ObjectNode claim =
                tree(
                        """
                        {'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim',
                         'metadata':{'name':'web-extended-resources-x','namespace':'default',
                          'annotations':{'resource.kubernetes.io/extended-resource-claim':'true'},
                          'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'web',
                            'uid':'pod-uid','controller':true}]},
                         'spec':{'devices':{'requests':[]}}}
                        """);
        return new Effect.MakeClaim(
                new Revision(2),
                claim,
                tree("{'devices':{}}"),
                JsonMapper.shared().createArrayNode().add(tree("{'containerName':'c'}")));
    }

    /** The claim with device d0, attached to node-a. */
    private static String withDevice(String reported) {
        return DEVICES.replace(
                "'status':{}",
                """
                'status':{'allocation':{
                   'devices':{'results':[{'device':'d0','bindingConditions':['Attached']}]},
                   'nodeSelector':{'nodeSelectorTerms':[{'matchFields':[
                     {'key':'metadata.name','operator':'In','values':['node-a']}]}]}},
                 'devices':%s}
                """
                        .formatted(reported));
    }

    private static Effect.AllocateClaim allocate() {
        ObjectNode allocation = tree("{'devices':{'results':[{'device':'d0'}]}}");
        return new Effect.AllocateClaim(deviceTarget(), allocation);
    }

    private static Target deviceTarget() {
        return new Target("default", "gpu", new Uid("gpu-uid"), new Revision(1));
    }
}
