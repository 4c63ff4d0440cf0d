package dev.gantry.state.admission.policy;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.policy.PolicyBinding.ParamRef;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parameters with which a policy is asked, once with each. Compat: {@code
 * generic.CollectParams}.
 */
record Params(View view, KindName kind, Optional<ServedVersion> version) {
    static Params of(View view, KindName kind, ResourceCatalog catalog) {
        return new Params(
                view,
                kind,
                catalog.served().stream()
                        .filter(each -> each.kind().equals(kind))
                        .findFirst()
                        .flatMap(
                                each ->
                                        catalog.servedAs(
                                                new GroupResource(kind.group(), each.plural())))
                        .flatMap(each -> each.version(kind.group(), kind.version())));
    }

    /** What was found. */
    sealed interface Found {
        /**
         * @param all each empty where the policy is asked without any
         */
        record Some(List<Optional<Resource>> all) implements Found {}

        record Problem(String why) implements Found {}
    }

    static final Found WITHOUT = new Found.Some(List.of(Optional.empty()));

    /**
     * @param namespace of the request; empty for what is of the cluster
     */
    Found find(ParamRef reference, String namespace) {
        if (version.isEmpty()) {
            return new Found.Problem(
                    "paramKind kind `%s, Kind=%s` not known"
                            .formatted(kind.apiVersion(), kind.kind()));
        }
        boolean isNamespaced = version.get().kind().isNamespaced();
        String in = reference.namespace().isEmpty() ? namespace : reference.namespace();
        if (isNamespaced && in.isEmpty()) {
            return new Found.Problem(
                    "cannot use namespaced paramRef in policy binding that matches cluster-scoped"
                            + " resources");
        }
        if (!isNamespaced && !reference.namespace().isEmpty()) {
            return new Found.Problem(
                    "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }
        List<Optional<Resource>> found = objects(reference, isNamespaced ? in : "");
        return found.isEmpty() && reference.mustExist()
                ? new Found.Problem(
                        "no params found for policy binding with `Deny` parameterNotFoundAction")
                : new Found.Some(found);
    }

    private List<Optional<Resource>> objects(ParamRef reference, String namespace) {
        GroupResource resource = version.orElseThrow().kind().resource();
        List<Optional<Resource>> found = new ArrayList<>();
        if (reference.selector().isPresent()) {
            for (StoredObject each : view.list(resource, namespace).objects()) {
                if (reference.selector().get().selects(each.labels())) {
                    found.add(Optional.of(shown(each)));
                }
            }
        } else {
            view.get(new ObjectKey(resource, namespace, reference.name()))
                    .ifPresent(each -> found.add(Optional.of(shown(each))));
        }
        return found;
    }

    private Resource shown(StoredObject stored) {
        return new Resource(version.orElseThrow().conversion().fromStored(stored.decode().tree()));
    }
}
