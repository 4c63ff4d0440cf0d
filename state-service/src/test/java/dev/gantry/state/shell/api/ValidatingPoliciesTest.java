package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.MAPS;
import static dev.gantry.state.shell.api.WebhookWorld.json;
import static dev.gantry.state.shell.webhook.WebhookServer.allowed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.Selection;
import dev.gantry.authorization.Verdict;
import dev.gantry.authorization.Verdicts;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelQuery;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidatingPoliciesTest {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    /** A policy about ConfigMaps; single quotes stand for double ones. */
    private void policy(String name, String operations, String rest) {
        Answer made =
                api.post(
                        GROUP + "validatingadmissionpolicies",
                        json(
                                """
                                {'metadata':{'name':'%s'},'spec':{'matchConstraints':{'resourceRules':[
                                 {'operations':[%s],'apiGroups':[''],'apiVersions':['v1'],'resources':['configmaps']}]},%s}}
                                """
                                        .formatted(name, operations, rest)));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    private void bind(String policy, String rest) {
        Answer made =
                api.post(
                        GROUP + "validatingadmissionpolicybindings",
                        json(
                                "{'metadata':{'name':'%s'},'spec':{'policyName':'%s',%s}}"
                                        .formatted(policy, policy, rest)));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    private Answer create(String name, String data) {
        return api.post(MAPS, json("{'metadata':{'name':'%s'},'data':%s}".formatted(name, data)));
    }

    @Test
    void refusesInTheWordsOfTheReference() {
        policy("p", "'CREATE'", "'validations':[{'expression':'false'}]");
        bind("p", "'validationActions':['Deny']");

        Answer refused = create("x", "{}");

        String why =
                "ValidatingAdmissionPolicy 'p' with binding 'p' denied request: failed expression: false";
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("/reason")).isEqualTo("Invalid");
        assertThat(refused.message()).isEqualTo("configmaps \"x\" is forbidden: " + why);
        assertThat(refused.text("/details/name")).isEqualTo("x");
        assertThat(refused.text("/details/kind")).isEqualTo("configmaps");
        assertThat(refused.text("/details/causes/0/message")).isEqualTo(why);
        assertThat(api.get(MAPS + "/x").code()).isEqualTo(404);
    }

    @Test
    void aPolicyWithoutABindingIsNotInForce() {
        policy("p", "'CREATE'", "'validations':[{'expression':'false'}]");

        assertThat(create("x", "{}").code()).isEqualTo(201);
    }

    @Test
    void expressionsSeeBothObjectsTheRequestAndVariables() {
        policy(
                "p",
                "'UPDATE'",
                """
                'variables':[{'name':'grows','expression':'int(object.data.a) > int(oldObject.data.a)'},
                             {'name':'who','expression':'request.userInfo.username'}],
                'validations':[{'expression':'variables.grows || variables.who == "root"',
                  'messageExpression':'"no, " + variables.who + " in " + namespaceObject.metadata.name + " at " + request.operation',
                  'reason':'Forbidden'}]
                """
                        .replace("\"", "\\\""));
        bind("p", "'validationActions':['Deny']");
        create("x", "{'a':'5'}");

        Answer grown = api.patch(MAPS + "/x", "merge-patch+json", json("{'data':{'a':'6'}}"));
        Answer shrunk = api.patch(MAPS + "/x", "merge-patch+json", json("{'data':{'a':'3'}}"));

        assertThat(grown.code()).as(grown.message()).isEqualTo(200);
        assertThat(shrunk.code()).isEqualTo(403);
        assertThat(shrunk.message()).endsWith("denied request: no, alice in shop at UPDATE");
    }

    @Test
    void conditionsSayWhichRequestsAreMeant() {
        policy(
                "p",
                "'CREATE'",
                "'matchConditions':[{'name':'meant','expression':'has(object.data) && \\\"a\\\" in"
                        + " object.data'}],'validations':[{'expression':'false','message':'no a'}]");
        bind("p", "'validationActions':['Deny']");

        assertThat(create("other", "{'b':'1'}").code()).isEqualTo(201);
        assertThat(create("meant", "{'a':'1'}").message()).endsWith("denied request: no a");
    }

    @Test
    void parametersAreObjectsThatTheBindingNames() {
        policy(
                "p",
                "'CREATE'",
                "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},'validations':[{'expression':'!has(object.data.n)"
                        + " || int(object.data.n) <= int(params.data.most)'}]");
        bind(
                "p",
                "'validationActions':['Deny'],'paramRef':{'name':'limits','namespace':'shop','parameterNotFoundAction':'Deny'}");

        Answer without = create("x", "{'n':'1'}");
        assertThat(without.message())
                .endsWith(
                        "denied request: failed to configure binding: no params found for policy"
                                + " binding with `Deny` parameterNotFoundAction");
        api.delete(GROUP + "validatingadmissionpolicybindings/p");
        create("limits", "{'most':'3'}");
        bind(
                "p",
                "'validationActions':['Deny'],'paramRef':{'name':'limits','namespace':'shop','parameterNotFoundAction':'Deny'}");

        assertThat(create("few", "{'n':'3'}").code()).isEqualTo(201);
        assertThat(create("many", "{'n':'4'}").code()).isEqualTo(422);
    }

    @Test
    void warningsAreGivenAndTheRequestGoesOn() {
        policy("p", "'CREATE'", "'validations':[{'expression':'false','message':'old'}]");
        bind("p", "'validationActions':['Warn','Audit']");

        Answer made = create("x", "{}");

        assertThat(made.code()).isEqualTo(201);
        assertThat(made.headers())
                .containsEntry(
                        "Warning",
                        "299 - \"Validation failed for ValidatingAdmissionPolicy 'p' with binding"
                                + " 'p': old\"");
    }

    @Test
    void theAuditLogIsToldWhatAPolicyFoundAndWhatItNotes() {
        policy(
                "p",
                "'CREATE'",
                "'validations':[{'expression':'true'},{'expression':'false','message':'old'}],"
                        + "'auditAnnotations':[{'key':'size','valueExpression':'\\\"is \\\" +"
                        + " string(object.data.size())'},{'key':'none','valueExpression':'null'}]");
        bind("p", "'validationActions':['Audit']");

        Answer made = create("x", "{'a':'1'}");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        JsonNode noted =
                JsonMapper.shared().readTree(made.headers().get(ApiReply.AUDIT_ANNOTATIONS));
        assertThat(noted.path("p/size").asString()).isEqualTo("is 1");
        assertThat(noted.has("p/none")).isFalse();
        assertThat(noted.path("validation.policy.admission.k8s.io/validation_failure").asString())
                .isEqualTo(
                        json(
                                "[{'message':'old','policy':'p','binding':'p','expressionIndex':1,"
                                        + "'validationActions':['Audit']}]"));
        assertThat(api.get(MAPS + "/x").headers()).doesNotContainKey(ApiReply.AUDIT_ANNOTATIONS);
    }

    @Test
    void whatCannotBeToldRefusesUnlessThePolicyIgnoresIt() {
        policy("p", "'CREATE'", "'validations':[{'expression':'object.data.none == 1'}]");
        bind("p", "'validationActions':['Deny']");
        assertThat(create("x", "{'a':'1'}").message())
                .endsWith(
                        "denied request: expression 'object.data.none == 1' resulted in error: no"
                                + " such key: none");
        api.delete(GROUP + "validatingadmissionpolicybindings/p");

        policy(
                "q",
                "'CREATE'",
                "'failurePolicy':'Ignore','validations':[{'expression':'object.data.none == 1'}]");
        bind("q", "'validationActions':['Deny']");
        assertThat(create("x", "{'a':'1'}").code()).isEqualTo(201);
    }

    @Test
    void aWebhooksConditionsAreAskedToo() throws InterruptedException {
        try (WebhookWorld world = new WebhookWorld()) {
            world.answers("v", _ -> allowed());
            world.validating(
                    "v",
                    WebhookWorld.CONFIG_MAPS,
                    "'matchConditions':[{'name':'c','expression':'object.metadata.name.startsWith(\\\"x\\\")'}]");

            world.createMap("y");
            world.createMap("x");

            assertThat(world.server.asked)
                    .extracting(each -> each.path("name").asString())
                    .containsExactly("x");
        }
    }

    private Answer stored(String rest) {
        return api.post(
                GROUP + "validatingadmissionpolicies",
                json(
                        """
                        {'metadata':{'name':'s'},'spec':{'matchConstraints':{'resourceRules':[
                         {'operations':['CREATE'],'apiGroups':[''],'apiVersions':['v1'],'resources':['configmaps']}]},%s}}
                        """
                                .formatted(rest)));
    }

    @Test
    void variablesHaveTheTypesOfTheirExpressions() {
        assertThat(
                        stored(
                                        "'variables':[{'name':'x','expression':'1'}],'validations':[{'expression':'variables.x'}]")
                                .message())
                .endsWith(
                        "spec.validations[0].expression: Invalid value: \"variables.x\": must evaluate to bool but got int");
        assertThat(
                        stored(
                                        "'variables':[{'name':'x','expression':'object.data'}],'validations':[{'expression':'variables.x'}]")
                                .message())
                .endsWith("must evaluate to bool but got dyn");
        assertThat(
                        stored(
                                        "'variables':[{'name':'x','expression':'variables.y'},{'name':'y','expression':'1'}],'validations':[{'expression':'variables.x == 1'}]")
                                .message())
                .contains(
                        "spec.variables[0].expression: Invalid value: \"variables.y\": compilation failed: ERROR: <input>:1:10: undefined field 'y'");
        assertThat(
                        stored(
                                        "'variables':[{'name':'x','expression':'1'},{'name':'y','expression':'variables.x + 1'}],'validations':[{'expression':'variables.y == 2'}]")
                                .code())
                .isEqualTo(201);
    }

    @Test
    void expressionsAskWhatTheSenderMayDo() throws InterruptedException {
        policy(
                "p",
                "'CREATE'",
                """
                'validations':[
                  {'expression':'authorizer.group("").resource("secrets").namespace("shop").check("get").allowed()',
                  'message':'only who reads secrets'},
                  {'expression':'authorizer.requestResource.check("create").allowed()
                  && !authorizer.serviceAccount("shop", "nobody").path("/healthz").check("get").allowed()'}]
                """
                        .replace("\n", " ")
                        .replace("\"", "\\\""));
        bind("p", "'validationActions':['Deny']");
        var guest = TestApi.caller("guest", "system:authenticated");

        Answer allowed = create("x", "{}");
        Answer refused =
                api.ask(
                        guest,
                        "POST",
                        MAPS,
                        "{\"metadata\":{\"name\":\"y\"}}".getBytes(UTF_8),
                        "application/json");

        assertThat(allowed.code()).as(allowed.message()).isEqualTo(201);
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message()).endsWith("denied request: only who reads secrets");
    }

    @Test
    void whereAuthorizersAreConfiguredExpressionsAskThem() throws InterruptedException {
        policy(
                "p",
                "'CREATE'",
                """
                'validations':[
                  {'expression':'authorizer.path("/a").check("get").allowed() ||
                  authorizer.serviceAccount("shop", "robot").path("/b").check("get").allowed()'}]
                """
                        .replace("\n", " ")
                        .replace("\"", "\\\""));
        bind("p", "'validationActions':['Deny']");
        AskedAccess ofSender = AskedAccess.ofSender(Access.path("get", "/a"));
        AskedAccess ofRobot =
                new AskedAccess("system:serviceaccount:shop:robot", Access.path("get", "/b"));
        Verdict no = new Verdict.NoOpinion("");

        ApiReply asking = judged("x", Verdicts.NONE);
        assertThat(asking.code()).isEqualTo(428);
        assertThat(Verdicts.questionsOf(asking.headers().get(ApiReply.ASKED_ACCESS)))
                .containsExactly(ofSender, ofRobot);
        Verdicts half = Verdicts.NONE.with(ofSender, no);
        assertThat(Verdicts.questionsOf(judged("x", half).headers().get(ApiReply.ASKED_ACCESS)))
                .containsExactly(ofRobot);
        assertThat(api.get(MAPS + "/x").code()).as("nothing is stored before").isEqualTo(404);

        assertThat(judged("x", half.with(ofRobot, no)).code()).isEqualTo(422);
        assertThat(judged("x", half.with(ofRobot, new Verdict.Allowed(""))).code()).isEqualTo(201);
        assertThat(judged("y", Verdicts.NONE.with(ofSender, new Verdict.Allowed(""))).code())
                .isEqualTo(201);
    }

    @Test
    void selectorsOfExpressionsAreAskedAboutButForMalformedOnes() throws InterruptedException {
        policy(
                "p",
                "'CREATE'",
                """
                'validations':[
                  {'expression':'authorizer.group("").resource("pods").fieldSelector("spec.nodeName=n1")
                  .labelSelector("app in (a, b),!old").check("list").allowed()
                  || authorizer.group("").resource("pods").fieldSelector("nothing").namespace("x")
                  .labelSelector("a=b=c").check("list").allowed()'}]
                """
                        .replace("\n", " ")
                        .replace("\"", "\\\""));
        bind("p", "'validationActions':['Deny']");
        Access pods = Access.resource("list", new GroupResource("", "pods"), "", "", "");
        Selection some =
                new Selection(
                        FieldSelector.parse("spec.nodeName=n1"),
                        LabelQuery.parse("app in (a, b),!old"));

        ApiReply asking = judged("x", Verdicts.NONE);
        assertThat(Verdicts.questionsOf(asking.headers().get(ApiReply.ASKED_ACCESS)))
                .extracting(AskedAccess::access)
                .containsExactly(
                        pods.ofAnyVersion(some),
                        Access.resource("list", new GroupResource("", "pods"), "", "x", "")
                                .ofAnyVersion(Selection.EVERYTHING));
        Verdicts allowed =
                Verdicts.NONE.with(
                        AskedAccess.ofSender(pods.ofAnyVersion(some)), new Verdict.Allowed(""));
        assertThat(judged("x", allowed).code()).isEqualTo(201);
    }

    @Test
    void aNodeMayListThePodsThatTheSelectorSaysAreItsOwn() throws InterruptedException {
        policy(
                "p",
                "'CREATE'",
                """
                'validations':[
                  {'expression':'authorizer.group("").resource("pods").check("list").allowed()
                  ? false : authorizer.group("").resource("pods")
                  .fieldSelector("spec.nodeName=" + object.metadata.name).check("list").allowed()'}]
                """
                        .replace("\n", " ")
                        .replace("\"", "\\\""));
        bind("p", "'validationActions':['Deny']");

        assertThat(createdByNode("n1").code()).isEqualTo(201);
        assertThat(createdByNode("n2").code()).isEqualTo(422);
    }

    private Answer createdByNode(String name) {
        return api.ask(
                TestApi.caller("system:node:n1", "system:nodes", "system:authenticated"),
                "POST",
                MAPS,
                "{\"metadata\":{\"name\":\"%s\"}}".formatted(name).getBytes(UTF_8),
                "application/json");
    }

    /** As the gateway hands it over where other authorizers than the roles are configured. */
    private ApiReply judged(String name, Verdicts verdicts) {
        return api.raw(
                TestApi.caller("guest", "system:authenticated"),
                "POST",
                MAPS,
                "{\"metadata\":{\"name\":\"%s\"}}".formatted(name).getBytes(UTF_8),
                Map.of("content-type", "application/json", ApiCall.VERDICTS, verdicts.toText()));
    }

    @Test
    void messagesHaveNoAuthorizer() {
        assertThat(
                        stored(
                                        "'validations':[{'expression':'true','messageExpression':'authorizer.path(\\\"/x\\\").check(\\\"get\\\").reason()'}]")
                                .message())
                .contains(
                        "compilation failed: ERROR: <input>:1:1: undeclared reference to 'authorizer' (in container '')");
    }
}
