package dev.gantry.local.cli;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.image.LocalImages;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some of everything that a cluster does: objects made, read, listed, changed, pods run, deleted.
 */
final class TrainingLoad {
    private static final int OBJECTS = 2000;
    private static final int READS = 6000;
    private static final int CONNECTIONS = 8;
    private static final GroupResource CONFIG_MAPS = Resources.CONFIG_MAPS;

    private final ClusterApi api;
    private final Steps steps;

    TrainingLoad(ClusterApi api, Steps steps) {
        this.api = api;
        this.steps = steps;
    }

    void run() throws InterruptedException {
        api.create(Resources.DEPLOYMENTS, deployment());
        steps.begin("creating %d objects".formatted(OBJECTS));
        inParallel(OBJECTS, this::create);
        steps.begin("reading %d times".formatted(READS));
        inParallel(READS, this::read);
        steps.begin("listing them");
        for (int i = 0; i < 20; i++) {
            api.list(CONFIG_MAPS, "default", "");
            api.list(Resources.PODS, "", "");
        }
        steps.begin("changing each twice");
        inParallel(OBJECTS, this::update);
        inParallel(OBJECTS, this::patch);
        steps.begin("deleting them");
        inParallel(OBJECTS, this::delete);
    }

    private static ObjectKey key(int number) {
        return new ObjectKey(CONFIG_MAPS, "default", "training-" + number % OBJECTS);
    }

    private void create(int number) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", "training-" + number).put("namespace", "default");
        object.putObject("data").put("key", "value ".repeat(40));
        api.create(CONFIG_MAPS, new Resource(object));
    }

    private void read(int number) {
        api.get(key(number));
    }

    private void update(int number) {
        Resource object = api.get(key(number)).orElseThrow();
        object.tree().putObject("data").put("key", "other ".repeat(40));
        api.update(CONFIG_MAPS, object);
    }

    private void patch(int number) {
        ObjectNode patch = JsonMapper.shared().createObjectNode();
        patch.putObject("metadata").putObject("labels").put("trained", "yes");
        api.mergePatch(key(number), "", patch);
    }

    private void delete(int number) {
        api.remove(key(number), api.get(key(number)).orElseThrow().uid());
    }

    private void inParallel(int times, IntConsumer step) {
        try (var workers = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < times; i++) {
                int number = i;
                workers.execute(() -> step.accept(number));
            }
        }
    }

    void awaitPods() throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 300; i++) {
            long running =
                    api.list(Resources.PODS, "default", "").stream()
                            .filter(pod -> Resource.text(pod.status(), "phase").equals("Running"))
                            .count();
            if (running >= 2) {
                return;
            }
            never.await(100, TimeUnit.MILLISECONDS);
        }
    }

    private static Resource deployment() {
        String text =
                """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"name": "training", "namespace": "default"},
                 "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "training"}},
                  "template": {"metadata": {"labels": {"app": "training"}},
                   "spec": {"terminationGracePeriodSeconds": 0, "containers": [
                    {"name": "main", "image": "%s", "command": ["sleep", "3600"]}]}}}}
                """
                        .formatted(LocalImages.BUSYBOX);
        return new Resource((ObjectNode) JsonMapper.shared().readTree(text));
    }
}
