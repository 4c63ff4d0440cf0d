package dev.gantry.acceptance.operator.informer;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A web page that some replicas serve; Gson fills its fields. */
record Site(
        String apiVersion, String kind, V1ObjectMeta metadata, Spec spec, @Nullable Status status)
        implements KubernetesObject {
    static final String GROUP = "informer.example.com";
    static final String FINALIZER = GROUP + "/entry";

    /** What its author wants. */
    record Spec(int replicas, String message) {}

    /** What the operator found. */
    record Status(
            long observedGeneration,
            int readyReplicas,
            String selector,
            List<V1Condition> conditions) {}

    /** What a list of them is on the wire. */
    record Many(String apiVersion, String kind, V1ListMeta metadata, List<Site> items)
            implements KubernetesListObject {
        @Override
        public V1ListMeta getMetadata() {
            return metadata;
        }

        @Override
        public List<Site> getItems() {
            return items;
        }

        @Override
        public String getApiVersion() {
            return apiVersion;
        }

        @Override
        public String getKind() {
            return kind;
        }
    }

    @Override
    public V1ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public String getKind() {
        return kind;
    }

    String name() {
        return Objects.requireNonNull(metadata.getName());
    }

    String namespace() {
        return Objects.requireNonNull(metadata.getNamespace());
    }

    boolean isBeingDeleted() {
        return metadata.getDeletionTimestamp() != null;
    }

    boolean hasFinalizer() {
        List<String> all = metadata.getFinalizers();
        return all != null && all.contains(FINALIZER);
    }

    V1OwnerReference asOwner() {
        return new V1OwnerReference()
                .apiVersion(GROUP + "/v1")
                .kind("Site")
                .name(name())
                .uid(metadata.getUid())
                .controller(true)
                .blockOwnerDeletion(true);
    }
}
