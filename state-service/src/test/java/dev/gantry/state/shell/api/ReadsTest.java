package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadsTest {
    private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        for (String name : List.of("a", "b", "c", "d", "e")) {
            api.post(
                    MAPS,
                    "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"name\":\"%s\"}}}"
                            .formatted(name, name));
        }
    }

    private static List<String> names(Answer list) {
        List<String> names = new ArrayList<>();
        list.at("/items").forEach(each -> names.add(each.at("/metadata/name").asString()));
        return names;
    }

    @Test
    void itemsOfAListNameNoKind() {
        Answer list = api.get(MAPS);

        assertThat(list.text("/kind")).isEqualTo("ConfigMapList");
        assertThat(names(list)).containsExactly("a", "b", "c", "d", "e");
        assertThat(list.at("/items/0").propertyNames()).containsExactly("metadata");
    }

    @Test
    void pagesShowOneMomentToTheEnd() {
        Answer first = api.get(MAPS + "?limit=2");
        assertThat(names(first)).containsExactly("a", "b");
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(3);
        api.delete(MAPS + "/c");

        Answer second = api.get(MAPS + "?limit=2&continue=" + first.text("/metadata/continue"));
        Answer third = api.get(MAPS + "?limit=2&continue=" + second.text("/metadata/continue"));

        assertThat(names(second)).containsExactly("c", "d");
        assertThat(names(third)).containsExactly("e");
        assertThat(third.text("/metadata/continue")).isEmpty();
        assertThat(third.text("/metadata/resourceVersion"))
                .isEqualTo(first.text("/metadata/resourceVersion"));
    }

    @Test
    void pageOfAForgottenMomentMayGoOnInconsistently() {
        String stale =
                new dev.gantry.state.listing.ContinueToken(
                                new dev.gantry.model.meta.Revision(1), "shop/b")
                        .encode();

        Answer expired = api.get(MAPS + "?limit=2&continue=" + stale);
        Answer resumed = api.get(MAPS + "?limit=2&continue=" + expired.text("/metadata/continue"));

        assertThat(expired.code()).isEqualTo(410);
        assertThat(expired.text("/reason")).isEqualTo("Expired");
        assertThat(names(resumed)).containsExactly("c", "d");
    }

    @Test
    void pagesOfASelectionLeaveOtherListsWhole() {
        Answer one = api.get(MAPS + "?fieldSelector=metadata.name%3Db&limit=1");
        String revision = one.text("/metadata/resourceVersion");
        api.delete(MAPS + "/e");

        Answer exact = api.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + revision);

        assertThat(names(one)).containsExactly("b");
        assertThat(names(exact)).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void selectorsSelect() {
        assertThat(names(api.get(MAPS + "?labelSelector=name+in+(a,c)"))).containsExactly("a", "c");
        assertThat(names(api.get(MAPS + "?fieldSelector=metadata.name%3Db"))).containsExactly("b");
        assertThat(names(api.get(MAPS + "?fieldSelector=metadata.name!%3Db")))
                .containsExactly("a", "c", "d", "e");
    }

    @Test
    void unknownFieldIsNoSelector() {
        Answer pods = api.get("/api/v1/pods?fieldSelector=spec.colour%3Dred");
        Answer maps = api.get(MAPS + "?fieldSelector=spec.colour%3Dred");

        assertThat(pods.code()).isEqualTo(400);
        assertThat(pods.message()).isEqualTo("field label not supported: spec.colour");
        assertThat(maps.message())
                .isEqualTo(
                        "\"spec.colour\" is not a known field selector: only \"metadata.name\","
                                + " \"metadata.namespace\"");
    }

    @Test
    void futureRevisionIsWaitedForInVain() {
        Answer answer = api.get(MAPS + "?resourceVersion=999999");

        assertThat(answer.code()).isEqualTo(504);
        assertThat(answer.message())
                .startsWith("Timeout: Too large resource version: 999999, current: ");
        assertThat(answer.text("/details/causes/0/reason")).isEqualTo("ResourceVersionTooLarge");
        assertThat(answer.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
    }

    @Test
    void contradictoryOptionsAreInvalid() {
        assertThat(api.get(MAPS + "?resourceVersionMatch=Exact").code()).isEqualTo(422);
        assertThat(api.get(MAPS + "?resourceVersionMatch=Never&resourceVersion=1").code())
                .isEqualTo(422);
        assertThat(api.get(MAPS + "?resourceVersion=abc").code()).isEqualTo(400);
        assertThat(api.get(MAPS + "?labelSelector=a%3D%3D%3Db").code()).isEqualTo(400);
    }

    @Test
    void metadataAloneIsAnsweredOnRequest() {
        ApiReply.Whole reply =
                (ApiReply.Whole)
                        api.raw(
                                "GET",
                                MAPS,
                                "",
                                Map.of(
                                        "accept",
                                        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"));
        JsonNode list = JsonMapper.shared().readTree(reply.body());

        assertThat(list.path("kind").asString()).isEqualTo("PartialObjectMetadataList");
        assertThat(list.at("/items/0/kind").asString()).isEqualTo("PartialObjectMetadata");
    }

    @Test
    void rowsOfFlowSchemasStandInTheOrderInWhichTheyAreAsked() {
        String schemas = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";
        for (var each : Map.of("a", 500, "b", 400).entrySet()) {
            String made =
                    """
                    {"metadata":{"name":"%s"},"spec":{"matchingPrecedence":%d,
                     "priorityLevelConfiguration":{"name":"workload-low"}}}"""
                            .formatted(each.getKey(), each.getValue());
            assertThat(api.post(schemas, made).code()).isEqualTo(201);
        }

        ApiReply.Whole reply =
                (ApiReply.Whole)
                        api.raw(
                                "GET",
                                schemas,
                                "",
                                Map.of("accept", "application/json;as=Table;g=meta.k8s.io;v=v1"));

        assertThat(
                        JsonMapper.shared()
                                .readTree(reply.body())
                                .path("rows")
                                .valueStream()
                                .map(each -> each.at("/cells/0").asString()))
                .containsExactly("b", "a");
    }
}
