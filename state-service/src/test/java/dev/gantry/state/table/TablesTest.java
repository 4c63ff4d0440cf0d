package dev.gantry.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.kind.BuiltinKinds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class TablesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
    private static final String META =
            "\"metadata\":{\"name\":\"a\",\"creationTimestamp\":\"2026-01-01T00:50:00Z\"}";

    @ParameterizedTest
    @CsvSource({
        "-5, <invalid>",
        "-1, 0s",
        "119, 119s",
        "120, 2m",
        "599, 9m59s",
        "600, 10m",
        "10740, 179m",
        "10800, 3h",
        "11000, 3h3m",
        "172799, 47h",
        "172800, 2d",
        "176400, 2d1h",
        "691200, 8d",
        "63072000, 2y",
        "63158400, 2y1d",
        "252288000, 8y"
    })
    void saysAgesAsKubectlDoes(long seconds, String text) {
        assertThat(Age.human(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void givesEveryKindACellForEachColumn(ResourceDefinition definition) {
        JsonNode table = table(definition.printer(), "{" + META + "}");
        // Compat: upstream has one cell more than columns of addresses.
        boolean hasOneMore = definition.kind().plural().equals("ipaddresses");
        assertThat(table.at("/rows/0/cells").size())
                .isEqualTo(table.path("columnDefinitions").size() + (hasOneMore ? 1 : 0));
    }

    static List<ResourceDefinition> definitions() {
        return BuiltinKinds.DEFINITIONS;
    }

    @Test
    void showsARunningPod() {
        assertThat(
                        pod(
                                "\"spec\":{\"nodeName\":\"n1\",\"containers\":[{},{}]}",
                                """
                                "phase":"Running","podIPs":[{"ip":"10.0.0.1"}],"containerStatuses":[
                                {"ready":true,"restartCount":2,"state":{"running":{}},
                                 "lastState":{"terminated":{"finishedAt":"2026-01-01T00:55:00Z"}}},
                                {"ready":false,"restartCount":0,"state":{"running":{}}}]"""))
                .containsExactly(
                        "a",
                        "1/2",
                        "Running",
                        "2 (5m ago)",
                        "10m",
                        "10.0.0.1",
                        "n1",
                        "<none>",
                        "<none>");
    }

    @Test
    void showsWhyAPodIsNotRunning() {
        assertThat(
                        status(
                                """
                                "phase":"Pending","conditions":[
                                {"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]"""))
                .isEqualTo("SchedulingGated");
        assertThat(
                        status(
                                """
                                "phase":"Running","containerStatuses":[
                                {"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]"""))
                .isEqualTo("CrashLoopBackOff");
        assertThat(
                        status(
                                """
                                "phase":"Failed","containerStatuses":[
                                {"state":{"terminated":{"exitCode":3}}}]"""))
                .isEqualTo("ExitCode:3");
        assertThat(
                        status(
                                """
                                "phase":"Succeeded","containerStatuses":[
                                {"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]"""))
                .isEqualTo("Completed");
        assertThat(status("\"phase\":\"Failed\",\"reason\":\"Evicted\"")).isEqualTo("Evicted");
    }

    @Test
    void showsHowFarInitializationIs() {
        String spec =
                "\"spec\":{\"initContainers\":[{\"name\":\"i\"},{\"name\":\"j\"}],\"containers\":[{}]}";
        assertThat(
                        pod(
                                        spec,
                                        """
                                        "phase":"Pending","initContainerStatuses":[
                                        {"name":"i","state":{"terminated":{"exitCode":0}}},
                                        {"name":"j","state":{"running":{}}}]""")
                                .get(2))
                .isEqualTo("Init:1/2");
        assertThat(
                        pod(
                                        spec,
                                        """
                                        "phase":"Pending","initContainerStatuses":[
                                        {"name":"i","restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]""")
                                .subList(1, 4))
                .containsExactly("0/1", "Init:CrashLoopBackOff", "1");
    }

    @Test
    void countsSidecarsAsContainers() {
        assertThat(
                        pod(
                                        """
                                        "spec":{"initContainers":[{"name":"s","restartPolicy":"Always"}],"containers":[{}]}""",
                                        """
                                        "phase":"Running","initContainerStatuses":[
                                        {"name":"s","started":true,"ready":true,"state":{"running":{}}}],
                                        "containerStatuses":[{"ready":true,"state":{"running":{}}}]""")
                                .subList(1, 3))
                .containsExactly("2/2", "Running");
    }

    @Test
    void showsDeletionOverAll() {
        ObjectNode pod =
                read(
                        "{\"metadata\":{\"name\":\"a\",\"deletionTimestamp\":\"2026-01-01T00:59:00Z\"},\"status\":{\"phase\":\"Running\"}}");
        assertThat(cells(printer(Kinds.POD), pod.toString()).get(2)).isEqualTo("Terminating");
    }

    @Test
    void showsNodes() {
        assertThat(
                        cells(
                                printer(Kinds.NODE),
                                """
                                {"metadata":{"name":"n","labels":{"node-role.kubernetes.io/worker":"",
                                "node-role.kubernetes.io/edge":""},"creationTimestamp":"2026-01-01T00:50:00Z"},
                                "spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"Unknown"}],
                                "addresses":[{"type":"InternalIP","address":"10.0.0.2"}],
                                "nodeInfo":{"kubeletVersion":"v1.36.0"}}}"""))
                .containsExactly(
                        "n",
                        "NotReady,SchedulingDisabled",
                        "edge,worker",
                        "10m",
                        "v1.36.0",
                        "10.0.0.2",
                        "<none>",
                        "<unknown>",
                        "<unknown>",
                        "<unknown>");
    }

    @Test
    void showsServices() {
        assertThat(
                        cells(
                                printer(Kinds.SERVICE),
                                "{"
                                        + META
                                        + """
                                        ,"spec":{"type":"NodePort","clusterIPs":["10.96.0.5"],"selector":{"b":"2","a":"1"},
                                        "ports":[{"port":80,"nodePort":30080,"protocol":"TCP"},{"port":53,"protocol":"UDP"}]}}"""))
                .containsExactly(
                        "a",
                        "NodePort",
                        "10.96.0.5",
                        "<none>",
                        "80:30080/TCP,53/UDP",
                        "10m",
                        "a=1,b=2");
    }

    @Test
    void showsWorkloads() {
        String spec =
                """
                ,"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"template":{"spec":{
                "containers":[{"name":"c","image":"i:1"},{"name":"d","image":"j:2"}]}}},
                "status":{"replicas":3,"readyReplicas":2,"updatedReplicas":1,"availableReplicas":2}}""";
        assertThat(cells(printer(Kinds.DEPLOYMENT), "{" + META + spec))
                .containsExactly("a", "2/3", "1", "2", "10m", "c,d", "i:1,j:2", "app=web");
        assertThat(cells(printer(Kinds.REPLICA_SET), "{" + META + spec))
                .containsExactly("a", "3", "3", "2", "10m", "c,d", "i:1,j:2", "app=web");
    }

    @Test
    void showsEndpointsUpToThree() {
        assertThat(
                        cells(
                                        printer(Kinds.ENDPOINT_SLICE),
                                        "{"
                                                + META
                                                + """
                                                ,"addressType":"IPv4","ports":[{"port":80}],"endpoints":[
                                                {"addresses":["10.0.0.1"]},{"addresses":["10.0.0.2"]},
                                                {"addresses":["10.0.0.3"]},{"addresses":["10.0.0.4"]}]}""")
                                .subList(1, 4))
                .containsExactly("IPv4", "80", "10.0.0.1,10.0.0.2,10.0.0.3 + 1 more...");
        assertThat(
                        cells(
                                        printer(Kinds.ENDPOINTS),
                                        "{"
                                                + META
                                                + ",\"subsets\":[{\"addresses\":[{\"ip\":\"fd00::1\"}],\"ports\":[{\"port\":80}]}]}")
                                .get(1))
                .isEqualTo("[fd00::1]:80");
    }

    @Test
    void showsEvents() {
        assertThat(
                        cells(
                                printer(Kinds.EVENT),
                                """
                                {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p"},"type":"Normal",
                                "reason":"Started","message":"Started container","source":{"component":"kubelet","host":"n1"},
                                "firstTimestamp":"2026-01-01T00:50:00Z","lastTimestamp":"2026-01-01T00:59:00Z","count":3}"""))
                .containsExactly(
                        "60s",
                        "Normal",
                        "Started",
                        "pod/p",
                        "",
                        "kubelet, n1",
                        "Started container",
                        "10m",
                        "3",
                        "e");
    }

    @Test
    void aSelectorOfManyTermsIsOneText() {
        String expression = "{\"key\":\"a\",\"operator\":\"In\",\"values\":[\"b\",\"c\"]}";
        ObjectNode set =
                read(
                        "{\"s\":{\"matchLabels\":{\"b\":\"1\",\"a\":\"0\"},\"matchExpressions\":["
                                + (expression + ",").repeat(2)
                                + "{\"key\":\"0\",\"operator\":\"Exists\"}]}}");
        assertThat(Texts.selector(set.path("s"))).isEqualTo("0,a=0,a in (b,c),a in (b,c),b=1");
    }

    @Test
    void givesMetadataUnlessAskedOtherwise() {
        ObjectNode object = read("{\"kind\":\"Chair\",\"apiVersion\":\"x/v1\"," + META + "}");
        Printer chair = PlainPrinter.NAME_AND_DATE;
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        JsonNode row = Tables.row(chair, object, IncludeObject.METADATA, Set.of(), NOW);
        assertThat(row.at("/object/kind").asString()).isEqualTo("PartialObjectMetadata");
        assertThat(row.at("/cells/1").asString()).isEqualTo("2026-01-01T00:50:00Z");
        JsonNode later = Tables.row(chair, object, IncludeObject.OBJECT, Set.of(), NOW);
        assertThat(later.at("/object/kind").asString()).isEqualTo("Chair");
        assertThat(Tables.withoutColumns(head).path("columnDefinitions").isNull()).isTrue();
    }

    private static String status(String status) {
        return pod("\"spec\":{\"containers\":[{}]}", status).get(2);
    }

    private static List<String> pod(String spec, String status) {
        return cells(printer(Kinds.POD), "{" + META + "," + spec + ",\"status\":{" + status + "}}");
    }

    private static List<String> cells(Printer printer, String object) {
        List<String> texts = new ArrayList<>();
        table(printer, object).at("/rows/0/cells").forEach(each -> texts.add(each.asString()));
        return texts;
    }

    private static ObjectNode table(Printer printer, String object) {
        ObjectNode table = Tables.start(printer, JsonNodeFactory.instance.objectNode());
        table.putArray("rows")
                .add(Tables.row(printer, read(object), IncludeObject.NONE, Set.of(), NOW));
        return table;
    }

    private static Printer printer(Kind kind) {
        return BuiltinKinds.CATALOG.definition(kind.resource()).orElseThrow().printer();
    }

    private static ObjectNode read(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
