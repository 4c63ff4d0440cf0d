package dev.gantry.state.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import dev.gantry.state.apply.ServerSideApply.Request;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ServerSideApplyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final StructType CONFIG_MAP = type("", "ConfigMap");
    private static final StructType DEPLOYMENT = type("apps", "Deployment");
    private static final String HEAD =
            "\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"c\"}";

    @Test
    void notesWhatTheFirstApplySets() {
        ObjectNode made =
                create(
                        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"c\",\"labels\":{\"x\":\"y\"}},\"data\":{\"a\":\"1\"}}",
                        CONFIG_MAP);
        JsonNode entry = made.at("/metadata/managedFields/0");
        assertThat(entry.toString())
                .isEqualTo(
                        "{\"manager\":\"one\",\"operation\":\"Apply\",\"apiVersion\":\"v1\",\"time\":\"2026-01-01T00:00:00Z\","
                                + "\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:data\":{\"f:a\":{}},\"f:metadata\":{\"f:labels\":{\"f:x\":{}}}}}");
    }

    @Test
    void removesWhatIsNoLongerApplied() {
        ObjectNode made = create("{" + HEAD + ",\"data\":{\"a\":\"1\",\"b\":\"2\"}}", CONFIG_MAP);
        ObjectNode next = apply(made, "{" + HEAD + ",\"data\":{\"b\":\"2\"}}", "one", CONFIG_MAP);
        assertThat(next.path("data").toString()).isEqualTo("{\"b\":\"2\"}");
    }

    @Test
    void keepsWhatAnotherManagerAppliesToo() {
        ObjectNode made = create("{" + HEAD + ",\"data\":{\"a\":\"1\",\"b\":\"2\"}}", CONFIG_MAP);
        ObjectNode shared = apply(made, "{" + HEAD + ",\"data\":{\"a\":\"1\"}}", "two", CONFIG_MAP);
        ObjectNode next = apply(shared, "{" + HEAD + ",\"data\":{\"b\":\"2\"}}", "one", CONFIG_MAP);
        assertThat(next.path("data").toString()).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
        assertThat(next.at("/metadata/managedFields").size()).isEqualTo(2);
    }

    @Test
    void refusesToChangeFieldsOfOthers() {
        ObjectNode made = create("{" + HEAD + ",\"data\":{\"a\":\"1\",\"b\":\"2\"}}", CONFIG_MAP);
        Refusal one = refuse(made, "{" + HEAD + ",\"data\":{\"a\":\"9\"}}", CONFIG_MAP);
        assertThat(one.message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.a");
        assertThat(StatusBody.codeOf(one)).isEqualTo(409);
        assertThat(StatusBody.of(one).at("/details/causes/0").toString())
                .isEqualTo(
                        "{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with \\\"one\\\"\",\"field\":\".data.a\"}");
        Refusal both =
                refuse(made, "{" + HEAD + ",\"data\":{\"a\":\"9\",\"b\":\"9\"}}", CONFIG_MAP);
        assertThat(both.message())
                .isEqualTo(
                        "Apply failed with 2 conflicts: conflicts with \"one\":\n- .data.a\n- .data.b");
    }

    @Test
    void takesFieldsOverByForce() {
        ObjectNode made = create("{" + HEAD + ",\"data\":{\"a\":\"1\",\"b\":\"2\"}}", CONFIG_MAP);
        Judged<ObjectNode> outcome =
                engine(CONFIG_MAP)
                        .apply(
                                made,
                                new Request(
                                        json("{" + HEAD + ",\"data\":{\"a\":\"9\"}}"),
                                        FieldManager.applying("two", "v1", ""),
                                        true));
        ObjectNode taken = tree(outcome);
        assertThat(taken.at("/data/a").asString()).isEqualTo("9");
        assertThat(taken.at("/metadata/managedFields/0/fieldsV1").toString())
                .isEqualTo("{\"f:data\":{\"f:b\":{}}}");
        assertThat(taken.at("/metadata/managedFields/1/fieldsV1").toString())
                .isEqualTo("{\"f:data\":{\"f:a\":{}}}");
    }

    @Test
    void mergesListsByTheirKeys() {
        ObjectNode made =
                create(
                        deployment(
                                "{\"name\":\"web\",\"image\":\"web:1\",\"ports\":[{\"containerPort\":80}]}"),
                        DEPLOYMENT);
        assertThat(
                        made.at(
                                        "/metadata/managedFields/0/fieldsV1/f:spec/f:template/f:spec/f:containers")
                                .toString())
                .isEqualTo(
                        "{\"k:{\\\"name\\\":\\\"web\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{},\"f:ports\":{"
                                + "\"k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},\"f:containerPort\":{}}}}}");
        ObjectNode shared =
                apply(
                        made,
                        deployment("{\"name\":\"log\",\"image\":\"log:1\"}"),
                        "two",
                        DEPLOYMENT);
        assertThat(names(shared)).containsExactly("web", "log");
        Refusal conflict =
                refuse(made, deployment("{\"name\":\"web\",\"image\":\"web:2\"}"), DEPLOYMENT);
        assertThat(conflict.message())
                .isEqualTo(
                        "Apply failed with 1 conflict: conflict with \"one\": .spec.template.spec.containers[name=\"web\"].image");
        ObjectNode next =
                apply(
                        shared,
                        deployment("{\"name\":\"new\",\"image\":\"new:1\"}"),
                        "one",
                        DEPLOYMENT);
        assertThat(names(next)).containsExactlyInAnyOrder("log", "new");
    }

    @Test
    void removesDefaultsWithTheFieldThatBroughtThem() {
        ObjectNode made =
                create(
                        deployment(
                                "{\"name\":\"web\",\"livenessProbe\":{\"httpGet\":{\"port\":80}}}"),
                        DEPLOYMENT);
        ((ObjectNode) made.at("/spec/template/spec/containers/0/livenessProbe"))
                .put("periodSeconds", 10);
        ((ObjectNode) made.at("/spec/template/spec/containers/0")).put("imagePullPolicy", "Always");
        ObjectNode next = apply(made, deployment("{\"name\":\"web\"}"), "one", DEPLOYMENT);
        assertThat(next.at("/spec/template/spec/containers/0").toString())
                .isEqualTo("{\"name\":\"web\",\"imagePullPolicy\":\"Always\"}");
    }

    @Test
    void remembersWhatWasThereBeforeTheFirstApply() {
        ObjectNode plain = json("{" + HEAD + ",\"data\":{\"a\":\"1\"}}");
        assertThat(refuse(plain, "{" + HEAD + ",\"data\":{\"a\":\"2\"}}", CONFIG_MAP).message())
                .isEqualTo(
                        "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
        ObjectNode applied =
                apply(
                        plain,
                        "{" + HEAD + ",\"data\":{\"a\":\"1\",\"b\":\"2\"}}",
                        "one",
                        CONFIG_MAP);
        assertThat(applied.at("/metadata/managedFields/0/manager").asString()).isEqualTo("one");
        assertThat(applied.at("/metadata/managedFields/1/manager").asString())
                .isEqualTo("before-first-apply");
    }

    @Test
    void letsKubectlMoveFromItsOwnApply() {
        ObjectNode plain =
                json(
                        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"c\",\"annotations\":{"
                                + "\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"apiVersion\\\":\\\"v1\\\",\\\"data\\\":{\\\"a\\\":\\\"1\\\"}}\"}},\"data\":{\"a\":\"1\"}}");
        ObjectNode next =
                apply(plain, "{" + HEAD + ",\"data\":{\"a\":\"2\"}}", "kubectl", CONFIG_MAP);
        assertThat(next.at("/data/a").asString()).isEqualTo("2");
    }

    @Test
    void changesNothingWhenAppliedAgain() {
        String config = deployment("{\"name\":\"web\",\"image\":\"web:1\"}");
        ObjectNode made = create(config, DEPLOYMENT);
        Judged<ObjectNode> again =
                new ServerSideApply(Scope.whole(DEPLOYMENT), NOW.plusSeconds(60))
                        .apply(
                                made,
                                new Request(
                                        json(config),
                                        FieldManager.applying("one", "apps/v1", ""),
                                        false));
        assertThat(tree(again)).isEqualTo(made);
    }

    @Test
    void notesUpdatesOnceAnObjectIsApplied() {
        ObjectNode made = create("{" + HEAD + ",\"data\":{\"a\":\"1\",\"b\":\"2\"}}", CONFIG_MAP);
        ObjectNode updated = made.deepCopy();
        ((ObjectNode) updated.path("data")).put("a", "9").put("c", "3").remove("b");
        FieldTracking.updated(
                updated,
                made,
                Scope.whole(CONFIG_MAP),
                FieldManager.updating("edit", "v1", ""),
                NOW);
        assertThat(updated.at("/metadata/managedFields").size()).isEqualTo(1);
        assertThat(updated.at("/metadata/managedFields/0/manager").asString()).isEqualTo("edit");
        assertThat(updated.at("/metadata/managedFields/0/fieldsV1").toString())
                .isEqualTo("{\"f:data\":{\"f:a\":{},\"f:c\":{}}}");
        assertThat(refuse(updated, "{" + HEAD + ",\"data\":{\"a\":\"1\"}}", CONFIG_MAP).message())
                .isEqualTo(
                        "Apply failed with 1 conflict: conflict with \"edit\" using v1: .data.a");
    }

    @Test
    void notesNothingForObjectsThatWereNeverApplied() {
        ObjectNode plain = json("{" + HEAD + ",\"data\":{\"a\":\"1\"}}");
        ObjectNode updated = json("{" + HEAD + ",\"data\":{\"a\":\"2\"}}");
        FieldTracking.updated(
                updated,
                plain,
                Scope.whole(CONFIG_MAP),
                FieldManager.updating("edit", "v1", ""),
                NOW);
        assertThat(updated.at("/metadata").has("managedFields")).isFalse();
    }

    @Test
    void appliesCustomResourcesPartByPart() {
        StructType custom = Schema.builtin().custom();
        String head = "\"kind\":\"Chair\",\"apiVersion\":\"x/v1\",\"metadata\":{\"name\":\"c\"}";
        ObjectNode made = create("{" + head + ",\"spec\":{\"legs\":4,\"parts\":[1,2]}}", custom);
        assertThat(made.at("/metadata/managedFields/0/fieldsV1").toString())
                .isEqualTo("{\"f:spec\":{\".\":{},\"f:legs\":{},\"f:parts\":{}}}");
        ObjectNode next = apply(made, "{" + head + ",\"spec\":{\"legs\":4}}", "one", custom);
        assertThat(next.path("spec").toString()).isEqualTo("{\"legs\":4}");
    }

    @Test
    void readsAndWritesFieldSets() {
        String text = "{\"f:a\":{},\"f:m\":{\".\":{},\"k:{\\\"n\\\":1}\":{\".\":{},\"f:n\":{}}}}";
        assertThat(FieldSet.parseRoot(json(text)).toJson().toString()).isEqualTo(text);
    }

    private static String deployment(String container) {
        return "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"metadata\":{\"name\":\"d\"},\"spec\":{\"template\":{\"spec\":{\"containers\":["
                + container
                + "]}}}}";
    }

    private static java.util.List<String> names(ObjectNode deployment) {
        java.util.List<String> names = new java.util.ArrayList<>();
        deployment
                .at("/spec/template/spec/containers")
                .forEach(each -> names.add(each.path("name").asString()));
        return names;
    }

    private static ObjectNode create(String config, StructType type) {
        ObjectNode tree = json(config);
        FieldManager writer = FieldManager.applying("one", tree.path("apiVersion").asString(), "");
        return tree(engine(type).create(new Request(tree, writer, false)));
    }

    private static ObjectNode apply(
            ObjectNode live, String config, String manager, StructType type) {
        ObjectNode tree = json(config);
        FieldManager writer =
                FieldManager.applying(manager, tree.path("apiVersion").asString(), "");
        return tree(engine(type).apply(live, new Request(tree, writer, false)));
    }

    private static Refusal refuse(ObjectNode live, String config, StructType type) {
        ObjectNode tree = json(config);
        FieldManager writer = FieldManager.applying("two", tree.path("apiVersion").asString(), "");
        return switch (engine(type).apply(live, new Request(tree, writer, false))) {
            case Judged.Accepted(var applied) -> throw new AssertionError(applied);
            case Judged.Refused(var why) -> why;
        };
    }

    private static ServerSideApply engine(StructType type) {
        return new ServerSideApply(Scope.whole(type), NOW);
    }

    private static ObjectNode tree(Judged<ObjectNode> outcome) {
        return switch (outcome) {
            case Judged.Accepted(var tree) -> tree;
            case Judged.Refused(var why) -> throw new AssertionError(why);
        };
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    private static StructType type(String group, String kind) {
        return Schema.builtin().of(new GroupVersionKind(group, "v1", kind)).orElseThrow();
    }
}
