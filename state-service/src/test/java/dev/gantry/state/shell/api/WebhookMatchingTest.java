package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.ANYTHING;
import static dev.gantry.state.shell.api.WebhookWorld.CONFIG_MAPS;
import static dev.gantry.state.shell.api.WebhookWorld.MAPS;
import static dev.gantry.state.shell.api.WebhookWorld.json;
import static dev.gantry.state.shell.api.WebhookWorld.rule;
import static dev.gantry.state.shell.api.WebhookWorld.tree;
import static dev.gantry.state.shell.webhook.WebhookServer.allowed;
import static dev.gantry.state.shell.webhook.WebhookServer.denied;
import static dev.gantry.state.shell.webhook.WebhookServer.patch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which requests a webhook is asked about, and in which form. */
class WebhookMatchingTest {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments";
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private WebhookWorld world;

    @BeforeEach
    void start() throws InterruptedException {
        world = new WebhookWorld();
        world.answers("v", _ -> allowed());
        world.answers("m", _ -> allowed());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void pod() {
        world.api.post(
                "/api/v1/namespaces/shop/serviceaccounts", json("{'metadata':{'name':'default'}}"));
        world.api.post(
                PODS,
                json("{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}"));
    }

    private JsonNode onlyQuestion() {
        assertThat(world.server.asked).hasSize(1);
        return world.server.asked.getFirst();
    }

    @Test
    void labelsOfTheObjectOrOfWhatItWasSelect() {
        world.validating(
                "v",
                rule("*", "", "*", "configmaps"),
                "'objectSelector':{'matchLabels':{'app':'web'}}");
        world.createMap("plain");
        world.api.post(MAPS, json("{'metadata':{'name':'x','labels':{'app':'web'}}}"));

        world.api.patch(MAPS + "/x", "merge-patch+json", json("{'metadata':{'labels':null}}"));

        assertThat(world.server.asked)
                .extracting(each -> each.path("operation").asString())
                .containsExactly("CREATE", "UPDATE");
    }

    @Test
    void labelsOfTheNamespaceSelectAndNamespacesThemselvesToo() {
        world.api.post(
                "/api/v1/namespaces", json("{'metadata':{'name':'lab','labels':{'hooks':'on'}}}"));
        world.validating("v", ANYTHING, "'namespaceSelector':{'matchLabels':{'hooks':'on'}}");

        world.createMap("not-here");
        world.api.post("/api/v1/namespaces/lab/configmaps", json("{'metadata':{'name':'here'}}"));
        world.api.post("/api/v1/namespaces", json("{'metadata':{'name':'other'}}"));
        world.api.post(
                "/api/v1/namespaces", json("{'metadata':{'name':'new','labels':{'hooks':'on'}}}"));

        assertThat(world.server.asked)
                .extracting(each -> each.path("name").asString())
                .containsExactly("here", "new");
    }

    @Test
    void aNamespaceIsOfTheCluster() {
        world.validating(
                "v", ANYTHING.replace("'resources'", "'scope':'Namespaced','resources'"), "");

        world.api.post("/api/v1/namespaces", json("{'metadata':{'name':'other'}}"));
        world.createMap("x");

        assertThat(onlyQuestion().path("name").asString()).isEqualTo("x");
    }

    @Test
    void aRuleForOneVersionStandsForAllUnlessItIsExact() {
        world.mutating("m", rule("CREATE", "events.k8s.io", "v1", "events"), "");
        world.validating(
                "v", rule("CREATE", "events.k8s.io", "v1", "events"), "'matchPolicy':'Exact'");
        world.answers("m", _ -> patch("[{'op':'add','path':'/note','value':'changed'}]"));

        Answer made =
                world.api.post(
                        "/api/v1/namespaces/shop/events",
                        json(
                                "{'metadata':{'name':'e'},'involvedObject':{'namespace':'shop'},'message':'m'}"));

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        JsonNode asked = onlyQuestion();
        assertThat(asked.path("kind"))
                .isEqualTo(tree("{'group':'events.k8s.io','version':'v1','kind':'Event'}"));
        assertThat(asked.path("requestKind"))
                .isEqualTo(tree("{'group':'','version':'v1','kind':'Event'}"));
        assertThat(asked.at("/object/note").asString()).isEqualTo("m");
        assertThat(asked.at("/object/apiVersion").asString()).isEqualTo("events.k8s.io/v1");
        assertThat(made.text("/message")).isEqualTo("changed");
    }

    @Test
    void aDeletionShowsWhatGoes() {
        world.createMap("x");
        world.validating("v", rule("DELETE", "", "v1", "configmaps"), "");

        world.api.delete(MAPS + "/x");

        JsonNode asked = onlyQuestion();
        assertThat(asked.path("object").isNull()).isTrue();
        assertThat(asked.at("/oldObject/data/a").asString()).isEqualTo("1");
        assertThat(asked.path("name").asString()).isEqualTo("x");
    }

    @Test
    void aDeletionCannotBePatched() {
        world.createMap("x");
        world.answers("m", _ -> patch("[{'op':'remove','path':'/data'}]"));
        world.mutating("m", rule("DELETE", "", "v1", "configmaps"), "");

        Answer refused = world.api.delete(MAPS + "/x");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message())
                .isEqualTo(
                        "Internal error occurred: admission webhook \"m.example.com\" attempted to"
                                + " modify the object, which is not supported for this operation");
        assertThat(world.api.get(MAPS + "/x").code()).isEqualTo(200);
    }

    @Test
    void theScaleOfADeploymentIsShownAndChangedAsScale() {
        world.api.post(
                DEPLOYMENTS,
                json(
                        "{'metadata':{'name':'d'},'spec':{'replicas':1,'selector':{'matchLabels':{'a':'b'}},"
                                + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'x'}]}}}}"));
        world.mutating("m", rule("UPDATE", "apps", "v1", "deployments/scale"), "");
        world.answers("m", _ -> patch("[{'op':'replace','path':'/spec/replicas','value':4}]"));

        Answer scaled =
                world.api.patch(
                        DEPLOYMENTS + "/d/scale",
                        "merge-patch+json",
                        json("{'spec':{'replicas':9}}"));

        assertThat(scaled.at("/spec/replicas").asInt()).as(scaled.message()).isEqualTo(4);
        JsonNode asked = onlyQuestion();
        assertThat(asked.path("kind"))
                .isEqualTo(tree("{'group':'autoscaling','version':'v1','kind':'Scale'}"));
        assertThat(asked.path("subResource").asString()).isEqualTo("scale");
        assertThat(asked.at("/object/spec/replicas").asInt()).isEqualTo(9);
        assertThat(asked.at("/oldObject/spec/replicas").asInt()).isEqualTo(1);
        assertThat(world.api.get(DEPLOYMENTS + "/d").at("/spec/replicas").asInt()).isEqualTo(4);
    }

    @Test
    void evictionsBindingsAndTokensAreAdmittedAsWhatTheyCreate() {
        pod();
        world.validating("v", rule("CREATE", "", "v1", "*/*"), "");

        world.api.post(
                PODS + "/p/binding",
                json("{'metadata':{'name':'p'},'target':{'kind':'Node','name':'n'}}"));
        world.api.post(PODS + "/p/eviction", json("{'metadata':{'name':'p'}}"));
        world.api.post(
                "/api/v1/namespaces/shop/serviceaccounts/default/token", json("{'spec':{}}"));

        assertThat(world.server.asked)
                .extracting(each -> each.at("/kind/kind").asString())
                .containsExactly("Binding", "Eviction", "TokenRequest");
        assertThat(world.server.asked)
                .allSatisfy(each -> assertThat(each.path("oldObject").isNull()).isTrue());
        assertThat(world.server.asked.getFirst().at("/object/target/name").asString())
                .isEqualTo("n");
    }

    @Test
    void connectionsSayWhatTheyAreFor() {
        pod();
        world.validating("v", rule("CONNECT", "", "v1", "pods/exec"), "");
        world.answers("v", _ -> denied("{\"message\":\"no shells\"}"));

        Answer refused =
                world.api.get(PODS + "/p/exec?command=sh&command=-l&stdin=true&container=c");
        Answer other = world.api.get(PODS + "/p/attach?container=c");

        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message())
                .isEqualTo("admission webhook \"v.example.com\" denied the request: no shells");
        assertThat(other.code()).isEqualTo(200);
        JsonNode asked = onlyQuestion();
        assertThat(asked.path("operation").asString()).isEqualTo("CONNECT");
        assertThat(asked.path("object"))
                .isEqualTo(
                        tree(
                                "{'kind':'PodExecOptions','apiVersion':'v1','stdin':true,'container':'c','command':['sh','-l']}"));
        assertThat(asked.path("options").isNull()).isTrue();
    }

    @Test
    void whatConfiguresAdmissionIsNeverShown() {
        world.validating("v", ANYTHING, "");
        world.answers("v", _ -> denied("{}"));

        Answer removed =
                world.api.delete(
                        "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/v");

        assertThat(removed.code()).isEqualTo(200);
        assertThat(world.server.asked).isEmpty();
    }

    @Test
    void configurationsAreReadAgainWhenTheyChange() {
        world.createMap("before");
        world.validating("v", CONFIG_MAPS, "");
        world.createMap("with");
        world.api.delete("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/v");
        world.createMap("after");

        assertThat(onlyQuestion().path("name").asString()).isEqualTo("with");
    }
}
