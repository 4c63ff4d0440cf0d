package dev.gantry.agent.shell.api;

import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.edge.ServiceToken;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@link ClusterObjects} over the API; Services come from the feed's cache. */
public final class ApiObjects implements ClusterObjects {
    private final ClusterApi api;
    private final String node;
    private final ObjectCache cache;
    private final InstantSource clock;

    public ApiObjects(ClusterApi api, String node, ObjectCache cache, InstantSource clock) {
        this.api = api;
        this.node = node;
        this.cache = cache;
        this.clock = clock;
    }

    @Override
    public Optional<Resource> get(ObjectKey key) {
        return asked(() -> api.get(key));
    }

    @Override
    public Optional<Resource> node() {
        return cache.get(new ObjectKey(Resources.NODES, "", node));
    }

    @Override
    public List<Resource> podsOfNode() {
        String query = "fieldSelector=spec.nodeName%3D" + node;
        return asked(() -> api.list(Resources.PODS, "", query));
    }

    @Override
    public List<Resource> services() {
        return cache.list(Resources.SERVICES);
    }

    @Override
    public ServiceToken token(PodSpec pod, String audience, Duration lifetime) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = request.putObject("spec").put("expirationSeconds", lifetime.toSeconds());
        spec.putArray("audiences");
        if (!audience.isEmpty()) {
            spec.withArray("audiences").add(audience);
        }
        spec.putObject("boundObjectRef")
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("name", pod.name())
                .put("uid", pod.uid().value());
        String account = pod.serviceAccount().isEmpty() ? "default" : pod.serviceAccount();
        var key = new ObjectKey(Resources.SERVICE_ACCOUNTS, pod.namespace(), account);
        Instant issued = clock.instant();
        Resource answer = asked(() -> api.createSubresource(key, "token", request));
        Instant expires =
                Resource.instant(answer.status().path("expirationTimestamp"))
                        .orElseGet(() -> issued.plus(lifetime));
        return new ServiceToken(Resource.text(answer.status(), "token"), issued, expires);
    }

    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (ApiRefused | ApiUnreachable fault) {
            throw new EdgeFault(String.valueOf(fault.getMessage()), fault);
        }
    }
}
