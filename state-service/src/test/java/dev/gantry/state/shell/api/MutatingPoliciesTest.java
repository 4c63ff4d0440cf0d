package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.CONFIG_MAPS;
import static dev.gantry.state.shell.api.WebhookWorld.MAPS;
import static dev.gantry.state.shell.api.WebhookWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import dev.gantry.state.shell.webhook.WebhookServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies that change what is written. Single quotes in bodies stand for double ones. */
class MutatingPoliciesTest {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
    private static final String PODS = "/api/v1/namespaces/shop/pods";

    private WebhookWorld world;
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        world = new WebhookWorld();
        api = world.api;
        api.post(
                "/api/v1/namespaces/shop/serviceaccounts", json("{'metadata':{'name':'default'}}"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Answer policy(String name, String resource, String rest) {
        return api.post(
                GROUP + "mutatingadmissionpolicies",
                json(
                        """
                        {'metadata':{'name':'%s'},'spec':{'matchConstraints':{'resourceRules':[
                         {'operations':['CREATE','UPDATE'],'apiGroups':['','apps'],'apiVersions':['v1'],'resources':['%s']}]},%s}}
                        """
                                .formatted(
                                        name,
                                        resource,
                                        rest.contains("'reinvocationPolicy'")
                                                ? rest
                                                : "'reinvocationPolicy':'Never'," + rest)));
    }

    private void inForce(String name, String resource, String rest) {
        Answer made = policy(name, resource, rest);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        bind(name, "");
    }

    private void bind(String policy, String rest) {
        Answer made =
                api.post(
                        GROUP + "mutatingadmissionpolicybindings",
                        json(
                                "{'metadata':{'name':'%s'},'spec':{'policyName':'%s'%s}}"
                                        .formatted(policy, policy, rest)));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    private static String apply(String expression) {
        return "'mutations':[{'patchType':'ApplyConfiguration','applyConfiguration':{'expression':'%s'}}]"
                .formatted(expression.replace("\"", "\\\""));
    }

    private static String patch(String expression) {
        return "'mutations':[{'patchType':'JSONPatch','jsonPatch':{'expression':'%s'}}]"
                .formatted(expression.replace("\"", "\\\""));
    }

    private Answer pod() {
        return api.post(
                PODS,
                json(
                        """
                        {'metadata':{'name':'p','labels':{'app':'web'}},'spec':{'containers':[
                         {'name':'a','image':'a:1'},{'name':'b','image':'b:1'}]}}"""));
    }

    @Test
    void aConfigurationIsLaidOverTheObjectAndDefaultsAreSetAgain() {
        inForce(
                "p",
                "pods",
                apply(
                        """
                        Object{metadata: Object.metadata{annotations: {"by": request.userInfo.username}},\
                         spec: Object.spec{containers: object.spec.containers.map(c,\
                         Object.spec.containers.item{name: c.name, ports: [Object.spec.containers.item.ports.item{containerPort: 80}]})}}"""
                                .replace("containers.item", "containers")
                                .replace("ports.item", "ports")));

        Answer made = pod();

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/metadata/annotations/by")).isEqualTo("alice");
        assertThat(made.text("/metadata/labels/app")).isEqualTo("web");
        assertThat(made.text("/spec/containers/1/image")).isEqualTo("b:1");
        assertThat(made.at("/spec/containers/1/ports").toString())
                .isEqualTo("[{\"containerPort\":80,\"protocol\":\"TCP\"}]");
    }

    @Test
    void aPatchIsMadeOfOperations() {
        inForce(
                "p",
                "pods",
                patch(
                        """
                        [JSONPatch{op: "test", path: "/metadata/labels/app", value: "web"},\
                         JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey("example.com/x"), value: "1"},\
                         JSONPatch{op: "add", path: "/spec/containers/-", value: Object.spec.containers{name: "c", image: "c:1"}}]\
                         + (has(object.spec.nodeName) ? [JSONPatch{op: "remove", path: "/spec/nodeName"}] : [])"""
                                .replace("Object.spec.containers{", "Object{")));

        Answer made = pod();

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.at("/metadata/labels").toString()).contains("\"example.com/x\":\"1\"");
        assertThat(made.text("/spec/containers/2/image")).isEqualTo("c:1");
        assertThat(made.text("/spec/containers/2/imagePullPolicy")).isEqualTo("IfNotPresent");
    }

    @Test
    void aTestThatFailsLeavesTheObjectAsItIs() {
        inForce(
                "p",
                "configmaps",
                patch(
                        """
                        [JSONPatch{op: "add", path: "/data/b", value: "2"}, JSONPatch{op: "test", path: "/data/a", value: "other"}]"""));

        assertThat(world.createMap("x").at("/data").toString()).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void changesFollowEachOtherWithVariablesConditionsAndParameters() {
        api.post(MAPS, json("{'metadata':{'name':'given'},'data':{'size':'3'}}"));
        Answer made =
                policy(
                        "p",
                        "configmaps",
                        """
                        'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},
                        'matchConditions':[{'name':'m','expression':'object.metadata.name != "skipped"'}],
                        'variables':[{'name':'n','expression':'int(params.data.size)'},
                                     {'name':'twice','expression':'string(variables.n * 2)'}],
                        'mutations':[
                         {'patchType':'ApplyConfiguration','applyConfiguration':{'expression':
                          'Object{data: Object.data{size: variables.twice}}'}},
                         {'patchType':'JSONPatch','jsonPatch':{'expression':
                          '[JSONPatch{op: "add", path: "/data/seen", value: object.data.size}]'}}]
                        """
                                .replace("\"", "\\\""));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        bind("p", ",'paramRef':{'name':'given','parameterNotFoundAction':'Deny'}");

        Answer changed = world.createMap("x");
        Answer skipped = world.createMap("skipped");

        assertThat(changed.at("/data").toString())
                .isEqualTo("{\"a\":\"1\",\"size\":\"6\",\"seen\":\"6\"}");
        assertThat(skipped.at("/data").toString()).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void whoeverWantsToIsAskedAgainAfterOthersChangedTheObject() {
        String count =
                """
                [JSONPatch{op: "add", path: "/data/%1$s", value: has(object.data.%1$s) ? object.data.%1$s + "I" : "I"}]""";
        inForce(
                "a",
                "configmaps",
                "'reinvocationPolicy':'IfNeeded'," + patch(count.formatted("needed")));
        inForce("b", "configmaps", patch(count.formatted("never")));
        world.answers("w", _ -> WebhookServer.patch("[{'op':'add','path':'/data/w','value':'w'}]"));
        world.mutating("w", CONFIG_MAPS, "");

        Answer made = world.createMap("x");

        assertThat(made.text("/data/needed")).isEqualTo("II");
        assertThat(made.text("/data/never")).isEqualTo("I");
        assertThat(made.text("/data/w")).isEqualTo("w");
        assertThat(world.server.askedAt("/w").getFirst().at("/object/data/never").asString())
                .as("webhooks come after policies")
                .isEqualTo("I");
    }

    @Test
    void whatFailsRefusesUnlessItMayBeIgnored() {
        inForce("p", "configmaps", patch("[JSONPatch{op: \"remove\", path: \"/data/none\"}]"));

        Answer refused = world.createMap("x");

        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.text("/reason")).isEqualTo("Invalid");
        assertThat(refused.message())
                .isEqualTo(
                        "policy 'p' with binding 'p' denied request: JSON Patch: error in remove for path: '/data/none': Unable to remove nonexistent key: none: missing value");
        assertThat(refused.text("/details/causes/0/message")).isEqualTo(refused.message());
        Answer ignoring =
                api.patch(
                        GROUP + "mutatingadmissionpolicies/p",
                        "merge-patch+json",
                        json("{'spec':{'failurePolicy':'Ignore'}}"));
        assertThat(ignoring.code()).as(ignoring.message()).isEqualTo(200);
        assertThat(world.createMap("x").code()).isEqualTo(201);
    }

    @Test
    void objectsThatDoNotFitTheirPlaceAreRefused() {
        inForce("p", "pods", apply("Object{spec: Object.wrong{hostNetwork: true}}"));

        assertThat(pod().message())
                .endsWith(
                        "type mismatch: unexpected type name \"Object.wrong\", expected \"Object.spec\", which matches field name path from root Object type");
        api.delete(GROUP + "mutatingadmissionpolicies/p");
        inForce("q", "pods", apply("Object{spec: Object.spec{nope: true}}"));
        assertThat(pod().message())
                .endsWith(
                        "error applying patch: failed to convert patch object to typed object: .spec.nope: field not declared in schema");
        api.delete(GROUP + "mutatingadmissionpolicies/q");
        inForce(
                "r",
                "pods",
                apply(
                        "Object{spec: Object.spec{containers: [Object.spec.containers{name: \"a\", command: [\"x\"]}]}}"));
        assertThat(pod().message())
                .endsWith(
                        "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.containers[0].command");
    }

    @Test
    void expressionsOfPatchesAreCheckedWhenThePolicyIsStored() {
        assertThat(policy("p", "pods", apply("1")).message())
                .contains(
                        "spec.mutations[0].applyConfiguration.expression: Invalid value: \"1\"",
                        "must evaluate to Object but got int");
        assertThat(policy("p", "pods", patch("Object{}")).message())
                .contains("must evaluate to list(JSONPatch) but got Object");
        assertThat(policy("p", "pods", patch("[JSONPatch{op: nothing}]")).message())
                .contains("undeclared reference to 'nothing'");
    }
}
