package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.json;
import static dev.gantry.state.shell.api.WebhookWorld.rule;
import static dev.gantry.state.shell.api.WebhookWorld.tree;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import dev.gantry.state.shell.catalog.CustomResourceDefinitions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Webhooks and policies see custom resources in the version that their rules name, although a
 * webhook has to convert them: doors with {@code hostPort} in v1, two fields in v2.
 */
class ConvertedAdmissionTest {
    private static final String V2 = "/apis/example.com/v2/namespaces/shop/doors";
    private static final String CONSTRAINTS =
            "'matchConstraints':{'resourceRules':[{'operations':['*'],'apiGroups':['example.com'],"
                    + "'apiVersions':['v1'],'resources':['doors']}]}";

    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
    private WebhookWorld world;
    private CustomResourceDefinitions definitions;

    @BeforeEach
    void start() throws InterruptedException {
        world = new WebhookWorld();
        definitions = world.api.followDefinitions();
        ConversionWebhooksTest.answers(world.server, UnaryOperator.identity());
        Answer made =
                world.api.post(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                        ConversionWebhooksTest.definition(world.server, "v1"));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        await().until(() -> world.api.get(V2).code() == 200);
    }

    @AfterEach
    void stop() {
        definitions.close();
        world.close();
    }

    private Answer create(String name, String host) {
        return world.api.post(
                V2,
                json(
                        "{'apiVersion':'example.com/v2','kind':'Door','metadata':{'name':'%s'},'host':'%s','port':'80'}"
                                .formatted(name, host)));
    }

    private ObjectNode allowing(JsonNode request, String patch) {
        asked.add(request);
        return (ObjectNode) tree("{'allowed':true%s}".formatted(patch));
    }

    @Test
    void aMutatingWebhookSeesAndChangesItsVersion() {
        String patch = "W3sib3AiOiJyZXBsYWNlIiwicGF0aCI6Ii9ob3N0UG9ydCIsInZhbHVlIjoiZzo4MSJ9XQ==";
        String change = ",'patchType':'JSONPatch','patch':'%s'".formatted(patch);
        world.mutating("hook", rule("*", "example.com", "v1", "doors"), "");
        world.answers("hook", request -> allowing(request, change));

        Answer made = create("a", "h");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/host")).isEqualTo("g");
        assertThat(made.text("/port")).isEqualTo("81");
        assertThat(made.body().has("hostPort")).isFalse();
        assertThat(asked).hasSize(1);
        JsonNode request = asked.getFirst();
        assertThat(request.at("/kind/version").asString()).isEqualTo("v1");
        assertThat(request.at("/requestKind/version").asString()).isEqualTo("v2");
        assertThat(request.at("/requestResource/version").asString()).isEqualTo("v2");
        assertThat(request.at("/object/apiVersion").asString()).isEqualTo("example.com/v1");
        assertThat(request.at("/object/hostPort").asString()).isEqualTo("h:80");
        assertThat(request.at("/object").has("host")).isFalse();
    }

    @Test
    void aValidatingWebhookSeesWhatWasAndWhatIsInItsVersion() {
        create("a", "h");
        world.validating("hook", rule("UPDATE", "example.com", "v1", "doors"), "");
        world.answers("hook", request -> allowing(request, ""));

        Answer changed = world.api.patch(V2 + "/a", "merge-patch+json", json("{'host':'i'}"));

        assertThat(changed.code()).as(changed.message()).isEqualTo(200);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().at("/object/hostPort").asString()).isEqualTo("i:80");
        assertThat(asked.getFirst().at("/oldObject/hostPort").asString()).isEqualTo("h:80");
    }

    @Test
    void aRuleForExactlyItsVersionDoesNotMeanOthers() {
        world.validating("hook", rule("*", "example.com", "v1", "doors"), "'matchPolicy':'Exact'");
        world.answers("hook", request -> allowing(request, ""));

        assertThat(create("a", "h").code()).isEqualTo(201);
        assertThat(asked).isEmpty();
    }

    @Test
    void aPolicyJudgesItsVersion() {
        policy("validating", "'validations':[{'expression':\"object.hostPort == 'h:80'\"}]");
        bind("validating", ",'validationActions':['Deny']");

        assertThat(create("a", "h").code()).isEqualTo(201);
        Answer refused = create("b", "i");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message()).contains("failed expression: object.hostPort == 'h:80'");
    }

    @Test
    void aPolicySeesItsParametersInTheVersionThatItNames() {
        create("limit", "h");
        policy(
                "validating",
                "'paramKind':{'apiVersion':'example.com/v2','kind':'Door'},"
                        + "'validations':[{'expression':\"params.host == 'h'\"}]");
        bind(
                "validating",
                ",'validationActions':['Deny'],'paramRef':{'name':'limit','namespace':'shop',"
                        + "'parameterNotFoundAction':'Deny'}");

        Answer made = create("a", "x");
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        world.api.patch(V2 + "/limit", "merge-patch+json", json("{'host':'i'}"));
        Answer refused = create("b", "x");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message()).contains("failed expression: params.host == 'h'");
    }

    @Test
    void aPolicyChangesItsVersionOneChangeAfterTheOther() {
        String change =
                "{'patchType':'JSONPatch','jsonPatch':{'expression':"
                        + "\"[JSONPatch{op: 'replace', path: '/hostPort', value: 'x' + object.hostPort}]\"}}";
        policy(
                "mutating",
                "'reinvocationPolicy':'Never','mutations':[%s,%s]".formatted(change, change));
        bind("mutating", "");

        Answer made = create("a", "h");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/host")).isEqualTo("xxh");
    }

    @Test
    void whatCannotBeConvertedIsRefusedWhateverTheFailurePolicy() {
        world.validating(
                "hook", rule("*", "example.com", "v1", "doors"), "'failurePolicy':'Ignore'");
        world.answers("hook", request -> allowing(request, ""));
        ConversionWebhooksTest.answers(
                world.server,
                reply -> {
                    ((ObjectNode) reply.path("response"))
                            .set("result", tree("{'status':'Failed','message':'no'}"));
                    return reply;
                });

        Answer refused = create("a", "h");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message())
                .isEqualTo(
                        "Internal error occurred: conversion webhook for example.com/v2, Kind=Door"
                                + " failed: no");
        assertThat(asked).isEmpty();
    }

    private void policy(String sort, String what) {
        Answer made =
                world.api.post(
                        "/apis/admissionregistration.k8s.io/v1/%sadmissionpolicies".formatted(sort),
                        "{\"metadata\":{\"name\":\"p\"},\"spec\":{"
                                + json(CONSTRAINTS)
                                + ","
                                + quoted(what)
                                + "}}");
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    private void bind(String sort, String more) {
        Answer made =
                world.api.post(
                        "/apis/admissionregistration.k8s.io/v1/%sadmissionpolicybindings"
                                .formatted(sort),
                        json(
                                "{'metadata':{'name':'b'},'spec':{'policyName':'p'%s}}"
                                        .formatted(more)));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    /** Single quotes outside of expressions, which stand in double ones. */
    private static String quoted(String what) {
        StringBuilder json = new StringBuilder();
        boolean isWithin = false;
        for (char each : what.toCharArray()) {
            isWithin ^= each == '"';
            json.append(each == '\'' && !isWithin ? '"' : each);
        }
        return json.toString();
    }
}
