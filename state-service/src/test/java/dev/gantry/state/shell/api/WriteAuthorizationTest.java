package dev.gantry.state.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.RoleRef;
import dev.gantry.authorization.Verdict;
import dev.gantry.authorization.Verdicts;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Writes by those who may write such objects, and hold less than what they write. */
class WriteAuthorizationTest {
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
    private static final String ROLES = RBAC + "/namespaces/shop/roles";
    private static final String BINDINGS = RBAC + "/namespaces/shop/rolebindings";
    private static final String CLUSTER_ROLES = RBAC + "/clusterroles";
    private static final String CLAIM = "/apis/resource.k8s.io/v1/namespaces/shop/resourceclaims/c";
    private static final String ON_N1 =
            "\"allocation\":{\"nodeSelector\":{\"nodeSelectorTerms\":[{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"n1\"]}]}]}}";
    private static final String HELD = "permissions not currently held:\n";
    private static final Caller JANE = TestApi.caller("jane", "dev", "system:authenticated");

    private TestApi api;

    /** Jane holds the reading of pods, and may do as she likes with roles but for escalating. */
    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        made(CLUSTER_ROLES, role("ClusterRole", "strong", "*", "*"));
        made(CLUSTER_ROLES, role("ClusterRole", "reader", "get", "pods"));
        made(RBAC + "/clusterrolebindings", binding("ClusterRoleBinding", "jane", "reader"));
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, YAML, PROTOBUF})
    void nobodyCreatesARoleThatIsMoreThanTheyHold(String type) {
        Answer refused = asJane("POST", ROLES, role("Role", "r", "delete", "pods"), type);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "roles.rbac.authorization.k8s.io \"r\" is forbidden: user \"jane\""
                                + " (groups=[\"dev\" \"system:authenticated\"]) is attempting to"
                                + " grant RBAC "
                                + HELD
                                + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"delete\"]}");
        assertThat(api.get(ROLES + "/r").code()).isEqualTo(404);
        Answer rehearsed =
                asJane("POST", ROLES + "?dryRun=All", role("Role", "r", "delete", "pods"), type);
        assertThat(rehearsed.code()).isEqualTo(403);

        Answer granted = asJane("POST", ROLES, role("Role", "r", "get", "pods"), type);
        assertThat(granted.code()).as(granted.message()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, YAML, PROTOBUF})
    void nobodyUpdatesARoleToMoreThanTheyHold(String type) {
        made(ROLES, role("Role", "r", "get", "pods"));
        Answer refused = asJane("PUT", ROLES + "/r", role("Role", "r", "list", "pods"), type);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message()).contains(HELD);
        assertThat(api.get(ROLES + "/r").text("/rules/0/verbs/0")).isEqualTo("get");
        String path = ROLES + "/new";
        assertThat(asJane("PUT", path, role("Role", "new", "list", "pods"), type).code())
                .as("an update creates it")
                .isEqualTo(403);
        assertThat(api.get(path).code()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "merge-patch+json | {\"rules\":[{\"verbs\":[\"*\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}",
                "strategic-merge-patch+json | {\"rules\":[{\"verbs\":[\"*\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}",
                "json-patch+json | [{\"op\":\"add\",\"path\":\"/rules/0/verbs/-\",\"value\":\"*\"}]",
                "apply-patch+yaml | {\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"Role\",\"metadata\":{\"name\":\"r\"},\"rules\":[{\"verbs\":[\"*\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}"
            })
    void noPatchMakesMoreOfARoleThanItsWriterHolds(String type, String patch) {
        made(ROLES, role("Role", "r", "get", "pods"));
        String path = ROLES + "/r" + (type.startsWith("apply") ? "?fieldManager=m&force=true" : "");
        Answer refused = asJane("PATCH", path, patch, "application/" + type);
        assertThat(refused.code()).as(refused.message()).isEqualTo(403);
        assertThat(refused.message()).contains(HELD);
        assertThat(api.get(ROLES + "/r").at("/rules").toString()).doesNotContain("*");
    }

    @Test
    void nobodyAppliesANewRoleThatIsMoreThanTheyHold() {
        String path = ROLES + "/r?fieldManager=m";
        String type = "application/apply-patch+yaml";
        assertThat(asJane("PATCH", path, role("Role", "r", "*", "pods"), type).code())
                .isEqualTo(403);
        assertThat(asJane("PATCH", path, role("Role", "r", "get", "pods"), type).code())
                .isEqualTo(201);
    }

    @Test
    void aLabelOnAStrongRoleIsAGrantAndWhatTheGarbageCollectorChangesIsNone() {
        String strong = CLUSTER_ROLES + "/strong";
        Answer labelled =
                asJane(
                        "PATCH",
                        strong,
                        "{\"metadata\":{\"labels\":{\"rbac.authorization.k8s.io/aggregate-to-view\":\"true\"}}}",
                        "application/merge-patch+json");
        assertThat(labelled.code()).isEqualTo(403);
        assertThat(labelled.message()).contains(HELD);
        Answer owned =
                asJane(
                        "PATCH",
                        strong,
                        "{\"metadata\":{\"finalizers\":[\"a.b/c\"]}}",
                        "application/merge-patch+json");
        assertThat(owned.code()).as(owned.message()).isEqualTo(200);
        assertThat(owned.text("/metadata/finalizers/0")).isEqualTo("a.b/c");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, YAML, PROTOBUF})
    void nobodyBindsARoleThatIsMoreThanTheyHold(String type) {
        Answer refused = asJane("POST", BINDINGS, binding("RoleBinding", "b", "strong"), type);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .contains(HELD + "{APIGroups:[\"\"], Resources:[\"*\"], Verbs:[\"*\"]}");
        Answer gone = asJane("POST", BINDINGS, binding("RoleBinding", "b", "gone"), type);
        assertThat(gone.code()).isEqualTo(404);
        assertThat(gone.message())
                .isEqualTo("clusterroles.rbac.authorization.k8s.io \"gone\" not found");
        Answer bound = asJane("POST", BINDINGS, binding("RoleBinding", "b", "reader"), type);
        assertThat(bound.code()).as(bound.message()).isEqualTo(201);
    }

    @Test
    void whoMayBindOrEscalateGrantsMoreThanTheyHoldAtOnce() {
        assertThat(asJane("POST", BINDINGS, binding("RoleBinding", "b", "strong"), JSON).code())
                .isEqualTo(403);
        assertThat(asJane("POST", ROLES, role("Role", "r", "*", "*"), JSON).code()).isEqualTo(403);
        made(
                CLUSTER_ROLES,
                role("ClusterRole", "granter", "bind", "clusterroles")
                        .replace("[\"\"]", "[\"rbac.authorization.k8s.io\"]")
                        .replace(
                                "}]}",
                                "},{\"verbs\":[\"escalate\"],\"apiGroups\":[\"*\"],\"resources\":[\"roles\"]}]}"));
        made(BINDINGS, binding("RoleBinding", "granters", "granter"));
        assertThat(asJane("POST", BINDINGS, binding("RoleBinding", "b", "strong"), JSON).code())
                .isEqualTo(201);
        assertThat(asJane("POST", ROLES, role("Role", "r", "*", "*"), JSON).code()).isEqualTo(201);

        api.delete(BINDINGS + "/granters");
        api.delete(BINDINGS + "/b");
        assertThat(asJane("POST", BINDINGS, binding("RoleBinding", "c", "strong"), JSON).code())
                .as("a right that is taken back")
                .isEqualTo(403);
    }

    @Test
    void whatWouldBeRefusedIsAskedOfTheAuthorizersOfTheGateway() {
        String strong = role("Role", "r", "*", "*");
        AskedAccess escalate =
                AskedAccess.ofSender(
                        Access.resource(
                                "escalate",
                                new GroupResource(RoleRef.GROUP, "roles"),
                                "",
                                "shop",
                                ""));

        ApiReply asking = judged(ROLES, strong, Verdicts.NONE);
        assertThat(asking.code()).isEqualTo(428);
        assertThat(Verdicts.questionsOf(asking.headers().get(ApiReply.ASKED_ACCESS)))
                .containsExactly(escalate);
        assertThat(api.get(ROLES + "/r").code()).isEqualTo(404);

        Verdicts no = Verdicts.NONE.with(escalate, new Verdict.NoOpinion(""));
        assertThat(judged(ROLES, strong, no).code()).isEqualTo(403);
        Verdicts yes = Verdicts.NONE.with(escalate, new Verdict.Allowed(""));
        assertThat(judged(ROLES, strong, yes).code()).isEqualTo(201);
        assertThat(judged(ROLES, role("Role", "weak", "get", "pods"), Verdicts.NONE).code())
                .as("what is held anyway needs nobody's word")
                .isEqualTo(201);
    }

    @Test
    void theRightToBindIsAskedOfTheAuthorizersOfTheGateway() {
        ApiReply asking = judged(BINDINGS, binding("RoleBinding", "b", "strong"), Verdicts.NONE);
        assertThat(Verdicts.questionsOf(asking.headers().get(ApiReply.ASKED_ACCESS)))
                .containsExactly(
                        AskedAccess.ofSender(
                                Access.resource(
                                        "bind",
                                        new GroupResource(RoleRef.GROUP, "clusterroles"),
                                        "",
                                        "shop",
                                        "strong")));
    }

    /** As the gateway hands it over where other authorizers than the roles are configured. */
    private ApiReply judged(String path, String body, Verdicts verdicts) {
        return api.raw(
                JANE,
                "POST",
                path,
                body.getBytes(UTF_8),
                Map.of("content-type", JSON, ApiCall.VERDICTS, verdicts.toText()));
    }

    @Test
    void onlyWhoHoldsEverythingUsesAnAggregationRule() {
        String gathering =
                """
                {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole",
                 "metadata":{"name":"g"},
                 "aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"a":"b"}}]}}
                """;
        Answer refused = asJane("POST", CLUSTER_ROLES, gathering, JSON);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .endsWith("must have cluster-admin privileges to use the aggregationRule");
        made(CLUSTER_ROLES, gathering);
        Answer taken =
                asJane(
                        "PATCH",
                        CLUSTER_ROLES + "/g",
                        "{\"aggregationRule\":null}",
                        "application/merge-patch+json");
        assertThat(taken.code()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, YAML, PROTOBUF})
    void aNodeRegistersItselfAndNoOther(String type) {
        Caller node = TestApi.caller("system:node:n1", "system:nodes", "system:authenticated");
        String n2 = "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n2\"}}";
        Answer refused = ask(node, "POST", "/api/v1/nodes", n2, type);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node"
                                + " \"n2\"");
        assertThat(api.get("/api/v1/nodes/n2").code()).isEqualTo(404);
        assertThat(ask(node, "POST", "/api/v1/nodes", n2.replace("n2", "n1"), type).code())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, YAML, PROTOBUF})
    void whoWritesTheStatusOfAClaimNeedsTheRightToThatPartOfIt(String type) {
        String claim = claim("");
        made(CLAIM.substring(0, CLAIM.lastIndexOf('/')), claim);
        assertThat(asJane("PUT", CLAIM + "/status", claim, type).code()).isEqualTo(200);
        Answer refused = asJane("PUT", CLAIM + "/status", claim("," + ON_N1), type);
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "ResourceClaim.resource.k8s.io \"c\" is invalid: status: Forbidden:"
                                + " changing status.allocation or status.reservedFor requires"
                                + " resource=\"resourceclaims/binding\", verb=\"update\""
                                + " permission: resourceclaims.resource.k8s.io is forbidden: User"
                                + " \"jane\" cannot update resource \"resourceclaims/binding\" in"
                                + " API group \"resource.k8s.io\" at the cluster scope");
        assertThat(api.get(CLAIM).at("/status").has("allocation")).isFalse();
    }

    @Test
    void whoPatchesTheStatusOfAClaimNeedsTheRightToPatchIt() {
        made(CLAIM.substring(0, CLAIM.lastIndexOf('/')), claim(""));
        made(
                CLUSTER_ROLES,
                role("ClusterRole", "updater", "update", "resourceclaims/binding")
                        .replace("[\"\"]", "[\"resource.k8s.io\"]"));
        made(RBAC + "/clusterrolebindings", binding("ClusterRoleBinding", "updater", "updater"));
        String patch = "{\"status\":{" + ON_N1 + "}}";
        String type = "application/merge-patch+json";
        Answer refused = asJane("PATCH", CLAIM + "/status", patch, type);
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message()).contains("verb=\"patch\" permission");

        api.patch(
                CLUSTER_ROLES + "/updater",
                "json-patch+json",
                "[{\"op\":\"add\",\"path\":\"/rules/0/verbs/-\",\"value\":\"patch\"}]");
        Answer patched = asJane("PATCH", CLAIM + "/status", patch, type);
        assertThat(patched.code()).as(patched.message()).isEqualTo(200);
    }

    @Test
    void theVerbOfADriversOwnNodeIsEnoughThere() {
        Answer claim = made(CLAIM.substring(0, CLAIM.lastIndexOf('/')), claim(""));
        assertThat(claim.code()).isEqualTo(201);
        api.patch(
                CLAIM + "/status",
                "merge-patch+json",
                "{\"status\":{\"allocation\":{\"nodeSelector\":{\"nodeSelectorTerms\":[{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"n1\"]}]}]},\"devices\":{\"results\":[{\"request\":\"r\",\"driver\":\"gpu.example.com\",\"pool\":\"p\",\"device\":\"d\"}]}}}}");
        made(
                CLUSTER_ROLES,
                role("ClusterRole", "driver", "associated-node:patch", "resourceclaims/driver")
                        .replace("[\"\"]", "[\"resource.k8s.io\"]"));
        made(RBAC + "/clusterrolebindings", binding("ClusterRoleBinding", "driver", "driver"));
        String patch =
                "{\"status\":{\"devices\":[{\"driver\":\"gpu.example.com\",\"pool\":\"p\",\"device\":\"d\"}]}}";
        String type = "application/merge-patch+json";
        Answer elsewhere = ask(driverOn("n2"), "PATCH", CLAIM + "/status", patch, type);
        assertThat(elsewhere.code()).isEqualTo(422);
        assertThat(elsewhere.message()).contains("resource=\"resourceclaims/driver\"");
        Answer there = ask(driverOn("n1"), "PATCH", CLAIM + "/status", patch, type);
        assertThat(there.code()).as(there.message()).isEqualTo(200);
    }

    private static Caller driverOn(String node) {
        var extra = new TreeMap<String, List<String>>();
        extra.put("authentication.kubernetes.io/node-name", List.of(node));
        return new Caller("system:serviceaccount:shop:driver", "", List.of("dev"), extra);
    }

    private Answer made(String path, String body) {
        Answer made = api.post(path, body);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        return made;
    }

    private Answer asJane(String method, String path, String json, String type) {
        return ask(JANE, method, path, json, type);
    }

    /** The body in the format of its type. */
    private Answer ask(Caller who, String method, String path, String json, String type) {
        byte[] body =
                switch (type) {
                    case YAML ->
                            new YAMLMapper().writeValueAsBytes(JsonMapper.shared().readTree(json));
                    case PROTOBUF ->
                            new ProtobufCodec(Schema.builtin())
                                    .encode((ObjectNode) JsonMapper.shared().readTree(json));
                    default -> json.getBytes(UTF_8);
                };
        return api.ask(who, method, path, body, type);
    }

    private static String role(String kind, String name, String verb, String resource) {
        return """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"%s","metadata":{"name":"%s"},"rules":[{"verbs":["%s"],"apiGroups":[""],"resources":["%s"]}]}
        """
                .formatted(kind, name, verb, resource);
    }

    /** To the group of Jane. */
    private static String binding(String kind, String name, String role) {
        return """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"%s","metadata":{"name":"%s"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%s"},"subjects":[{"kind":"Group","apiGroup":"rbac.authorization.k8s.io","name":"dev"}]}
        """
                .formatted(kind, name, role);
    }

    private static String claim(String status) {
        return """
        {"apiVersion":"resource.k8s.io/v1","kind":"ResourceClaim","metadata":{"name":"c","namespace":"shop"},"spec":{"devices":{"requests":[{"name":"r","exactly":{"deviceClassName":"gpu","allocationMode":"ExactCount","count":1}}]}},"status":{"devices":[]%s}}
        """
                .formatted(status);
    }
}
