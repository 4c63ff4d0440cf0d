package dev.gantry.state.ingest;

import static dev.gantry.state.log.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EffectsTest {
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CLAIM =
            """
            {'apiVersion':'v1','kind':'PersistentVolumeClaim',
             'metadata':{'name':'data','namespace':'default','uid':'claim-uid'},
             'spec':{'accessModes':['ReadWriteOnce']},'status':{'phase':'Pending'}}
            """;
    private static final String VOLUME =
            """
            {'apiVersion':'v1','kind':'PersistentVolume',
             'metadata':{'name':'v1','uid':'volume-uid'},
             'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'5Gi'}},
             'status':{'phase':'Available'}}
            """;
    private static final String DEVICES =
            """
            {'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim',
             'metadata':{'name':'gpu','namespace':'default','uid':'gpu-uid'},'spec':{},'status':{}}
            """;

    private final Map<ObjectKey, StoredObject> stored = new HashMap<>();

    @BeforeEach
    void podAndNodeAreThere() {
        store(BuiltinKind.NODE, "{'metadata':{'name':'node-a','uid':'n'}}", 1);
        store(
                BuiltinKind.POD,
                "{'metadata':{'name':'web','namespace':'default','uid':'pod-uid'},'spec':{}}",
                2);
    }

    @Test
    void bindsVolumeClaimAndPodInOneGroup() {
        store(BuiltinKind.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        store(BuiltinKind.PERSISTENT_VOLUME, VOLUME, 6);

        Map<String, Resource> written = committed(placed(bind(5, 6)));

        Resource volume = written.get("v1");
        assertThat(volume.spec().at("/claimRef/uid").asString()).isEqualTo("claim-uid");
        assertThat(volume.status().path("phase").asString()).isEqualTo("Bound");
        assertThat(volume.status().path("lastPhaseTransitionTime").asString())
                .isEqualTo(Conditions.timestamp(NOON));
        assertThat(volume.annotations())
                .containsEntry("pv.kubernetes.io/bound-by-controller", "yes");
        Resource claim = written.get("data");
        assertThat(claim.spec().path("volumeName").asString()).isEqualTo("v1");
        assertThat(claim.status().at("/capacity/storage").asString()).isEqualTo("5Gi");
        assertThat(claim.annotations())
                .containsEntry("pv.kubernetes.io/bind-completed", "yes")
                .containsEntry("pv.kubernetes.io/bound-by-controller", "yes");
        assertThat(written.get("web").spec().path("nodeName").asString()).isEqualTo("node-a");
    }

    @Test
    void whereAnEffectIsStaleNothingOfTheBindingIsCommitted() {
        store(BuiltinKind.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        store(BuiltinKind.PERSISTENT_VOLUME, VOLUME, 6);

        assertThat(refusal(placed(bind(4, 6))))
                .isEqualTo("persistentvolumeclaim default/data has changed since revision 4");
        assertThat(refusal(placed(bind(5, 3))))
                .isEqualTo("persistentvolume v1 has changed since revision 3");
        store(BuiltinKind.PERSISTENT_VOLUME, VOLUME.replace("volume-uid", "another"), 6);
        assertThat(refusal(placed(bind(5, 6)))).isEqualTo("persistentvolume v1 is no more");
    }

    @Test
    void aVolumeOfAnotherClaimIsNotGivenAway() {
        store(BuiltinKind.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        String ref = "'claimRef':{'namespace':'default','name':'other','uid':'x'},";
        store(BuiltinKind.PERSISTENT_VOLUME, VOLUME.replace("'spec':{", "'spec':{" + ref), 6);

        assertThat(refusal(placed(bind(5, 6)))).isEqualTo("persistentvolume v1 is taken");
    }

    @Test
    void aVolumeThatTheClaimHasAlreadyIsNoObstacle() {
        store(BuiltinKind.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        store(BuiltinKind.PERSISTENT_VOLUME, VOLUME, 6);
        Map<String, Resource> written = committed(placed(bind(5, 6)));
        store(BuiltinKind.PERSISTENT_VOLUME_CLAIM, written.get("data").tree().toString(), 9);
        store(BuiltinKind.PERSISTENT_VOLUME, written.get("v1").tree().toString(), 9);

        assertThat(committed(placed(bind(5, 6)))).containsOnlyKeys("web");
    }

    @Test
    void aPreparationTellsTheClaimItsNodeAndDoesNotBindThePod() {
        store(BuiltinKind.PERSISTENT_VOLUME_CLAIM, CLAIM, 5);
        var select = new Effect.SelectNode(claimTarget(5), "node-a");

        Map<String, Resource> written = committed(word("", select).nominating("node-a", List.of()));

        assertThat(written.get("data").annotations())
                .containsEntry("volume.kubernetes.io/selected-node", "node-a");
        assertThat(written.get("web").spec().has("nodeName")).isFalse();
        assertThat(written.get("web").status().path("nominatedNodeName").asString())
                .isEqualTo("node-a");
        assertThat(written.get("web").status().has("conditions")).isFalse();
    }

    @Test
    void allocatesAndReservesAClaimInOneGroupWithTheBinding() {
        store(BuiltinKind.RESOURCE_CLAIM, DEVICES, 1);

        Resource claim = committed(placed(allocate())).get("gpu");

        assertThat(claim.status().at("/allocation/devices/results/0/device").asString())
                .isEqualTo("d0");
        assertThat(claim.status().at("/reservedFor/0/uid").asString()).isEqualTo("pod-uid");
        assertThat(claim.finalizers()).contains("resource.kubernetes.io/delete-protection");
    }

    @Test
    void makesAClaimForExtendedResourcesWithTheBindingAndTellsThePod() {
        Map<String, Resource> written = committed(placed(make()));

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
        store(BuiltinKind.RESOURCE_CLAIM, DEVICES, 1);
        Binding preparing = preparing(allocate());

        Verdict verdict = decide(preparing);
        Map<String, Resource> written = committed(preparing);

        Resource claim = written.get("gpu");
        assertThat(claim.status().at("/allocation/allocationTimestamp").asString())
                .isEqualTo(Conditions.timestamp(NOON));
        assertThat(claim.status().at("/reservedFor/0/uid").asString()).isEqualTo("pod-uid");
        assertThat(written.get("web").spec().has("nodeName")).isFalse();
        assertThat(((Verdict.Commit) verdict).group())
                .filteredOn(each -> each.key().resource().equals(BuiltinKind.EVENT.resource()))
                .singleElement()
                .asString()
                .contains("BindingConditionsPending", "Normal", "waiting for");

        store(BuiltinKind.RESOURCE_CLAIM, claim.tree().toString(), 9);
        store(BuiltinKind.POD, written.get("web").tree().toString(), 9);
        assertThat(decide(preparing)).as("read again").isInstanceOf(Verdict.Drop.class);
        Map<String, Resource> bound = committed(placed(new Effect.ReserveClaim(deviceTarget())));
        assertThat(bound).containsOnlyKeys("web");
    }

    @Test
    void whatGaveDevicesIsNotRefusedWhenItIsReadAgainAndThePodHasLeft() {
        store(BuiltinKind.RESOURCE_CLAIM, DEVICES, 1);
        Resource given = committed(preparing(allocate())).get("gpu");
        Resource made = committed(placed(make())).get("web-extended-resources-x");
        podHasLeft();

        assertThat(refusal(preparing(allocate()))).isEqualTo("the pod is no more");
        assertThat(refusal(placed(allocate()))).isEqualTo("the pod is no more");
        assertThat(refusal(placed(make()))).isEqualTo("the pod is no more");
        store(BuiltinKind.RESOURCE_CLAIM, given.tree().toString(), 9);
        store(BuiltinKind.RESOURCE_CLAIM, made.tree().toString(), 9);
        assertThat(decide(preparing(allocate()))).isInstanceOf(Verdict.Drop.class);
        assertThat(decide(placed(allocate()))).isInstanceOf(Verdict.Drop.class);
        assertThat(decide(placed(make()))).isInstanceOf(Verdict.Drop.class);
        assertThat(refusal(preparing(new Effect.ReserveClaim(deviceTarget()))))
                .as("what gives nothing may be refused")
                .isEqualTo("the pod is no more");
    }

    @Test
    void aPreparationOfAPodThatIsStillThereIsToldByTheClaim() {
        store(BuiltinKind.RESOURCE_CLAIM, DEVICES, 1);
        String given = committed(preparing(allocate())).get("gpu").tree().toString();
        store(
                BuiltinKind.POD,
                "{'metadata':{'name':'web','namespace':'default','uid':'pod-uid',"
                        + "'deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':{}}",
                9);

        store(BuiltinKind.RESOURCE_CLAIM, given, 9);
        assertThat(decide(preparing(allocate()))).isInstanceOf(Verdict.Drop.class);
        assertThat(refusal(placed(allocate()))).isEqualTo("the pod is being deleted");
        store(BuiltinKind.RESOURCE_CLAIM, DEVICES, 9);
        assertThat(refusal(preparing(allocate()))).isEqualTo("the pod is being deleted");
    }

    @Test
    void aPreparationMayMakeAClaimForExtendedResources() {
        Map<String, Resource> written = committed(preparing(make()));
        Resource pod = written.get("web");
        assertThat(pod.status().at("/extendedResourceClaimStatus/resourceClaimName").asString(""))
                .isEqualTo("web-extended-resources-x");

        Resource claim = written.get("web-extended-resources-x");
        store(BuiltinKind.RESOURCE_CLAIM, claim.tree().toString(), 9);
        store(BuiltinKind.POD, pod.tree().toString(), 9);
        assertThat(decide(preparing(make()))).as("again").isInstanceOf(Verdict.Drop.class);

        var target = new Target("default", claim.name(), claim.uid(), new Revision(9));
        List<Change> group =
                ((Verdict.Commit) decide(badNews(new Effect.FreeClaim(target)))).group();
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
        store(
                BuiltinKind.RESOURCE_CLAIM,
                DEVICES.replace("'status':{}", "'status':{'allocation':{}," + reserved + "}"),
                1);

        Resource claim = committed(badNews(new Effect.FreeClaim(deviceTarget()))).get("gpu");

        assertThat(claim.status().path("allocation").isObject()).isTrue();
        assertThat(claim.status().path("reservedFor").findValuesAsString("uid"))
                .containsExactly("other");
    }

    @Test
    void aClaimThatHasChangedSinceIsNotGivenBack() {
        String reserved = "'reservedFor':[{'resource':'pods','name':'web','uid':'pod-uid'}]";
        store(
                BuiltinKind.RESOURCE_CLAIM,
                DEVICES.replace("'status':{}", "'status':{'allocation':{}," + reserved + "}"),
                2);

        assertThat(committed(badNews(new Effect.FreeClaim(deviceTarget()))))
                .containsOnlyKeys("web");
    }

    @Test
    void badNewsMayFreeAClaimThatIsInTheWay() {
        String reserved = "'reservedFor':[{'resource':'pods','name':'web','uid':'pod-uid'}]";
        store(
                BuiltinKind.RESOURCE_CLAIM,
                DEVICES.replace(
                        "'status':{}", "'status':{'allocation':{},'devices':[]," + reserved + "}"),
                1);
        Map<String, Resource> written = committed(badNews(new Effect.FreeClaim(deviceTarget())));

        assertThat(written.get("gpu").status().isEmpty()).isTrue();
        assertThat(written.get("web").status().at("/conditions/0/message").asString(""))
                .isEqualTo("no room");
    }

    @Test
    void badNewsIsToldAlsoWhereTheClaimIsInUseByNow() {
        String reserved = "'reservedFor':[{'resource':'pods','name':'other','uid':'other'}]";
        store(
                BuiltinKind.RESOURCE_CLAIM,
                DEVICES.replace("'status':{}", "'status':{'allocation':{}," + reserved + "}"),
                1);
        assertThat(committed(badNews(new Effect.FreeClaim(deviceTarget()))))
                .containsOnlyKeys("web");
    }

    @Test
    void aClaimOfThatNameIsNotTakenOver() {
        store(
                BuiltinKind.RESOURCE_CLAIM,
                DEVICES.replace("'gpu'", "'web-extended-resources-x'"),
                3);
        assertThat(refusal(placed(make())))
                .isEqualTo("there is a resourceclaim default/web-extended-resources-x already");
    }

    @Test
    void aClaimThatWasAllocatedElsewhereIsRefused() {
        store(
                BuiltinKind.RESOURCE_CLAIM,
                DEVICES.replace("'status':{}", "'status':{'allocation':{'devices':{}}}"),
                8);

        assertThat(refusal(placed(allocate())))
                .isEqualTo("claim default/gpu got allocated elsewhere in the meantime");
    }

    @Test
    void aClaimThatChangedSinceGetsNoDevicesByAnOldWord() {
        store(BuiltinKind.RESOURCE_CLAIM, DEVICES, 2);

        assertThat(refusal(placed(allocate())))
                .isEqualTo("claim default/gpu has changed since it was looked at");
    }

    @Test
    void noClaimIsMadeForAPodThatChangedSince() {
        store(
                BuiltinKind.POD,
                "{'metadata':{'name':'web','namespace':'default','uid':'pod-uid'},'spec':{}}",
                3);

        assertThat(refusal(placed(make()))).isEqualTo("the pod has changed since it was looked at");
    }

    @Test
    void aPodIsBoundOnlyWhereItsDevicesAreReady() {
        Effect reserve = new Effect.ReserveClaim(deviceTarget());
        store(BuiltinKind.RESOURCE_CLAIM, withDevice("[]"), 7);
        assertThat(refusal(placed(reserve)))
                .isEqualTo("the devices of claim default/gpu are not ready");
        assertThat(committed(preparing(reserve))).containsKeys("gpu", "web");

        store(
                BuiltinKind.RESOURCE_CLAIM,
                withDevice("[{'device':'d0','conditions':[{'type':'Attached','status':'True'}]}]"),
                8);
        assertThat(committed(placed(reserve))).containsKeys("gpu", "web");
    }

    @Test
    void aClaimIsReservedOnlyWhereItCanBeUsedFromTheNode() {
        Effect reserve = new Effect.ReserveClaim(deviceTarget());
        store(BuiltinKind.RESOURCE_CLAIM, withDevice("[]").replace("node-a", "node-b"), 7);

        assertThat(refusal(preparing(reserve)))
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
        store(BuiltinKind.RESOURCE_CLAIM, DEVICES.replace("'status':{}", status), 8);

        assertThat(refusal(placed(new Effect.ReserveClaim(deviceTarget()))))
                .isEqualTo("claim gpu is reserved for 256 pods already");
    }

    @Test
    void aClaimThatIsNotAllocatedCannotBeReserved() {
        store(BuiltinKind.RESOURCE_CLAIM, DEVICES, 8);

        assertThat(refusal(placed(new Effect.ReserveClaim(deviceTarget()))))
                .isEqualTo("claim default/gpu is not allocated any more");
    }

    @Test
    void effectsSurviveTheWayAsJson() {
        List<Effect> all =
                List.of(
                        bind(5, 6),
                        new Effect.SelectNode(claimTarget(5), "node-a"),
                        allocate(),
                        make(),
                        new Effect.FreeClaim(deviceTarget()),
                        new Effect.ReserveClaim(deviceTarget()));

        assertThat(all.stream().map(each -> Effect.of(each.toJson()).orElseThrow())).isEqualTo(all);
    }

    private static Effect.BindVolume bind(long claim, long volume) {
        var target = new Target("", "v1", new Uid("volume-uid"), new Revision(volume));
        return new Effect.BindVolume(claimTarget(claim), target);
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
                JSON.createArrayNode().add(tree("{'containerName':'c'}")));
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

    private static Target claimTarget(long revision) {
        return new Target("default", "data", new Uid("claim-uid"), new Revision(revision));
    }

    private static Target deviceTarget() {
        return new Target("default", "gpu", new Uid("gpu-uid"), new Revision(1));
    }

    private static Binding placed(Effect... effects) {
        return word("node-a", effects);
    }

    private static Binding preparing(Effect effect) {
        return new Binding(
                        new Binding.Pod("default", "web", new Uid("pod-uid")),
                        1,
                        "",
                        new Binding.Grounds("", "waiting for binding conditions", ""))
                .nominating("node-a", List.of())
                .withEffects(List.of(effect.toJson()));
    }

    private static Binding badNews(Effect effect) {
        return new Binding(
                        new Binding.Pod("default", "web", new Uid("pod-uid")),
                        1,
                        "",
                        new Binding.Grounds("Unschedulable", "no room", ""))
                .withEffects(List.of(effect.toJson()));
    }

    private static Binding word(String node, Effect... effects) {
        return new Binding(
                        new Binding.Pod("default", "web", new Uid("pod-uid")),
                        1,
                        node,
                        Binding.Grounds.NONE)
                .withEffects(Arrays.stream(effects).map(Effect::toJson).toList());
    }

    private Map<String, Resource> committed(Binding binding) {
        var verdict = (Verdict.Commit) decide(binding);
        Map<String, Resource> written = new HashMap<>();
        for (Change each : verdict.group()) {
            if (!each.key().resource().equals(BuiltinKind.EVENT.resource())) {
                written.put(each.key().name(), each.object().orElseThrow());
            }
        }
        return written;
    }

    private String refusal(Binding binding) {
        return ((Verdict.Reject) decide(binding)).why();
    }

    private Verdict decide(Binding binding) {
        return BindingDecider.decide(binding, key -> Optional.ofNullable(stored.get(key)), NOON);
    }

    private void store(BuiltinKind kind, String json, long revision) {
        var object = new Resource(tree(json));
        ObjectKey key = object.key(kind.resource());
        object.mutableMetadata().put("resourceVersion", Long.toString(revision));
        stored.put(key, ENCODER.encode(key, object).at(new Revision(revision)));
    }

    private void podHasLeft() {
        stored.remove(new ObjectKey(BuiltinKind.POD.resource(), "default", "web"));
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    }
}
