package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A Deployment {@code web} with its scale and pods, and the metrics APIs that tell of them. */
final class MetricsApis {
    static final String SCALE = "/apis/apps/v1/namespaces/default/deployments/web/scale";

    private final SimulatedApi api;
    private final Map<String, String> usage = new TreeMap<>();
    private final Map<String, ApiAnswer> others = new TreeMap<>();
    private final List<Integer> written = new ArrayList<>();
    private final Set<ApiQuery> asked = new HashSet<>();
    private int replicas;
    private String selector = "app=web";

    MetricsApis(SimulatedApi api, int replicas) {
        this.api = api;
        this.replicas = replicas;
        api.answering(this::answer);
        api.scaling(
                put -> {
                    this.replicas = put.scale().spec().path("replicas").asInt(0);
                    written.add(this.replicas);
                });
    }

    /** The sizes that were written, in order. */
    List<Integer> written() {
        return written;
    }

    Set<ApiQuery> asked() {
        return asked;
    }

    void replicas(int now) {
        replicas = now;
    }

    void selector(String text) {
        selector = text;
    }

    /** Running for ten minutes, with a request of one CPU. */
    void pod(String name, String cpu) {
        pod(name, "Running", api.now().minus(Duration.ofMinutes(10)), "True");
        usage.put(name, cpu);
    }

    void podWithoutMetrics(String name) {
        pod(name, "Running", api.now().minus(Duration.ofMinutes(10)), "True");
    }

    void podThatStarts(String name, String cpu) {
        pod(name, "Running", api.now().minus(Duration.ofSeconds(10)), "False");
        usage.put(name, cpu);
    }

    void uses(String pod, String cpu) {
        usage.put(pod, cpu);
    }

    void answers(String path, String json) {
        others.put(path, new ApiAnswer.Found(SimulatedApi.object(json)));
    }

    void refuses(String path, int code, String message) {
        others.put(path, new ApiAnswer.Refused(code, "", message));
    }

    private ApiAnswer answer(ApiQuery query) {
        asked.add(query);
        if (others.containsKey(query.path())) {
            return others.get(query.path());
        }
        if (query.path().equals(SCALE)) {
            return new ApiAnswer.Found(scale());
        }
        if (query.path().equals("/apis/metrics.k8s.io/v1beta1/namespaces/default/pods")) {
            return new ApiAnswer.Found(usage());
        }
        return new ApiAnswer.Refused(
                404, "NotFound", "the server could not find the requested resource");
    }

    private Resource scale() {
        return SimulatedApi.object(
                """
                {'apiVersion':'autoscaling/v1','kind':'Scale',
                 'metadata':{'name':'web','namespace':'default','resourceVersion':'7'},
                 'spec':{'replicas':%d},'status':{'replicas':%d,'selector':'%s'}}
                """
                        .formatted(replicas, replicas, selector));
    }

    private Resource usage() {
        Resource list = SimulatedApi.object("{'kind':'PodMetricsList'}");
        ArrayNode items = list.tree().putArray("items");
        usage.forEach(
                (pod, cpu) -> {
                    ObjectNode item = items.addObject();
                    item.putObject("metadata").put("name", pod);
                    item.put("timestamp", Conditions.timestamp(api.now())).put("window", "15s");
                    ObjectNode container = item.putArray("containers").addObject();
                    container.put("name", "c").putObject("usage").put("cpu", cpu);
                });
        return list;
    }

    private void pod(String name, String phase, Instant started, String ready) {
        api.create(
                Resources.PODS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'%s','namespace':'default','labels':{'app':'web'}},
                         'spec':{'containers':[{'name':'c',
                           'resources':{'requests':{'cpu':'1'}}}]},
                         'status':{'phase':'%s','startTime':'%s','conditions':[
                           {'type':'Ready','status':'%s','lastTransitionTime':'%s'}]}}
                        """
                                .formatted(name, phase, started, ready, started)));
    }
}
