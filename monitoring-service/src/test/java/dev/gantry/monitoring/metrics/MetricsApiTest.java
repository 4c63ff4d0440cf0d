package dev.gantry.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Usage;
import dev.gantry.model.message.Usage.Consumption;
import dev.gantry.model.message.Usage.ContainerUsage;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.request.Query;
import dev.gantry.monitoring.metrics.MetricsApi.Reply;
import dev.gantry.monitoring.usage.NodeRates;
import dev.gantry.monitoring.usage.NodeUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class MetricsApiTest {
    private static final String ROOT = "/apis/metrics.k8s.io/v1beta1";
    private static final String TABLE =
            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Resource> nodes =
            List.of(object("", "n1", "{}", "zone=a"), object("", "silent", "{}", "zone=a"));
    private final List<Resource> pods =
            List.of(
                    object("shop", "db", "{\"nodeName\":\"n1\"}", "app=db"),
                    object("shop", "new", "{\"nodeName\":\"n1\"}", "app=db"),
                    object("shop", "unbound", "{}", "app=web"),
                    object("web", "front", "{\"nodeName\":\"n1\"}", "app=web"));

    private final MetricsApi api = new MetricsApi(new View());

    @Test
    void showsANode() {
        assertThat(get(ROOT + "/nodes/n1"))
                .isEqualTo(
                        json(
                                """
                                {"kind":"NodeMetrics","apiVersion":"metrics.k8s.io/v1beta1",
                                 "metadata":{"name":"n1","creationTimestamp":"2026-01-01T00:00:12Z",
                                             "labels":{"zone":"a"}},
                                 "timestamp":"2026-01-01T00:00:10Z","window":"9.5s",
                                 "usage":{"cpu":"75m","memory":"3Mi"}}
                                """));
    }

    @Test
    void showsAPodWithItsContainers() {
        assertThat(get(ROOT + "/namespaces/shop/pods/db"))
                .isEqualTo(
                        json(
                                """
                                {"kind":"PodMetrics","apiVersion":"metrics.k8s.io/v1beta1",
                                 "metadata":{"name":"db","namespace":"shop",
                                             "creationTimestamp":"2026-01-01T00:00:12Z",
                                             "labels":{"app":"db"}},
                                 "timestamp":"2026-01-01T00:00:10Z","window":"9.5s",
                                 "containers":[
                                   {"name":"main","usage":{"cpu":"50m","memory":"1Mi"}},
                                   {"name":"log","usage":{"cpu":"12500u","memory":"1Ki"}}]}
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nodes | n1",
                "/pods | db,front",
                "/namespaces/shop/pods | db",
                "/namespaces/none/pods | ''",
                "/pods?labelSelector=app%3Dweb | front",
                "/pods?labelSelector=app!%3Dweb,app | db",
                "/pods?fieldSelector=metadata.name%3Dfront | front",
                "/pods?fieldSelector=metadata.namespace!%3Dshop | front",
                "/nodes?fieldSelector=metadata.name%3Dother | ''",
            })
    void listsWhatIsSelectedAndMeasured(String path, String names) {
        List<String> found = new ArrayList<>();
        get(ROOT + path)
                .path("items")
                .forEach(each -> found.add(each.at("/metadata/name").asString("")));
        assertThat(String.join(",", found)).isEqualTo(names);
    }

    @Test
    void namesTheKindsOfItsLists() {
        assertThat(get(ROOT + "/nodes").path("kind").asString("")).isEqualTo("NodeMetricsList");
        assertThat(get(ROOT + "/pods").path("kind").asString("")).isEqualTo("PodMetricsList");
    }

    @Test
    void showsATableToPeople() {
        JsonNode table = answer("GET", ROOT + "/pods", TABLE).body();
        assertThat(table.path("kind").asString("")).isEqualTo("Table");
        assertThat(table.at("/columnDefinitions/1/name").asString("")).isEqualTo("cpu");
        assertThat(table.at("/rows/0/cells"))
                .isEqualTo(JsonMapper.shared().readTree("[\"db\",\"62500u\",\"1025Ki\",\"9.5s\"]"));
        assertThat(table.at("/rows/1/object/metadata/namespace").asString("")).isEqualTo("web");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /namespaces/shop/pods/new | 404 | podmetrics.metrics.k8s.io \"shop/new\" not found",
                "GET | /namespaces/shop/pods/gone | 404 | podmetrics.metrics.k8s.io \"shop/gone\" not found",
                "GET | /nodes/silent | 404 | nodemetrics.metrics.k8s.io \"silent\" not found",
                "GET | /services | 404 | the server could not find the requested resource",
                "GET | /nodes/n1/status | 404 | the server could not find the requested resource",
                "GET | /pods?labelSelector=a,, | 400 | found ',', expected: identifier after ','",
                "GET | /pods?watch=true | 405 | watch is not supported",
                "DELETE | /nodes/n1 | 405 | delete is not supported",
            })
    void refusesWhatIsNotThere(String method, String path, int code, String words) {
        Reply reply = answer(method, ROOT + path, "application/json");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.body().path("kind").asString("")).isEqualTo("Status");
        assertThat(reply.body().path("message").asString("")).contains(words);
    }

    @Test
    void saysWhatItServes() {
        JsonNode list = get(ROOT);
        assertThat(list.path("groupVersion").asString("")).isEqualTo("metrics.k8s.io/v1beta1");
        assertThat(list.at("/resources/1/kind").asString("")).isEqualTo("PodMetrics");
        assertThat(list.at("/resources/1/namespaced").asBoolean(false)).isTrue();
        assertThat(get("/apis/metrics.k8s.io/").at("/preferredVersion/version").asString(""))
                .isEqualTo("v1beta1");
    }

    private JsonNode get(String path) {
        Reply reply = answer("GET", path, "application/json");
        assertThat(reply.code()).isEqualTo(200);
        return reply.body();
    }

    private Reply answer(String method, String pathAndQuery, String accept) {
        String[] parts = pathAndQuery.split("\\?", 2);
        return api.answer(method, parts[0], Query.parse(parts.length > 1 ? parts[1] : ""), accept);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Resource object(String namespace, String name, String spec, String label) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        ObjectNode metadata = tree.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.put("uid", "uid-" + name);
        String[] pair = label.split("=");
        metadata.putObject("labels").put(pair[0], pair[1]);
        tree.set("spec", JsonMapper.shared().readTree(spec));
        return new Resource(tree);
    }

    private final class View implements MetricsView {
        @Override
        public Instant now() {
            return THEN.plusSeconds(12);
        }

        @Override
        public List<Resource> nodes() {
            return nodes;
        }

        @Override
        public Optional<Resource> node(String name) {
            return nodes.stream().filter(each -> each.name().equals(name)).findFirst();
        }

        @Override
        public List<Resource> pods(String namespace) {
            return pods.stream()
                    .filter(each -> namespace.isEmpty() || each.namespace().equals(namespace))
                    .toList();
        }

        @Override
        public Optional<Resource> pod(String namespace, String name) {
            return pods(namespace).stream().filter(each -> each.name().equals(name)).findFirst();
        }

        @Override
        public Optional<NodeRates> rates(String node) {
            return node.equals("n1")
                    ? NodeUsage.first(sample(500, 0)).next(sample(10_000, 1)).rates()
                    : Optional.empty();
        }

        private Usage sample(int millis, long times) {
            return new Usage(
                    node(),
                    THEN.plusMillis(millis),
                    new Consumption(0, 3 << 20, 0, 0),
                    List.of(
                            used("db", "main", times * 475_000_000, 1 << 20),
                            used("db", "log", times * 118_750_000, 1024),
                            used("front", "main", times * 118_750_000, 2048)));
        }

        private String node() {
            return "n1";
        }

        private ContainerUsage used(String pod, String container, long nanos, long bytes) {
            var used = new Consumption(nanos, bytes, 0, 0);
            return new ContainerUsage("shop", pod, new Uid("uid-" + pod), container, used);
        }
    }
}
