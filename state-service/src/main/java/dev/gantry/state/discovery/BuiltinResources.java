package dev.gantry.state.discovery;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.state.catalog.Catalog;
import dev.gantry.state.discovery.ServedResource.Subresource;
import dev.gantry.state.schema.KindName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What is served without any CustomResourceDefinition: the stored kinds with what is below them,
 * and the reviews that are answered but never stored.
 *
 * <p>Compat: names and verbs are those of the discovery document of Kubernetes v1.36.
 */
public final class BuiltinResources {
    private static final KindName SCALE = new KindName("autoscaling", "v1", "Scale");
    private static final List<String> CHANGES = List.of("get", "patch", "update");
    private static final List<String> CONNECTS = List.of("create", "get");
    private static final List<String> PROXIES =
            List.of("create", "delete", "get", "patch", "update");

    private BuiltinResources() {}

    public static List<ServedResource> all() {
        List<ServedResource> resources = new ArrayList<>();
        for (BuiltinKind kind : BuiltinKind.values()) {
            resources.add(ServedResource.of(kind, verbsOf(kind), below(kind)));
        }
        resources.add(review("", "Binding", "bindings", true));
        resources.add(review("authentication.k8s.io", "SelfSubjectReview", false));
        resources.add(review("authentication.k8s.io", "TokenReview", false));
        resources.add(review("authorization.k8s.io", "LocalSubjectAccessReview", true));
        resources.add(review("authorization.k8s.io", "SelfSubjectAccessReview", false));
        resources.add(review("authorization.k8s.io", "SelfSubjectRulesReview", false));
        resources.add(review("authorization.k8s.io", "SubjectAccessReview", false));
        return resources;
    }

    private static List<String> verbsOf(BuiltinKind kind) {
        return kind == BuiltinKind.NAMESPACE
                ? ServedResource.ALL_VERBS.stream()
                        .filter(verb -> !verb.equals("deletecollection"))
                        .toList()
                : ServedResource.ALL_VERBS;
    }

    /** What the strategy stores in the object itself, and what is connected to or acted on. */
    private static List<Subresource> below(BuiltinKind kind) {
        List<Subresource> below = new ArrayList<>();
        for (String name : Catalog.of(kind).subresources()) {
            below.add(
                    switch (name) {
                        case "scale" -> new Subresource(name, SCALE, CHANGES);
                        case "finalize" ->
                                new Subresource(name, KindName.of(kind), List.of("update"));
                        default -> new Subresource(name, KindName.of(kind), CHANGES);
                    });
        }
        for (Subresource action : actions(kind)) {
            if (below.stream().noneMatch(each -> each.name().equals(action.name()))) {
                below.add(action);
            }
        }
        below.sort(Comparator.comparing(Subresource::name));
        return below;
    }

    private static List<Subresource> actions(BuiltinKind kind) {
        return switch (kind) {
            case POD ->
                    List.of(
                            new Subresource("attach", core("PodAttachOptions"), CONNECTS),
                            new Subresource("binding", core("Binding"), List.of("create")),
                            new Subresource(
                                    "eviction",
                                    new KindName("policy", "v1", "Eviction"),
                                    List.of("create")),
                            new Subresource("exec", core("PodExecOptions"), CONNECTS),
                            new Subresource("log", core("Pod"), List.of("get")),
                            new Subresource("portforward", core("PodPortForwardOptions"), CONNECTS),
                            new Subresource("proxy", core("PodProxyOptions"), PROXIES));
            case NODE -> List.of(new Subresource("proxy", core("NodeProxyOptions"), PROXIES));
            case SERVICE -> List.of(new Subresource("proxy", core("ServiceProxyOptions"), PROXIES));
            case NAMESPACE ->
                    List.of(new Subresource("finalize", core("Namespace"), List.of("update")));
            case SERVICE_ACCOUNT ->
                    List.of(
                            new Subresource(
                                    "token",
                                    new KindName("authentication.k8s.io", "v1", "TokenRequest"),
                                    List.of("create")));
            default -> List.of();
        };
    }

    private static KindName core(String kind) {
        return new KindName("", "v1", kind);
    }

    private static ServedResource review(String group, String kind, boolean isNamespaced) {
        return review(group, kind, kind.toLowerCase(Locale.ROOT) + "s", isNamespaced);
    }

    private static ServedResource review(
            String group, String kind, String plural, boolean isNamespaced) {
        return new ServedResource(
                new KindName(group, "v1", kind),
                plural,
                kind.toLowerCase(Locale.ROOT),
                isNamespaced,
                List.of("create"),
                List.of(),
                List.of(),
                List.of());
    }
}
