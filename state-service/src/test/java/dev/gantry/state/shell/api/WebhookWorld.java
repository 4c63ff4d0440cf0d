package dev.gantry.state.shell.api;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Change;
import dev.gantry.state.shell.api.TestApi.Answer;
import dev.gantry.state.shell.webhook.WebhookServer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An API with a namespace {@code shop}, and webhooks to configure. JSON has single quotes. */
final class WebhookWorld implements AutoCloseable {
    static final String ANYTHING =
            "{'operations':['*'],'apiGroups':['*'],'apiVersions':['*'],'resources':['*/*']}";
    static final String CONFIG_MAPS = rule("CREATE", "", "v1", "configmaps");
    static final String MAPS = "/api/v1/namespaces/shop/configmaps";

    private static final String CONFIGURATIONS = "/apis/admissionregistration.k8s.io/v1/";

    final TestApi api;
    final WebhookServer server = new WebhookServer();

    WebhookWorld() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    static String rule(String operation, String group, String version, String resource) {
        return "{'operations':['%s'],'apiGroups':['%s'],'apiVersions':['%s'],'resources':['%s']}"
                .formatted(operation, group, version, resource);
    }

    /** A webhook of its own configuration, at a path of its own. */
    Answer mutating(String name, String rule, String more) {
        return configure("mutating", name, webhook(name, clientConfig(name), rule, more));
    }

    Answer validating(String name, String rule, String more) {
        return configure("validating", name, webhook(name, clientConfig(name), rule, more));
    }

    Answer configure(String sort, String name, String webhook) {
        return api.post(
                CONFIGURATIONS + sort + "webhookconfigurations",
                json("{'metadata':{'name':'%s'},'webhooks':[%s]}".formatted(name, webhook)));
    }

    String clientConfig(String name) {
        return "{'url':'%s','caBundle':'%s'}".formatted(server.url("/" + name), server.authority());
    }

    static String webhook(String name, String clientConfig, String rule, String more) {
        return """
        {'name':'%s.example.com','clientConfig':%s,'rules':[%s],'sideEffects':'None',
         'admissionReviewVersions':['v1'],'timeoutSeconds':30%s}
        """
                .formatted(name, clientConfig, rule, more.isEmpty() ? "" : "," + more);
    }

    void answers(String name, Function<JsonNode, ObjectNode> response) {
        server.on("/" + name, response);
    }

    Answer createMap(String name) {
        return api.post(MAPS, json("{'metadata':{'name':'%s'},'data':{'a':'1'}}".formatted(name)));
    }

    /** Past the API, which takes no endpoints on loopback. */
    void storeEndpoints() throws InterruptedException {
        var slice =
                new Resource(
                        (ObjectNode)
                                tree(
                                        "{'kind':'EndpointSlice','apiVersion':'discovery.k8s.io/v1','metadata':"
                                                + "{'name':'hook-1','namespace':'shop','uid':'u','labels':{'kubernetes.io/service-name':'hook'}},"
                                                + "'addressType':'IPv4','endpoints':[{'addresses':['127.0.0.1']}],"
                                                + "'ports':[{'name':'tls','port':%d}]}"
                                                        .formatted(server.port())));
        api.log.commit(
                List.of(
                        new Change(
                                slice.key(Resources.ENDPOINT_SLICES),
                                Revision.NONE,
                                Optional.of(slice),
                                "test",
                                TestApi.NOW)));
    }

    static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    static JsonNode tree(String quoted) {
        return JsonMapper.shared().readTree(json(quoted));
    }

    @Override
    public void close() {
        server.close();
    }
}
