package dev.gantry.state.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.WrittenForm;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the corpus cannot hold: times, and the rules beneath. */
final class FieldTrackingTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Scope MAPS = Scope.whole(type("", "ConfigMap"));
    private static final Scope PODS = Scope.of(type("", "Pod"), Scope.Reset.STATUS);

    @Test
    void whatIsAlwaysWrittenIsNotNew() {
        ObjectNode pod =
                json(
                        """
                        {"metadata":{"name":"p","labels":{"a":"b"}},
                         "spec":{"containers":[{"name":"c","ports":[{"containerPort":1,"protocol":"TCP"}]}]},
                         "status":{"phase":"Pending"}}
                        """);

        WrittenForm.complete(pod, PODS.type());
        FieldTracking.created(pod, PODS, writer("kubectl-create"), NOON);

        assertThat(fields(pod, 0))
                .isEqualTo(
                        """
                        {"f:metadata":{"f:labels":{".":{},"f:a":{}}},\
                        "f:spec":{"f:containers":{"k:{\\"name\\":\\"c\\"}":{".":{},"f:name":{},\
                        "f:ports":{".":{},"k:{\\"containerPort\\":1,\\"protocol\\":\\"TCP\\"}":\
                        {".":{},"f:containerPort":{},"f:protocol":{}}},"f:resources":{}}}}}""");
    }

    @Test
    void keysAreOrderedByTheirValues() {
        ObjectNode pod =
                json(
                        """
                        {"spec":{"containers":[{"name":"c","ports":[
                          {"containerPort":443,"protocol":"TCP"},{"containerPort":80,"protocol":"UDP"},
                          {"containerPort":80,"protocol":"TCP"},{"containerPort":8,"protocol":"TCP"}]}]}}
                        """);

        FieldTracking.created(pod, PODS, writer("m"), NOON);

        JsonNode ports =
                entry(pod, 0)
                        .path("fieldsV1")
                        .path("f:spec")
                        .path("f:containers")
                        .path("k:{\"name\":\"c\"}")
                        .path("f:ports");
        assertThat(ports.propertyNames())
                .containsExactly(
                        ".",
                        "k:{\"containerPort\":8,\"protocol\":\"TCP\"}",
                        "k:{\"containerPort\":80,\"protocol\":\"TCP\"}",
                        "k:{\"containerPort\":80,\"protocol\":\"UDP\"}",
                        "k:{\"containerPort\":443,\"protocol\":\"TCP\"}");
    }

    @Test
    void numbersWithinTextsAreNone() {
        assertThat(List.of("k:{\"n\":\"a:80\"}", "k:{\"n\":\"a:443\"}"))
                .isSortedAccordingTo(Element.ORDER.reversed());
        assertThat(List.of("v:8", "v:80", "v:443")).isSortedAccordingTo(Element.ORDER);
        assertThat(List.of("f:10", "f:9", "k:{\"n\":1}", "v:\"a\""))
                .isSortedAccordingTo(Element.ORDER);
    }

    @Test
    void theTimeIsThatOfTheLastFieldThatWasSet() {
        ObjectNode made = map("\"a\":\"1\",\"b\":\"2\"");
        FieldTracking.created(made, MAPS, writer("m"), NOON);
        ObjectNode less = map("\"a\":\"1\"");
        FieldTracking.updated(less, made, MAPS, writer("m"), NOON.plusSeconds(1));
        ObjectNode same = map("\"a\":\"1\"");
        FieldTracking.updated(same, less, MAPS, writer("m"), NOON.plusSeconds(2));
        ObjectNode other = map("\"a\":\"3\"");
        FieldTracking.updated(other, same, MAPS, writer("m"), NOON.plusSeconds(3));

        assertThat(entry(less, 0).path("time").asString()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(fields(less, 0)).isEqualTo("{\"f:data\":{\".\":{},\"f:a\":{}}}");
        assertThat(same).isEqualTo(less);
        assertThat(entry(other, 0).path("time").asString()).isEqualTo("2026-01-01T12:00:03Z");
    }

    @Test
    void entriesStandInTheOrderOfTime() {
        ObjectNode made = map("\"a\":\"1\"");
        FieldTracking.created(made, MAPS, writer("z"), NOON);
        ObjectNode next = map("\"a\":\"1\",\"b\":\"2\"");
        FieldTracking.updated(next, made, MAPS, writer("a"), NOON.plusSeconds(1));

        assertThat(managers(next)).containsExactly("z", "a");
    }

    @Test
    void theOldestOfTooManyUpdatersBecomeOne() {
        ObjectNode object = map("\"a\":\"1\"");
        FieldTracking.created(object, MAPS, writer("m0"), NOON);
        for (int i = 1; i <= 11; i++) {
            ObjectNode next = object.deepCopy();
            ((ObjectNode) next.path("data")).put("k" + i, "v");
            FieldTracking.updated(next, object, MAPS, writer("m" + i), NOON.plusSeconds(i));
            object = next;
        }

        assertThat(managers(object))
                .containsExactly(
                        "ancient-changes", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11");
        assertThat(entry(object, 0).path("time").asString()).isEqualTo("2026-01-01T12:00:02Z");
        assertThat(fields(object, 0))
                .isEqualTo("{\"f:data\":{\".\":{},\"f:a\":{},\"f:k1\":{},\"f:k2\":{}}}");
    }

    @Test
    void whatIsSentThroughASubresourceDoesNotCount() {
        ObjectNode made = map("\"a\":\"1\"");
        FieldTracking.created(made, MAPS, writer("m"), NOON);
        ObjectNode cleared = map("\"a\":\"1\"");
        ((ObjectNode) cleared.path("metadata")).putArray("managedFields").addObject();
        ObjectNode clearedBelow = cleared.deepCopy();

        FieldTracking.updated(cleared, made, MAPS, writer("m"), NOON);
        FieldTracking.updated(
                clearedBelow, made, MAPS, FieldManager.updating("m", "v1", "status"), NOON);

        assertThat(cleared.path("metadata").has("managedFields")).isFalse();
        assertThat(managers(clearedBelow)).containsExactly("m");
    }

    private static ObjectNode map(String data) {
        return json("{\"metadata\":{\"name\":\"c\"},\"data\":{%s}}".formatted(data));
    }

    private static FieldManager writer(String manager) {
        return FieldManager.updating(manager, "v1", "");
    }

    private static List<String> managers(ObjectNode object) {
        return object.at("/metadata/managedFields").findValuesAsString("manager");
    }

    private static JsonNode entry(ObjectNode object, int index) {
        return object.at("/metadata/managedFields").path(index);
    }

    private static String fields(ObjectNode object, int index) {
        return entry(object, index).path("fieldsV1").toString();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    private static StructType type(String group, String kind) {
        return Schema.builtin().of(new GroupVersionKind(group, "v1", kind)).orElseThrow();
    }
}
