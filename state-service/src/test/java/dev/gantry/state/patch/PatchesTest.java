package dev.gantry.state.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class PatchesTest {
    private static final Optional<StructType> DEPLOYMENT =
            Schema.builtin().of(new GroupVersionKind("apps", "v1", "Deployment"));
    private static final Optional<StructType> SERVICE =
            Schema.builtin().of(new GroupVersionKind("", "v1", "Service"));
    private static final String TWO_CONTAINERS =
            """
            {"spec":{"template":{"spec":{"containers":[
             {"name":"web","image":"web:1","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]},
             {"name":"log","image":"log:1"}]}}}}""";

    @Test
    void mergePatchMergesObjectsAndReplacesLists() {
        assertThat(
                        patched(
                                PatchType.MERGE,
                                "{\"a\":{\"b\":null,\"c\":2},\"l\":[3]}",
                                "{\"a\":{\"b\":1,\"d\":4},\"l\":[1,2]}"))
                .isEqualTo(json("{\"a\":{\"d\":4,\"c\":2},\"l\":[3]}"));
    }

    @Test
    void strategicPatchReplacesTheSelectorOfADisruptionBudgetAsAWhole() {
        ObjectNode budget =
                json(
                        "{\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"a\":\"1\"}}}}");
        String patch = "{\"spec\":{\"selector\":{\"matchLabels\":{\"b\":\"2\"}}}}";
        var type = Schema.builtin().of(new GroupVersionKind("policy", "v1", "PodDisruptionBudget"));

        assertThat(tree(Patches.apply(PatchType.STRATEGIC_MERGE, bytes(patch), budget, type)))
                .isEqualTo(
                        json(
                                "{\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"b\":\"2\"}}}}"));
    }

    @Test
    void jsonPatchPerformsAllOperations() {
        assertThat(
                        patched(
                                PatchType.JSON,
                                """
                                [{"op":"test","path":"/a/b","value":1},
                                 {"op":"replace","path":"/a/b","value":2},
                                 {"op":"add","path":"/l/1","value":"x"},
                                 {"op":"add","path":"/l/-","value":"z"},
                                 {"op":"remove","path":"/l/0"},
                                 {"op":"copy","from":"/a/b","path":"/c"},
                                 {"op":"move","from":"/a","path":"/metadata~1x"}]""",
                                "{\"a\":{\"b\":1},\"l\":[\"w\",\"y\"]}"))
                .isEqualTo(json("{\"l\":[\"x\",\"y\",\"z\"],\"c\":2,\"metadata/x\":{\"b\":2}}"));
    }

    @Test
    void whatIsNoPatchIsRefusedInTheWordsOfItsType() {
        assertThat(refusal(PatchType.JSON, "{}").message())
                .isEqualTo(
                        "error decoding patch: json: cannot unmarshal object into Go value of type"
                                + " []handlers.jsonPatchOp");
        assertThat(refusal(PatchType.MERGE, "[]").message())
                .isEqualTo(
                        "error decoding patch: json: cannot unmarshal array into Go value of type"
                                + " map[string]interface {}");
        assertThat(refusal(PatchType.STRATEGIC_MERGE, "[]").message())
                .isEqualTo(
                        "json: cannot unmarshal array into Go value of type map[string]interface"
                                + " {}");
    }

    @Test
    void anUnknownDirectiveIsAnErrorOfTheServer() {
        Refusal refusal = refusal(PatchType.STRATEGIC_MERGE, "{\"$patch\":\"foo\"}");

        assertThat(StatusBody.codeOf(refusal)).isEqualTo(500);
        assertThat(refusal.message()).isEqualTo("unknown patch type: foo in map: map[$patch:foo]");
    }

    private static Refusal refusal(PatchType type, String patch) {
        return ((Patched.Refused) Patches.apply(type, bytes(patch), json("{}"), DEPLOYMENT)).why();
    }

    /** Compat: a client that writes the first status of an object replaces it. */
    @Test
    void jsonPatchReplacesWhatIsNotThere() {
        assertThat(
                        patched(
                                PatchType.JSON,
                                "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":{\"x\":1}}]",
                                "{\"a\":1}"))
                .isEqualTo(json("{\"a\":1,\"status\":{\"x\":1}}"));
    }

    @Test
    void jsonPatchSaysWhatDoesNotApply() {
        assertThat(refused("[{\"op\":\"remove\",\"path\":\"/a/c\"}]"))
                .isEqualTo(
                        new Refusal.Unprocessable(
                                "error in remove for path: '/a/c': Unable to remove nonexistent"
                                        + " key: c: missing value"));
        assertThat(refused("[{\"op\":\"replace\",\"path\":\"/x/y\",\"value\":1}]"))
                .isEqualTo(
                        new Refusal.Unprocessable(
                                "replace operation does not apply: doc is missing path: \"/x/y\":"
                                        + " missing value"));
        Refusal test = refused("[{\"op\":\"test\",\"path\":\"/a/b\",\"value\":2}]");
        assertThat(test)
                .isEqualTo(new Refusal.Unprocessable("testing value /a/b failed: test failed"));
        assertThat(StatusBody.of(test).path("details").toString()).isEqualTo("{}");
        assertThat(refused("{}")).isInstanceOf(Refusal.BadRequest.class);
        assertThat(refused("[{")).isInstanceOf(Refusal.BadRequest.class);
    }

    @Test
    void jsonPatchCopiesNoMoreThanUpstreamDoes() {
        String large = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        String copy = "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/%s\"}";

        assertThat(
                        patched(
                                        PatchType.JSON,
                                        "[%s,%s]"
                                                .formatted(
                                                        copy.formatted("b"), copy.formatted("c")),
                                        large)
                                .size())
                .isEqualTo(3);
        String four = "[%1$s,%1$s,%1$s,%1$s]".formatted(copy.formatted("b"));
        assertThat(Patches.apply(PatchType.JSON, bytes(four), json(large), Optional.empty()))
                .isEqualTo(
                        new Patched.Refused(
                                new Refusal.Unprocessable(
                                        "Unable to complete the copy, the accumulated size"
                                                + " increase of copy is 3145734, exceeding the"
                                                + " limit 3145728")));
    }

    @Test
    void jsonPatchCopiesNoMoreValuesThanAnObjectMayHave() {
        String many = "{\"a\":[" + "[],".repeat(49_000) + "[]]}";
        String copy = "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"}";

        assertThat(patched(PatchType.JSON, "[%1$s,%1$s]".formatted(copy), many).size())
                .isEqualTo(2);
        String three = "[%1$s,%1$s,%1$s]".formatted(copy);
        assertThat(Patches.apply(PatchType.JSON, bytes(three), json(many), Optional.empty()))
                .isInstanceOfSatisfying(
                        Patched.Refused.class,
                        refused -> assertThat(refused.why()).isInstanceOf(Refusal.TooLarge.class));
    }

    @Test
    void jsonPatchNestsNoDeeperThanAnObjectMay() {
        String deep = "{\"a\":".repeat(110) + "1" + "}".repeat(110);
        String twice =
                "[{\"op\":\"copy\",\"from\":\"\",\"path\":\"/b\"},{\"op\":\"move\",\"from\":\"/b\",\"path\":\"%s/b\"}]";

        assertThat(
                        Patches.apply(
                                PatchType.JSON,
                                bytes(twice.formatted("/a".repeat(89))),
                                json(deep),
                                Optional.empty()))
                .isInstanceOf(Patched.Tree.class);
        assertThat(
                        Patches.apply(
                                PatchType.JSON,
                                bytes(twice.formatted("/a".repeat(90))),
                                json(deep),
                                Optional.empty()))
                .isEqualTo(
                        new Patched.Refused(
                                new Refusal.Unprocessable(
                                        "the patched document exceeds max depth")));
    }

    @Test
    void setImageChangesOnlyThatContainer() {
        assertThat(
                        strategic(
                                "{\"spec\":{\"template\":{\"spec\":{\"$setElementOrder/containers\":[{\"name\":\"web\"},{\"name\":\"log\"}],"
                                        + "\"containers\":[{\"image\":\"web:2\",\"name\":\"web\"}]}}}}",
                                TWO_CONTAINERS,
                                DEPLOYMENT))
                .isEqualTo(json(TWO_CONTAINERS.replace("web:1", "web:2")));
    }

    @Test
    void deletesItemsByTheirKey() {
        assertThat(
                        strategic(
                                """
                                {"spec":{"template":{"spec":{"containers":[
                                 {"name":"web","env":[{"$patch":"delete","name":"A"}]},
                                 {"$patch":"delete","name":"log"}]}}}}""",
                                TWO_CONTAINERS,
                                DEPLOYMENT))
                .isEqualTo(
                        json(
                                """
                                {"spec":{"template":{"spec":{"containers":[
                                 {"name":"web","image":"web:1","env":[{"name":"B","value":"2"}]}]}}}}"""));
    }

    @Test
    void ordersAndAddsItems() {
        assertThat(
                        strategic(
                                """
                                {"spec":{"$setElementOrder/ports":[{"port":3},{"port":1}],
                                 "ports":[{"port":3,"name":"three"}]}}""",
                                "{\"spec\":{\"ports\":[{\"port\":1},{\"port\":2}]}}",
                                SERVICE))
                .isEqualTo(
                        json(
                                "{\"spec\":{\"ports\":[{\"port\":3,\"name\":\"three\"},{\"port\":1},{\"port\":2}]}}"));
    }

    @Test
    void replacesListsAndMapsOnDemand() {
        assertThat(
                        strategic(
                                """
                                {"metadata":{"labels":{"$patch":"replace","x":"y"}},"spec":{"template":{"spec":{
                                 "containers":[{"name":"only"},{"$patch":"replace"}]}}}}""",
                                "{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                                        + TWO_CONTAINERS.strip().substring(1),
                                DEPLOYMENT))
                .isEqualTo(
                        json(
                                """
                                {"metadata":{"labels":{"x":"y"}},"spec":{"template":{"spec":{"containers":[{"name":"only"}]}}}}"""));
    }

    /** Compat: what only the patch has comes first, unless the patch orders otherwise. */
    @Test
    void mergesAndShrinksListsOfPlainValues() {
        String before = "{\"metadata\":{\"finalizers\":[\"a\",\"b\"]}}";
        assertThat(strategic("{\"metadata\":{\"finalizers\":[\"c\"]}}", before, SERVICE))
                .isEqualTo(json("{\"metadata\":{\"finalizers\":[\"c\",\"a\",\"b\"]}}"));
        assertThat(
                        strategic(
                                "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"a\"]}}",
                                before,
                                SERVICE))
                .isEqualTo(json("{\"metadata\":{\"finalizers\":[\"b\"]}}"));
    }

    @Test
    void retainsOnlyTheKeysNamed() {
        assertThat(
                        strategic(
                                """
                                {"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}""",
                                "{\"spec\":{\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":1}}}}",
                                DEPLOYMENT))
                .isEqualTo(json("{\"spec\":{\"strategy\":{\"type\":\"Recreate\"}}}"));
    }

    @Test
    void leavesOutNullsAndDirectivesOfWhatIsNew() {
        assertThat(
                        strategic(
                                "{\"metadata\":{\"labels\":{\"a\":null,\"b\":\"c\"}},\"spec\":{\"$setElementOrder/ports\":[],\"selector\":{\"$patch\":\"delete\"}}}",
                                "{\"spec\":{\"selector\":{\"x\":\"y\"}}}",
                                SERVICE))
                .isEqualTo(
                        json(
                                "{\"spec\":{\"selector\":{}},\"metadata\":{\"labels\":{\"b\":\"c\"}}}"));
    }

    @Test
    void refusesItemsWithoutTheirKey() {
        assertThat(
                        Patches.apply(
                                PatchType.STRATEGIC_MERGE,
                                bytes("{\"spec\":{\"ports\":[{\"name\":\"x\"}]}}"),
                                json("{\"spec\":{\"ports\":[{\"port\":1}]}}"),
                                SERVICE))
                .isEqualTo(
                        new Patched.Refused(
                                new Refusal.Unprocessable(
                                        "map: {\"name\":\"x\"} does not contain declared merge key:"
                                                + " port")));
    }

    @Test
    void leavesTheStoredTreeAsItIs() {
        ObjectNode stored = json(TWO_CONTAINERS);
        Patches.apply(
                PatchType.STRATEGIC_MERGE,
                bytes(
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"x\"}]}}}}"),
                stored,
                DEPLOYMENT);
        assertThat(stored).isEqualTo(json(TWO_CONTAINERS));
    }

    private static ObjectNode strategic(String patch, String object, Optional<StructType> type) {
        return tree(Patches.apply(PatchType.STRATEGIC_MERGE, bytes(patch), json(object), type));
    }

    private static ObjectNode patched(PatchType type, String patch, String object) {
        return tree(Patches.apply(type, bytes(patch), json(object), Optional.empty()));
    }

    private static ObjectNode tree(Patched outcome) {
        return switch (outcome) {
            case Patched.Tree(var tree, _) -> tree;
            case Patched.Refused(var why) -> throw new AssertionError(why);
        };
    }

    private static Refusal refused(String patch) {
        return switch (Patches.apply(
                PatchType.JSON, bytes(patch), json("{\"a\":{\"b\":1}}"), Optional.empty())) {
            case Patched.Tree(var tree, _) -> throw new AssertionError(tree);
            case Patched.Refused(var why) -> why;
        };
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
