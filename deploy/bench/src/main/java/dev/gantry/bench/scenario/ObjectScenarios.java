package dev.gantry.bench.scenario;

import static dev.gantry.bench.scenario.PodScenarios.seconds;

import dev.gantry.bench.client.Burst;
import dev.gantry.bench.client.Burst.Request;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action.Propagation;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios of objects that nothing runs for: their ends, and what is told of endpoints. */
final class ObjectScenarios {
    private static final String CORE = "api/v1";
    private static final String OWNER = "owner";

    private ObjectScenarios() {}

    static double namespace(Ground ground, int size) throws IOException, InterruptedException {
        String path = ground.path(CORE, "configmaps");
        ground.create(path, size, i -> ScenarioObjects.configMap("object-" + i, ""));
        try (var namespace = ground.watchNamespace()) {
            namespace.await("the namespace", () -> namespace.count() == 1);
            long began = System.nanoTime();
            ground.removeNamespace();
            return seconds(began, namespace.await("its end", () -> namespace.count() == 0));
        }
    }

    static double garbage(Ground ground, int size) throws IOException, InterruptedException {
        String path = ground.path(CORE, "configmaps");
        var owner = tree(ScenarioObjects.configMap(OWNER, ""));
        owner.withObject("metadata").put("namespace", ground.namespace());
        Resource made = ground.api().create(Resources.CONFIG_MAPS, new Resource(owner));
        String owned = ScenarioObjects.ownedBy(OWNER, made.uid().value());
        ground.create(path, size, i -> ScenarioObjects.configMap("object-" + i, owned));
        try (var left = ground.watch(path, Amounts::counted)) {
            left.await("the dependents", () -> left.total() == size + 1);
            long began = System.nanoTime();
            var key = new ObjectKey(Resources.CONFIG_MAPS, ground.namespace(), OWNER);
            ground.api().delete(key, made.uid(), Propagation.BACKGROUND);
            return seconds(began, left.await("their end", () -> left.total() == 0));
        }
    }

    /** One pod after the other stops being ready, and is ready again. */
    static double endpoints(Ground ground, int services) throws IOException, InterruptedException {
        int pods = services * Scenario.ENDPOINTS_EACH;
        String slices = ground.path("apis/discovery.k8s.io/v1", "endpointslices");
        try (var told = ground.watch(slices, Amounts::readyEndpoints)) {
            ground.create(ground.path(CORE, "services"), services, ScenarioObjects::service);
            ground.create(ground.path(CORE, "pods"), pods, i -> pod(ground, i));
            told.await("ready endpoints", () -> told.total() == pods);
            return change(ground, told, pods);
        }
    }

    private static double change(Ground ground, WatchedObjects told, int pods)
            throws IOException, InterruptedException {
        try (RawConnection connection = ground.cluster().connect()) {
            long began = System.nanoTime();
            for (int i = 0; i < Scenario.CHANGES; i++) {
                boolean isReady = i % 2 == 1;
                change(ground, connection, name(i / 2 * Scenario.ENDPOINTS_EACH % pods), isReady);
                int wanted = isReady ? pods : pods - 1;
                told.await("an endpoint's change", () -> told.total() == wanted);
            }
            return seconds(began, System.nanoTime());
        }
    }

    private static void change(Ground ground, RawConnection connection, String pod, boolean isReady)
            throws IOException, InterruptedException {
        String path = ground.path(CORE, "pods") + "/" + pod + "/status";
        String body = "{\"status\":{\"conditions\":[" + KubeletAnswers.readiness(isReady) + "]}}";
        Burst.sendOne(connection, new Request("PATCH", path, body));
    }

    private static String pod(Ground ground, int number) {
        return ground.objects()
                .boundPod(number / Scenario.ENDPOINTS_EACH, name(number), ground.node(number));
    }

    private static String name(int pod) {
        return "pod-" + pod;
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
