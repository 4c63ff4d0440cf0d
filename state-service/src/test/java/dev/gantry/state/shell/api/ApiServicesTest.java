package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.json;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.aggregation.ApiServices;
import dev.gantry.state.shell.aggregation.ExtensionClient;
import dev.gantry.state.shell.api.TestApi.Answer;
import dev.gantry.state.shell.catalog.CustomResourceDefinitions;
import dev.gantry.state.shell.catalog.Dependencies;
import dev.gantry.state.shell.catalog.Instances;
import dev.gantry.state.view.View;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** APIServices and what they lead to: a real server with TLS on loopback. */
class ApiServicesTest {
    private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final String CHAIRS = SERVICES + "/v1.furniture.example.com";
    private static final String DOCUMENT = "/apis/furniture.example.com/v1";
    private static final String LIST =
            """
            {'kind':'APIResourceList','apiVersion':'v1','groupVersion':'furniture.example.com/v1',
             'resources':[
               {'name':'chairs','singularName':'chair','namespaced':true,'kind':'Chair',
                'verbs':['get','list'],'shortNames':['ch']},
               {'name':'chairs/status','singularName':'','namespaced':true,'kind':'Chair',
                'verbs':['get','update']}]}
            """;

    @TempDir Path folder;
    private WebhookWorld world;
    private TestApi api;
    private ApiServices services;

    @BeforeEach
    void start() throws InterruptedException {
        world = new WebhookWorld();
        api = world.api;
        services =
                new ApiServices(
                                new Dependencies(
                                        api.log,
                                        api.catalog,
                                        new Instances(api.backend),
                                        _ -> true),
                                new ExtensionClient(new View.Live(api.log), folder),
                                InstantSource.fixed(TestApi.NOW))
                        .start();
    }

    @AfterEach
    void stop() {
        services.close();
        world.close();
    }

    @Test
    void saysWhatKeepsAServerFromBeingAsked() throws InterruptedException {
        register(world.server.authority());
        awaitCondition("ServiceNotFound", "service/hook in \"shop\" is not present");
        createService(444);
        awaitCondition("ServicePortError", "service/hook in \"shop\" is not listening on port 443");
        api.delete("/api/v1/namespaces/shop/services/hook");
        createService(443);
        awaitCondition(
                "EndpointsNotFound", "cannot find endpointslices for service/hook in \"shop\"");
        world.storeEndpoints();
        String url = "https://127.0.0.1:" + world.server.port() + DOCUMENT;
        awaitCondition(
                "FailedDiscoveryCheck",
                "failing or missing response from %1$s: bad status from %1$s: 404".formatted(url));
        world.server.raw(DOCUMENT, _ -> json(LIST));
        awaitCondition("Passed", "all checks passed");
        assertThat(world.server.asked.getLast().path("user").asString(""))
                .isEqualTo("system:kube-aggregator");
    }

    @Test
    void tellsWhatAServerServes() throws InterruptedException {
        serveChairs();
        JsonNode group = find(aggregated().path("items"), "furniture.example.com");
        assertThat(group.at("/versions/0/freshness").asString("")).isEqualTo("Current");
        JsonNode resource = group.at("/versions/0/resources/0");
        assertThat(resource.path("resource").asString("")).isEqualTo("chairs");
        assertThat(resource.path("scope").asString("")).isEqualTo("Namespaced");
        assertThat(resource.at("/shortNames/0").asString("")).isEqualTo("ch");
        assertThat(resource.at("/subresources/0/subresource").asString("")).isEqualTo("status");
        assertThat(api.get("/apis/furniture.example.com").text("/preferredVersion/version"))
                .isEqualTo("v1");
        assertThat(api.get("/apis").body().toString()).contains("furniture.example.com/v1");
    }

    @Test
    void mergesHowAServerDescribesItself() throws InterruptedException {
        world.server.raw(
                "/openapi/v3",
                _ ->
                        json(
                                "{'paths':{'apis/furniture.example.com/v1':{'serverRelativeURL':"
                                        + "'/openapi/v3/apis/furniture.example.com/v1?hash=AB'},'apis':{}}}"));
        world.server.raw(
                "/openapi/v2",
                _ ->
                        json(
                                "{'paths':{'%s/chairs':{'get':{}},'/apis/apps/v1/deployments':{'get':{'x':1}}},"
                                                .formatted(DOCUMENT)
                                        + "'definitions':{'example.Chair':{'type':'object'},"
                                        + "'io.k8s.api.core.v1.Pod':{'type':'string'}}}"));
        serveChairs();
        assertThat(
                        api.get("/openapi/v3")
                                .body()
                                .path("paths")
                                .path("apis/furniture.example.com/v1")
                                .toString())
                .isEqualTo(
                        json(
                                "{'serverRelativeURL':'/openapi/v3/apis/furniture.example.com/v1?hash=AB'}"));
        JsonNode whole = api.get("/openapi/v2").body();
        assertThat(whole.path("paths").has(DOCUMENT + "/chairs")).isTrue();
        assertThat(whole.path("paths").path("/apis/apps/v1/deployments").path("get").has("x"))
                .isFalse();
        JsonNode definitions = whole.path("definitions");
        assertThat(definitions.has("example.Chair")).isTrue();
        assertThat(definitions.path("io.k8s.api.core.v1.Pod").path("type").asString(""))
                .isEqualTo("object");
    }

    @Test
    void remembersWhatAServerServedThatAnswersNoLonger() throws InterruptedException {
        serveChairs();
        world.server.raw(DOCUMENT, _ -> "no document");
        touch();
        awaitCondition("FailedDiscoveryCheck", "failing or missing response");
        JsonNode group = find(aggregated().path("items"), "furniture.example.com");
        assertThat(group.at("/versions/0/freshness").asString("")).isEqualTo("Stale");
        assertThat(group.at("/versions/0/resources/0/resource").asString("")).isEqualTo("chairs");
        api.delete(CHAIRS);
        await().until(
                        () ->
                                find(aggregated().path("items"), "furniture.example.com")
                                        .isMissingNode());
    }

    @Test
    void believesNoServerThatAnotherAuthoritySigned() throws InterruptedException {
        world.server.raw(DOCUMENT, _ -> json(LIST));
        createService(443);
        world.storeEndpoints();
        try (var other = new dev.gantry.state.shell.webhook.WebhookServer()) {
            register(other.authority());
            awaitCondition("FailedDiscoveryCheck", "certificate signed by unknown authority");
        }
        assertThat(world.server.asked).isEmpty();
    }

    @Test
    void callsALocalOneAvailableAgain() throws InterruptedException {
        register(world.server.authority());
        awaitCondition("ServiceNotFound", "is not present");
        Answer stored = api.get(CHAIRS);
        var local = (tools.jackson.databind.node.ObjectNode) stored.body();
        var spec = (tools.jackson.databind.node.ObjectNode) local.path("spec");
        spec.remove("service");
        spec.remove("caBundle");
        assertThat(api.put(CHAIRS, local.toString()).code()).isEqualTo(200);
        awaitCondition("Local", "Local APIServices are always available");
    }

    @Test
    void registersTheVersionsOfCustomResources() throws InterruptedException {
        try (CustomResourceDefinitions _ = api.followDefinitions()) {
            String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
            api.post(
                    definitions,
                    json(
                            """
                            {'metadata':{'name':'tables.example.com'},
                             'spec':{'group':'example.com','scope':'Namespaced',
                               'names':{'plural':'tables','kind':'Table'},
                               'versions':[{'name':'v1','served':true,'storage':true,
                                 'schema':{'openAPIV3Schema':{'type':'object'}}}]}}
                            """));
            String registered = SERVICES + "/v1.example.com";
            await().until(() -> api.get(registered).code() == 200);
            assertThat(api.get(registered).body().at("/metadata/labels").toString())
                    .isEqualTo("{\"kube-aggregator.kubernetes.io/automanaged\":\"true\"}");
            assertThat(api.get(registered).text("/status/conditions/0/reason")).isEqualTo("Local");
            api.delete(definitions + "/tables.example.com");
            await().until(() -> api.get(registered).code() == 404);
        }
    }

    private void serveChairs() throws InterruptedException {
        world.server.raw(DOCUMENT, _ -> json(LIST));
        createService(443);
        world.storeEndpoints();
        register(world.server.authority());
        awaitCondition("Passed", "all checks passed");
    }

    private void createService(int port) {
        api.post(
                "/api/v1/namespaces/shop/services",
                json("{'metadata':{'name':'hook'},'spec':{'ports':[{'name':'tls','port':%d}]}}")
                        .formatted(port));
    }

    private void register(String authority) {
        Answer made =
                api.post(
                        SERVICES,
                        json(
                                """
                                {'metadata':{'name':'v1.furniture.example.com'},
                                 'spec':{'group':'furniture.example.com','version':'v1',
                                   'groupPriorityMinimum':100,'versionPriority':100,
                                   'service':{'namespace':'shop','name':'hook'},
                                   'caBundle':'%s'}}
                                """
                                        .formatted(authority)));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    /** A change of the object is looked at before the next round. */
    private void touch() {
        api.patch(CHAIRS, "merge-patch+json", "{\"metadata\":{\"labels\":{\"touched\":\"yes\"}}}");
    }

    private void awaitCondition(String reason, String message) {
        await().untilAsserted(
                        () -> {
                            JsonNode condition = api.get(CHAIRS).at("/status/conditions/0");
                            assertThat(condition.path("reason").asString("")).isEqualTo(reason);
                            assertThat(condition.path("message").asString("")).contains(message);
                        });
    }

    private JsonNode aggregated() {
        ApiReply reply =
                api.raw(
                        "GET",
                        "/apis",
                        "",
                        Map.of(
                                "accept",
                                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
        return JsonMapper.shared().readTree(((ApiReply.Whole) reply).body());
    }

    private static JsonNode find(JsonNode items, String name) {
        for (JsonNode each : items) {
            if (each.at("/metadata/name").asString("").equals(name)) {
                return each;
            }
        }
        return tools.jackson.databind.node.MissingNode.getInstance();
    }
}
