package dev.gantry.acceptance.operator.sdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** A web page that some replicas serve. */
@Group("sdk.example.com")
@Version("v1")
public final class Site extends CustomResource<Site.Spec, Site.Status> implements Namespaced {
    /** What its author wants. */
    public record Spec(int replicas, String message) {}

    /** What the operator found. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(
            long observedGeneration,
            int readyReplicas,
            String selector,
            List<Condition> conditions) {}

    String name() {
        return getMetadata().getName();
    }

    String namespace() {
        return getMetadata().getNamespace();
    }
}
