package dev.gantry.state.kind;

import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.List;
import java.util.Locale;

/**
 * Resources that are answered but never stored: reviews, and an older path to {@code pods/binding}.
 *
 * <p>Compat: names and verbs are those of the discovery document of Kubernetes v1.36.
 */
final class UnstoredResources {
    static final List<ServedResource> ALL =
            List.of(
                    namespaced("", "Binding"),
                    ofCluster("authentication.k8s.io", "SelfSubjectReview"),
                    ofCluster("authentication.k8s.io", "TokenReview"),
                    namespaced("authorization.k8s.io", "LocalSubjectAccessReview"),
                    ofCluster("authorization.k8s.io", "SelfSubjectAccessReview"),
                    ofCluster("authorization.k8s.io", "SelfSubjectRulesReview"),
                    ofCluster("authorization.k8s.io", "SubjectAccessReview"));

    private UnstoredResources() {}

    private static ServedResource namespaced(String group, String kind) {
        return resource(new GroupVersionKind(group, "v1", kind), true);
    }

    private static ServedResource ofCluster(String group, String kind) {
        return resource(new GroupVersionKind(group, "v1", kind), false);
    }

    private static ServedResource resource(GroupVersionKind kind, boolean isNamespaced) {
        String singular = kind.kind().toLowerCase(Locale.ROOT);
        return new ServedResource(
                kind,
                singular + "s",
                singular,
                isNamespaced,
                List.of("create"),
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
