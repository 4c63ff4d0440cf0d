package dev.gantry.state.shell.api;

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
import tools.jackson.databind.node.ObjectNode;

class MutatingWebhooksTest {
    private static final String ADD_B = "[{'op':'add','path':'/data/b','value':'2'}]";
    private WebhookWorld world;

    @BeforeEach
    void start() throws InterruptedException {
        world = new WebhookWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatAWebhookMakesOfAnObjectIsStored() {
        world.answers("a", _ -> patch(ADD_B));
        world.mutating("a", CONFIG_MAPS, "");

        Answer made = world.createMap("x");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.at("/data")).isEqualTo(tree("{'a':'1','b':'2'}"));
        assertThat(world.api.get(MAPS + "/x").at("/data/b").asString()).isEqualTo("2");
    }

    @Test
    void aWebhookIsToldAllOfTheRequest() {
        world.answers("a", _ -> allowed());
        world.mutating("a", CONFIG_MAPS, "");

        world.api.post(
                MAPS + "?dryRun=All&fieldManager=me&fieldValidation=Strict",
                json("{'metadata':{'generateName':'x-'},'data':{'a':'1'}}"));

        JsonNode asked = world.server.asked.getFirst();
        assertThat(asked.path("uid").asString()).hasSize(36);
        for (String kind : new String[] {"kind", "requestKind"}) {
            assertThat(asked.path(kind))
                    .isEqualTo(tree("{'group':'','version':'v1','kind':'ConfigMap'}"));
        }
        for (String resource : new String[] {"resource", "requestResource"}) {
            assertThat(asked.path(resource))
                    .isEqualTo(tree("{'group':'','version':'v1','resource':'configmaps'}"));
        }
        assertThat(asked.has("name")).as("is generated later").isFalse();
        assertThat(asked.path("namespace").asString()).isEqualTo("shop");
        assertThat(asked.path("operation").asString()).isEqualTo("CREATE");
        assertThat(asked.path("userInfo"))
                .isEqualTo(
                        tree(
                                "{'username':'alice','groups':['system:masters','system:authenticated']}"));
        assertThat(asked.path("dryRun").asBoolean()).isTrue();
        assertThat(asked.path("oldObject").isNull()).isTrue();
        assertThat(asked.path("options"))
                .isEqualTo(
                        tree(
                                "{'kind':'CreateOptions','apiVersion':'meta.k8s.io/v1','dryRun':['All'],"
                                        + "'fieldManager':'me','fieldValidation':'Strict'}"));
        ObjectNode metadata = (ObjectNode) asked.at("/object/metadata");
        assertThat(metadata.remove("managedFields").findValuesAsString("manager"))
                .as("noted before admission")
                .containsExactly("me");
        assertThat(asked.path("object"))
                .isEqualTo(
                        tree(
                                "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'generateName':'x-',"
                                        + "'namespace':'shop'},'data':{'a':'1'}}"));
    }

    @Test
    void oneThatAsksForItIsAskedAgainWhenTheObjectChangesAfterIt() {
        world.answers(
                "a",
                request ->
                        request.at("/object/data").has("b")
                                ? patch("[{'op':'add','path':'/data/saw','value':'b'}]")
                                : allowed());
        world.answers("b", _ -> patch("[{'op':'add','path':'/data/b','value':'2'}]"));
        world.mutating("a", CONFIG_MAPS, "'reinvocationPolicy':'IfNeeded'");
        world.mutating("b", CONFIG_MAPS, "");

        Answer made = world.createMap("x");

        assertThat(made.at("/data")).isEqualTo(tree("{'a':'1','b':'2','saw':'b'}"));
        assertThat(world.server.askedAt("/a")).hasSize(2);
        assertThat(world.server.askedAt("/b")).as("never").hasSize(1);
    }

    @Test
    void pluginsCompleteWhatAWebhookAdds() {
        world.api.post(
                "/api/v1/namespaces/shop/serviceaccounts", json("{'metadata':{'name':'default'}}"));
        world.answers(
                "a",
                request ->
                        request.at("/object/spec/containers").size() == 1
                                ? patch(
                                        "[{'op':'add','path':'/spec/containers/-','value':{'name':'side','image':'x'}}]")
                                : allowed());
        world.mutating("a", rule("CREATE", "", "v1", "pods"), "");

        Answer made =
                world.api.post(
                        "/api/v1/namespaces/shop/pods",
                        json(
                                "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}"));

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/spec/containers/1/imagePullPolicy"))
                .as("defaults")
                .isEqualTo("Always");
        assertThat(made.at("/spec/containers/1/volumeMounts").size())
                .as("the token, by the account's plugin in the second round")
                .isEqualTo(1);
    }

    @Test
    void addressesAreGivenForWhatTheObjectHasBecome() {
        world.answers("a", _ -> patch("[{'op':'replace','path':'/spec/type','value':'NodePort'}]"));
        world.answers("v", _ -> allowed());
        world.mutating("a", rule("CREATE", "", "v1", "services"), "");
        world.validating("v", rule("CREATE", "", "v1", "services"), "");

        Answer made =
                world.api.post(
                        "/api/v1/namespaces/shop/services",
                        json("{'metadata':{'name':'s'},'spec':{'ports':[{'port':80}]}}"));

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.at("/spec/ports/0/nodePort").asInt()).isGreaterThanOrEqualTo(30000);
        JsonNode validated = world.server.askedAt("/v").getFirst().path("object");
        assertThat(validated.at("/spec/clusterIP").asString())
                .isNotEmpty()
                .isEqualTo(made.text("/spec/clusterIP"));
        assertThat(validated.at("/metadata/uid").asString()).isEqualTo(made.text("/metadata/uid"));
        assertThat(world.server.askedAt("/v")).hasSize(1);
    }

    @Test
    void theFirstRefusalEndsIt() {
        world.answers(
                "a", _ -> denied("{\"message\":\"no\",\"code\":409,\"reason\":\"Conflict\"}"));
        world.answers("b", _ -> allowed());
        world.mutating("a", CONFIG_MAPS, "");
        world.mutating("b", CONFIG_MAPS, "");

        Answer refused = world.createMap("x");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.text("/reason")).isEqualTo("Conflict");
        assertThat(refused.message())
                .isEqualTo("admission webhook \"a.example.com\" denied the request: no");
        assertThat(world.server.askedAt("/b")).isEmpty();
        assertThat(world.api.get(MAPS + "/x").code()).isEqualTo(404);
    }

    @Test
    void anUpdateShowsBothAndIsDecidedOnWhatTheWebhookMakesOfIt() {
        world.createMap("x");
        world.answers("a", _ -> patch(ADD_B));
        world.mutating("a", rule("UPDATE", "", "v1", "configmaps"), "");

        Answer updated =
                world.api.patch(MAPS + "/x", "merge-patch+json", json("{'data':{'a':'7'}}"));

        assertThat(updated.at("/data")).isEqualTo(tree("{'a':'7','b':'2'}"));
        JsonNode asked = world.server.asked.getFirst();
        assertThat(asked.at("/object/data/a").asString()).isEqualTo("7");
        assertThat(asked.at("/oldObject/data/a").asString()).isEqualTo("1");
        assertThat(asked.at("/options/kind").asString()).isEqualTo("UpdateOptions");
    }

    @Test
    void anApplyIsAdmittedLikeAnyOther() {
        world.answers("a", _ -> patch(ADD_B));
        world.mutating("a", CONFIG_MAPS, "");

        Answer applied =
                world.api.patch(
                        MAPS + "/x?fieldManager=me",
                        "apply-patch+yaml",
                        json(
                                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x'},'data':{'a':'1'}}"));

        assertThat(applied.code()).as(applied.message()).isEqualTo(201);
        assertThat(applied.at("/data/b").asString()).isEqualTo("2");
    }

    @Test
    void whatCannotSucceedAnywayIsNotShown() {
        world.createMap("x");
        world.answers("a", _ -> allowed());
        world.mutating("a", WebhookWorld.ANYTHING, "");

        Answer stale =
                world.api.put(MAPS + "/x", json("{'metadata':{'name':'x','resourceVersion':'1'}}"));
        Answer gone = world.api.delete(MAPS + "/y");

        assertThat(stale.code()).isEqualTo(409);
        assertThat(gone.code()).isEqualTo(404);
        assertThat(world.server.asked).isEmpty();
    }

    @Test
    void anotherNameThanTheGeneratedOneIsLookedUp() {
        world.createMap("taken");
        world.answers("a", _ -> patch("[{'op':'add','path':'/metadata/name','value':'taken'}]"));
        world.mutating("a", CONFIG_MAPS, "");

        Answer refused = world.api.post(MAPS, json("{'metadata':{'generateName':'x-'}}"));

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.message()).isEqualTo("configmaps \"taken\" already exists");
        assertThat(world.api.get(MAPS + "/taken").at("/data/a").asString()).isEqualTo("1");
    }
}
