package dev.gantry.scheduler.plugin.dynamicresources;

import static dev.gantry.scheduler.snapshot.Devices.claim;
import static dev.gantry.scheduler.snapshot.Devices.device;
import static dev.gantry.scheduler.snapshot.Devices.deviceClass;
import static dev.gantry.scheduler.snapshot.Devices.pod;
import static dev.gantry.scheduler.snapshot.Devices.poolOf;
import static dev.gantry.scheduler.snapshot.Devices.request;
import static dev.gantry.scheduler.snapshot.Devices.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.device.Readiness;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.Devices;
import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DynamicResourcesTest {
    private static final String FITS = "";
    private static final String NONE = "cannot allocate all claims";
    private static final String CONDITIONAL =
            "{'name':'f0','bindsToNode':true,'bindingConditions':['Attached'],"
                    + "'bindingFailureConditions':['Broken']}";
    private static final DynamicResources RULE = new DynamicResources();

    private final ClusterSnapshot snapshot = new ClusterSnapshot();

    @BeforeEach
    void twoNodesAndAClass() {
        snapshot.putNode(Sample.facts("a", "4", "8Gi", ""));
        snapshot.putNode(Sample.facts("b", "4", "8Gi", ""));
        deviceClass(snapshot, "gpu", "");
    }

    @Test
    void saysWhatIsMissing() {
        PodInfo made =
                Sample.podInfo(
                        "p",
                        "1",
                        "1Gi",
                        ",'resourceClaims':[{'name':'g','resourceClaimTemplateName':'t'}]");
        assertThat(RULE.preFilter(made, snapshot))
                .contains("pod \"default/p\": ResourceClaim not created yet");
        assertThat(RULE.preFilter(pod("p", "c"), snapshot))
                .contains("resourceclaim \"c\" not found");
        claim(snapshot, claim("c", request("r", "").replace("'gpu'", "'fpga'"), ""));
        assertThat(message(pod("p", "c")))
                .startsWith(
                        "0/2 nodes are available: request r: device class fpga does not exist.");
    }

    @Test
    void saysInUpstreamsWordsThatNoNodeHasDevices() {
        claim(snapshot, claim("c", request("r", ""), ""));

        assertThat(message(pod("p", "c")))
                .isEqualTo(
                        "0/2 nodes are available: 2 cannot allocate all claims. still not"
                                + " schedulable, preemption: 0/2 nodes are available: 2 Preemption"
                                + " is not helpful for scheduling.");
    }

    @Test
    void aClaimGetsADeviceOfTheNodeAndIsKeptThere() {
        slice(snapshot, "b", device("d0", ""));
        claim(snapshot, claim("c", request("r", ""), ""));

        assertThat(on("a", pod("p", "c"))).isEqualTo(NONE);
        JsonNode allocation = allocation("b", pod("p", "c"));
        assertThat(allocation.toString())
                .isEqualTo(
                        """
                        {"devices":{"results":[{"request":"r","driver":"gpu.example.com",\
                        "pool":"b","device":"d0"}]},"nodeSelector":{"nodeSelectorTerms":[\
                        {"matchFields":[{"key":"metadata.name","operator":"In","values":["b"]}]}]}}""");
    }

    @Test
    void selectorsOfClassAndRequestMustBothHold() {
        String a100 = "'model':{'string':'A100'}";
        slice(snapshot, "a", device("d0", a100), device("d1", a100 + ",'index':{'int':1}"));
        deviceClass(snapshot, "gpu", selectors("device.driver == \\\"gpu.example.com\\\""));
        String byModel =
                ",'selectors':[{'cel':{'expression':"
                        + "'has(device.attributes[\\\"gpu.example.com\\\"].index)'}}]";
        claim(snapshot, claim("c", request("r", byModel), ""));

        assertThat(devices("a", pod("p", "c"))).containsExactly("d1");
        deviceClass(snapshot, "gpu", selectors("device.driver == \\\"other\\\""));
        assertThat(on("a", pod("p", "c"))).isEqualTo(NONE);
    }

    @Test
    void anErrorInAnExpressionRejectsInUpstreamsWords() {
        slice(snapshot, "a", device("d0", ""));
        String bad = "device.attributes[\\\"gpu.example.com\\\"].nope == 1";
        claim(snapshot, claim("c", request("r", "," + selectors(bad)), ""));

        assertThat(on("a", pod("p", "c")))
                .isEqualTo(
                        "claim default/c: selector #0 on device gpu.example.com/a/d0: CEL runtime"
                                + " error: no such key: nope");
    }

    @Test
    void goesBackWhereTheFirstChoiceLeadsNowhere() {
        slice(snapshot, "a", device("d0", "'big':{'bool':true}"), device("d1", ""));
        String big = "," + selectors("has(device.attributes[\\\"gpu.example.com\\\"].big)");
        claim(snapshot, claim("c", request("any", "") + "," + request("big", big), ""));

        assertThat(devices("a", pod("p", "c"))).containsExactly("d1", "d0");
    }

    @Test
    void takesAsManyAsAreCountedOrAllOfThem() {
        slice(snapshot, "a", device("d0", ""), device("d1", ""), device("d2", ""));
        claim(snapshot, claim("two", request("r", ",'count':2"), ""));
        claim(snapshot, claim("four", request("r", ",'count':4"), ""));
        claim(snapshot, claim("all", request("r", ",'allocationMode':'All'"), ""));

        assertThat(devices("a", pod("p", "two"))).containsExactly("d0", "d1");
        assertThat(on("a", pod("p", "four"))).isEqualTo(NONE);
        assertThat(devices("a", pod("p", "all"))).containsExactly("d0", "d1", "d2");
        assertThat(on("a", pod("p", "two", "all"))).isEqualTo(NONE);
        assertThat(on("b", pod("p", "all"))).isEqualTo(NONE);
        claim(snapshot, claim("many", request("r", ",'count':33"), ""));
        assertThat(on("a", pod("p", "many")))
                .isEqualTo(
                        "claim default/many: number of requested devices 33 exceeds the claim"
                                + " limit of 32");
    }

    @Test
    void takesTheFirstAlternativeThatCanBeHad() {
        slice(snapshot, "a", device("d0", ""));
        deviceClass(snapshot, "best", selectors("false"));
        String requests =
                "{'name':'r','firstAvailable':[{'name':'x','deviceClassName':'best'},"
                        + "{'name':'y','deviceClassName':'gpu'}]}";
        claim(snapshot, claim("c", requests, ""));

        JsonNode result = allocation("a", pod("p", "c")).at("/devices/results/0");
        assertThat(result.path("request").asString()).isEqualTo("r/y");
    }

    @Test
    void constraintsTieDevicesTogetherOrApart() {
        slice(
                snapshot,
                "a",
                device("d0", "'numa':{'int':0}"),
                device("d1", "'numa':{'int':1}"),
                device("d2", "'numa':{'int':1}"),
                device("d3", ""));
        String rule = ",'constraints':[{'%s':'gpu.example.com/numa'}]";
        String two = request("r", ",'count':2");
        claim(snapshot, claim("same", two, rule.formatted("matchAttribute")));
        claim(snapshot, claim("other", two, rule.formatted("distinctAttribute")));

        assertThat(devices("a", pod("p", "same"))).containsExactly("d1", "d2");
        assertThat(devices("a", pod("p", "other"))).containsExactly("d0", "d1");
    }

    @Test
    void aDeviceThatIsTakenIsNotGivenAgainUnlessToAdmins() {
        slice(snapshot, "a", device("d0", ""));
        claim(snapshot, allocated("old", "a", "d0"));
        claim(snapshot, claim("c", request("r", ""), ""));
        claim(snapshot, claim("admin", request("r", ",'adminAccess':true"), ""));

        assertThat(on("a", pod("p", "c"))).isEqualTo(NONE);
        assertThat(allocation("a", pod("p", "admin")).at("/devices/results/0/adminAccess"))
                .isEqualTo(Sample.object("{'x':true}").tree().path("x"));
        claim(snapshot, claim("old", request("r", ""), ""));
        assertThat(on("a", pod("p", "c"))).isEqualTo(FITS);
    }

    @Test
    void devicesOfABindingThatIsUnderWayAreTaken() {
        slice(snapshot, "a", device("d0", ""));
        claim(snapshot, claim("one", request("r", ""), ""));
        claim(snapshot, claim("two", request("r", ""), ""));
        PodInfo first = pod("first", "one");
        Consequences decided = consequences("a", first);
        snapshot.place(first, "a");
        snapshot.reserve(first.uid(), decided.all());

        assertThat(on("a", pod("p", "two"))).isEqualTo(NONE);
        assertThat(RULE.preFilter(pod("p", "one"), snapshot))
                .contains("resource claim default/one is in the process of being allocated");

        snapshot.remove(first.uid());
        assertThat(on("a", pod("p", "two"))).isEqualTo(FITS);
    }

    @Test
    void anAllocatedClaimKeepsPodsToItsNodesAndIsReservedForEach() {
        slice(snapshot, "a", device("d0", ""));
        claim(snapshot, allocated("c", "a", "d0"));

        assertThat(on("b", pod("p", "c"))).isEqualTo("resourceclaim not available on the node");
        assertThat(on("a", pod("p", "c"))).isEqualTo(FITS);
        assertThat(consequences("a", pod("p", "c")).together())
                .singleElement()
                .isInstanceOf(Effect.ReserveClaim.class);
    }

    @Test
    void aPoolThatIsBeingUpdatedIsLeftAlone() {
        Devices.tell(
                snapshot,
                Kinds.RESOURCE_SLICE,
                Sample.object(
                        """
                        {'metadata':{'name':'s'},'spec':{'driver':'gpu.example.com','nodeName':'a',
                         'pool':{'name':'p','generation':2,'resourceSliceCount':2},
                         'devices':[{'name':'d0'}]}}
                        """));
        claim(snapshot, claim("c", request("r", ""), ""));
        claim(snapshot, claim("all", request("r", ",'allocationMode':'All'"), ""));

        assertThat(on("a", pod("p", "c"))).isEqualTo(NONE);
        assertThat(on("a", pod("p", "all")))
                .isEqualTo(
                        "claim default/all, request r: asks for all devices, but resource pool"
                                + " gpu.example.com/p is currently being updated");
    }

    @Test
    void onlyTheNewestGenerationOfAPoolCounts() {
        slice(snapshot, "a", device("old", ""));
        Devices.tell(
                snapshot,
                Kinds.RESOURCE_SLICE,
                Sample.object(
                        """
                        {'metadata':{'name':'newer'},'spec':{'driver':'gpu.example.com',
                         'nodeName':'a','pool':{'name':'a','generation':2,'resourceSliceCount':1},
                         'devices':[{'name':'new'}]}}
                        """));
        claim(snapshot, claim("c", request("r", ""), ""));

        assertThat(devices("a", pod("p", "c"))).containsExactly("new");
    }

    @Test
    void aTaintedDeviceIsForThoseThatTolerateIt() {
        slice(
                snapshot,
                "a",
                "{'name':'d0','taints':[{'key':'broken','effect':'NoSchedule'}]}",
                "{'name':'d1','taints':[{'key':'note','effect':'None'}]}");
        String tolerating = ",'tolerations':[{'key':'broken','operator':'Exists'}]";
        claim(snapshot, claim("c", request("r", ""), ""));
        claim(snapshot, claim("t", request("r", tolerating), ""));

        assertThat(devices("a", pod("p", "c"))).containsExactly("d1");
        assertThat(devices("a", pod("p", "t"))).containsExactly("d0");
        assertThat(allocation("a", pod("p", "t")).at("/devices/results/0/tolerations/0/key"))
                .hasToString("\"broken\"");
    }

    @Test
    void partitionsOfADeviceShareItsCounters() {
        String part =
                "{'name':'%s','consumesCounters':[{'counterSet':'gpu0',"
                        + "'counters':{'memory':{'value':'%s'}}}]}";
        poolOf(
                snapshot,
                "a",
                "'nodeName':'a','sharedCounters':[{'name':'gpu0',"
                        + "'counters':{'memory':{'value':'40Gi'}}}]",
                part.formatted("half0", "20Gi"),
                part.formatted("half1", "20Gi"),
                part.formatted("whole", "40Gi"));
        claim(snapshot, claim("two", request("r", ",'count':2"), ""));
        claim(snapshot, claim("three", request("r", ",'count':3"), ""));
        assertThat(devices("a", pod("p", "two"))).containsExactly("half0", "half1");
        assertThat(on("a", pod("p", "three"))).isEqualTo(NONE);

        claim(snapshot, allocated("old", "a", "whole"));
        claim(snapshot, claim("one", request("r", ""), ""));
        assertThat(on("a", pod("p", "one"))).isEqualTo(NONE);
    }

    @Test
    void aSharedDeviceGivesPortionsOfItsCapacity() {
        slice(
                snapshot,
                "a",
                "{'name':'nic','allowMultipleAllocations':true,'capacity':{'bandwidth':"
                        + "{'value':'10G','requestPolicy':{'default':'1G',"
                        + "'validRange':{'min':'1G','step':'1G'}}}}}");
        String asking = ",'capacity':{'requests':{'bandwidth':'%s'}}";
        claim(snapshot, claim("most", request("r", asking.formatted("6500M")), ""));
        claim(snapshot, claim("less", request("r", asking.formatted("3G")), ""));
        claim(snapshot, claim("more", request("r", asking.formatted("4G")), ""));

        JsonNode result = allocation("a", pod("p", "most")).at("/devices/results/0");
        assertThat(result.at("/consumedCapacity/bandwidth").asString()).isEqualTo("7G");
        assertThat(result.path("shareID").asString()).hasSize(36);
        assertThat(on("a", pod("p", "most", "less"))).isEqualTo(FITS);
        assertThat(on("a", pod("p", "most", "more"))).isEqualTo(NONE);
    }

    @Test
    void networkDevicesKeepClaimsToTheNodesThatTheyNameAndConfigGoesAlong() {
        poolOf(
                snapshot,
                "net",
                "'nodeSelector':{'nodeSelectorTerms':[{'matchExpressions':["
                        + "{'key':'zone','operator':'In','values':['z1']}]}]}",
                device("d0", ""));
        String opaque = "'opaque':{'driver':'gpu.example.com','parameters':{'x':%d}}";
        deviceClass(snapshot, "gpu", "'config':[{" + opaque.formatted(1) + "}]");
        String config =
                ",'config':[{'requests':['r'],%s},{'requests':['q'],%s}]"
                        .formatted(opaque.formatted(2), opaque.formatted(3));
        claim(snapshot, claim("c", request("r", ""), config));

        JsonNode allocation = allocation("b", pod("p", "c"));
        assertThat(allocation.at("/nodeSelector/nodeSelectorTerms/0").toString())
                .isEqualTo(
                        "{\"matchExpressions\":[{\"key\":\"zone\",\"operator\":\"In\","
                                + "\"values\":[\"z1\"]}]}");
        assertThat(allocation.at("/devices/config").toString())
                .contains("FromClass", "\"x\":1", "FromClaim", "\"x\":2")
                .doesNotContain("\"x\":3");
    }

    @Test
    void devicesWithConditionsAreAllocatedBeforeThePodIsBound() {
        poolOf(snapshot, "fabric", "'allNodes':true", CONDITIONAL);
        claim(snapshot, claim("c", request("r", ""), ""));

        Consequences consequences = consequences("b", pod("p", "c"));

        assertThat(consequences.together()).isEmpty();
        JsonNode allocation =
                ((Effect.AllocateClaim) consequences.before().getFirst()).allocation();
        assertThat(allocation.at("/devices/results/0").toString())
                .contains(
                        "\"bindingConditions\":[\"Attached\"]",
                        "\"bindingFailureConditions\":[\"Broken\"]");
        assertThat(allocation.at("/nodeSelector/nodeSelectorTerms/0").toString())
                .as("bindsToNode")
                .isEqualTo(
                        "{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\","
                                + "\"values\":[\"b\"]}]}");
    }

    @Test
    void poolsWithoutConditionsComeFirstWhateverTheirNames() {
        poolOf(snapshot, "fabric", "'allNodes':true", CONDITIONAL);
        slice(snapshot, "z", device("unused", ""));
        poolOf(snapshot, "local", "'nodeName':'a'", device("d0", ""));
        claim(snapshot, claim("one", request("r", ""), ""));
        claim(snapshot, claim("two", request("r", ",'count':2"), ""));

        assertThat(devices("a", pod("p", "one"))).containsExactly("d0");
        assertThat(consequences("a", pod("p", "two")).before().getFirst().toString())
                .containsSubsequence("\"device\":\"d0\"", "\"device\":\"f0\"");
    }

    @Test
    void anAllocatedClaimIsWaitedForUntilItsConditionsAreTrue() {
        claim(snapshot, conditional("c", ""));
        assertThat(consequences("a", pod("p", "c")).before())
                .singleElement()
                .isInstanceOf(Effect.ReserveClaim.class);

        claim(snapshot, conditional("c", "{'type':'Attached','status':'True'}"));
        assertThat(consequences("a", pod("p", "c")).before()).isEmpty();
        assertThat(consequences("a", pod("p", "c")).together()).hasSize(1);
    }

    @Test
    void aClaimWhoseDeviceFailedIsOfNoUseAnywhereAndIsGivenBack() {
        claim(
                snapshot,
                conditional(
                        "c",
                        "{'type':'Attached','status':'True'},"
                                + "{'type':'Broken','status':'True','reason':'Cable','message':'cut'}"));

        assertThat(on("a", pod("p", "c"))).isEqualTo("resourceclaim not available on the node");
        assertThat(message(pod("p", "c")))
                .startsWith("0/2 nodes are available: 2 resourceclaim not available on the node.");
        var reasons = new TreeSet<>(List.of("resourceclaim not available on the node"));
        assertThat(RULE.relief(pod("p", "c"), reasons, snapshot))
                .containsInstanceOf(Effect.FreeClaim.class);
        assertThat(snapshot.devices().claim("default", "c").orElseThrow().readiness())
                .isEqualTo(
                        new Readiness.Failed(
                                "claim c binding failed: reason=Cable, message=\"cut\""));
    }

    @Test
    void aSearchWithoutEndIsGivenUp() {
        String[] many = new String[24];
        for (int i = 0; i < many.length; i++) {
            many[i] = device("d" + i, "'n':{'int':%d}".formatted(i));
        }
        slice(snapshot, "a", many);
        String distinct =
                ",'constraints':[{'matchAttribute':'gpu.example.com/n','requests':['z']}]";
        claim(
                snapshot,
                claim(
                        "c",
                        request("r", ",'count':12") + "," + request("z", ",'count':2"),
                        distinct));

        assertThat(on("a", pod("p", "c"))).isEqualTo("timed out trying to allocate devices");
    }

    private static String selectors(String expression) {
        return "'selectors':[{'cel':{'expression':'%s'}}]".formatted(expression);
    }

    private static Resource conditional(String name, String conditions) {
        return Sample.object(
                """
                {'metadata':{'name':'%s','namespace':'default','uid':'uid-%s'},'spec':{},
                 'status':{'allocation':{'devices':{'results':[{'request':'r',
                   'driver':'gpu.example.com','pool':'fabric','device':'f0',
                   'bindingConditions':['Attached'],'bindingFailureConditions':['Broken']}]}},
                  'devices':[{'driver':'gpu.example.com','pool':'fabric','device':'other',
                   'conditions':[{'type':'Attached','status':'True'}]},
                   {'driver':'gpu.example.com','pool':'fabric','device':'f0','conditions':[%s]}]}}
                """
                        .formatted(name, name, conditions));
    }

    private static Resource allocated(String name, String node, String device) {
        return Sample.object(
                """
                {'metadata':{'name':'%s','namespace':'default','uid':'uid-%s'},'spec':{},
                 'status':{'allocation':{'devices':{'results':[{'request':'r',
                   'driver':'gpu.example.com','pool':'%s','device':'%s'}]},
                   'nodeSelector':{'nodeSelectorTerms':[{'matchFields':[{'key':'metadata.name',
                     'operator':'In','values':['%s']}]}]}}}}
                """
                        .formatted(name, name, node, device, node));
    }

    private String on(String node, PodInfo pod) {
        Verdict verdict = RULE.prepare(pod, snapshot).apply(snapshot.node(node).orElseThrow());
        return verdict instanceof Verdict.Rejects rejects
                ? String.join(", ", rejects.reasons())
                : FITS;
    }

    private List<String> devices(String node, PodInfo pod) {
        return allocation(node, pod)
                .at("/devices/results")
                .valueStream()
                .map(each -> each.path("device").asString())
                .toList();
    }

    private ObjectNode allocation(String node, PodInfo pod) {
        return ((Effect.AllocateClaim) consequences(node, pod).together().getFirst()).allocation();
    }

    private Consequences consequences(String node, PodInfo pod) {
        return RULE.consequences(pod, snapshot.node(node).orElseThrow(), snapshot);
    }

    private String message(PodInfo pod) {
        var scheduler = new RankedScheduler(Profile.PACKING);
        return ((Placement.Unplaced) scheduler.place(pod, snapshot)).message();
    }
}
