package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events are one resource that is served in two versions. */
class EventVersionsTest {
    private static final String CORE = "/api/v1/namespaces/shop/events";
    private static final String OWN = "/apis/events.k8s.io/v1/namespaces/shop/events";
    private static final String OLD =
            """
            {"metadata":{"name":"old"},"involvedObject":{"kind":"Pod","name":"web","namespace":"shop"},
            "reason":"Started","message":"it runs","source":{"component":"kubelet","host":"a"},
            "count":3,"type":"Normal"}""";
    private static final String NEW =
            """
            {"metadata":{"name":"new"},"regarding":{"kind":"Pod","name":"web","namespace":"shop"},
            "reason":"Started","note":"it runs","type":"Normal","action":"Start",
            "eventTime":"2026-11-24T10:00:00.000000Z",
            "reportingController":"example.com/c","reportingInstance":"c-1"}""";

    private static final String SERIES =
            """
            {"series":{"count":2,"lastObservedTime":"2026-11-24T10:01:00.000000Z"}}""";

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    @Test
    void whatIsWrittenInOneVersionIsReadInTheOther() {
        assertThat(api.post(CORE, OLD).code()).isEqualTo(201);
        Answer made = api.post(OWN, NEW);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/apiVersion")).isEqualTo("events.k8s.io/v1");
        assertThat(made.text("/note")).isEqualTo("it runs");

        Answer old = api.get(OWN + "/old");
        assertThat(old.text("/apiVersion")).isEqualTo("events.k8s.io/v1");
        assertThat(old.text("/regarding/name")).isEqualTo("web");
        assertThat(old.text("/deprecatedSource/host")).isEqualTo("a");
        assertThat(old.at("/deprecatedCount").asInt()).isEqualTo(3);
        assertThat(old.body().has("message")).isFalse();

        Answer young = api.get(CORE + "/new");
        assertThat(young.text("/apiVersion")).isEqualTo("v1");
        assertThat(young.text("/involvedObject/name")).isEqualTo("web");
        assertThat(young.text("/reportingComponent")).isEqualTo("example.com/c");
        assertThat(young.body().has("note")).isFalse();
    }

    @Test
    void aListIsOfOneVersion() {
        api.post(CORE, OLD);
        api.post(OWN, NEW);
        Answer list = api.get(OWN + "?fieldSelector=regarding.name%3Dweb,reason%3DStarted");
        assertThat(list.text("/kind")).isEqualTo("EventList");
        assertThat(list.text("/apiVersion")).isEqualTo("events.k8s.io/v1");
        assertThat(list.at("/items").size()).isEqualTo(2);
        for (JsonNode item : list.at("/items")) {
            assertThat(item.has("kind")).isFalse();
            assertThat(item.path("note").asString()).isEqualTo("it runs");
        }
    }

    @Test
    void whatIsSaidOfAnEventNamesItsResourceInThatVersion() {
        assertThat(api.get(OWN + "/nope").message())
                .isEqualTo("events.events.k8s.io \"nope\" not found");
        assertThat(api.get(CORE + "/nope").message()).isEqualTo("events \"nope\" not found");
        assertThat(api.get(OWN + "?fieldSelector=source%3Dkubelet").message())
                .isEqualTo("field label not supported: source");
        assertThat(api.get(CORE + "?fieldSelector=source%3Dkubelet").code()).isEqualTo(200);
    }

    @Test
    void strictRulesHoldInTheNewVersionOnly() {
        Answer refused =
                api.post(
                        OWN,
                        "{\"metadata\":{\"name\":\"x\"},\"type\":\"Odd\",\"deprecatedCount\":1}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .contains(
                        "eventTime: Required value",
                        "type: Invalid value: \"\": has invalid value: Odd",
                        "count: Invalid value: \"\": needs to be unset");
        api.post(OWN, NEW);
        Answer changed = api.patch(OWN + "/new", "merge-patch+json", "{\"note\":\"other\"}");
        assertThat(changed.message())
                .contains("message: Invalid value: \"other\": field is immutable");
        assertThat(api.patch(CORE + "/new", "merge-patch+json", "{\"message\":\"other\"}").code())
                .isEqualTo(200);
        assertThat(api.get(OWN + "/new").text("/note")).isEqualTo("other");
    }

    @Test
    void aPatchSpeaksTheVersionOfItsPath() {
        api.post(OWN, NEW);
        Answer patched = api.patch(OWN + "/new", "strategic-merge-patch+json", SERIES);
        assertThat(patched.code()).as(patched.message()).isEqualTo(200);
        assertThat(patched.text("/note")).isEqualTo("it runs");
        assertThat(api.get(CORE + "/new").at("/series/count").asInt()).isEqualTo(2);
    }

    @Test
    void whoSetWhatIsToldInTheVersionInWhichTheySetIt() {
        String config =
                NEW.replaceFirst("\\{", "{\"apiVersion\":\"events.k8s.io/v1\",\"kind\":\"Event\",");
        Answer made = api.patch(OWN + "/new?fieldManager=one", "apply-patch+yaml", config);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        Answer patched = api.patch(OWN + "/new?fieldManager=two", "merge-patch+json", SERIES);
        String applied = patched.at("/metadata/managedFields/0").toString();
        assertThat(applied).contains("\"apiVersion\":\"events.k8s.io/v1\"", "f:note");
        String updated = patched.at("/metadata/managedFields/1").toString();
        assertThat(updated).contains("\"apiVersion\":\"events.k8s.io/v1\"", "f:series");
        assertThat(api.get(CORE + "/new").text("/message")).isEqualTo("it runs");
    }

    @Test
    void aWatcherSeesEventsInItsVersion() throws InterruptedException {
        api.post(CORE, OLD);
        ApiReply.Streaming reply =
                (ApiReply.Streaming) api.raw("GET", OWN + "?watch=1", "", Map.of());
        try (var frames = reply.frames()) {
            JsonNode event = JsonMapper.shared().readTree(frames.next());
            assertThat(event.at("/object/note").asString()).isEqualTo("it runs");
        }
        ApiReply.Streaming other =
                (ApiReply.Streaming) api.raw("GET", CORE + "?watch=1", "", Map.of());
        try (var frames = other.frames()) {
            JsonNode event = JsonMapper.shared().readTree(frames.next());
            assertThat(event.at("/object/message").asString()).isEqualTo("it runs");
        }
    }

    @Test
    void bothVersionsHaveTheSameTable() {
        api.post(OWN, NEW);
        Map<String, String> table =
                Map.of("accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        ApiReply.Whole core = (ApiReply.Whole) api.raw("GET", CORE, "", table);
        ApiReply.Whole own = (ApiReply.Whole) api.raw("GET", OWN, "", table);
        assertThat(cells(own)).isEqualTo(cells(core)).contains("it runs");
    }

    private static String cells(ApiReply.Whole reply) {
        return JsonMapper.shared().readTree(reply.body()).at("/rows/0/cells").toString();
    }
}
