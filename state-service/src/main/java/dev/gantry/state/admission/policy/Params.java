package dev.gantry.state.admission.policy;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.RequestContext;
import dev.gantry.state.admission.match.ConvertedByWebhook;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.admission.policy.PolicyBinding.ParamRef;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters with which a policy is asked, once with each, in the version that it names.
 * Compat: {@code generic.CollectParams}.
 */
record Params(View view, GroupVersionKind kind, Optional<ServedVersion> version) {
    /** What was found. */
    sealed interface Found {
        /**
         * @param all each empty where the policy is asked without any
         */
        record Some(List<Optional<Resource>> all) implements Found {}

        record Problem(String why) implements Found {}

        /** Not before a webhook has converted them: the calls are noted as open. */
        record Open() implements Found {}
    }

    static final Found WITHOUT = new Found.Some(List.of(Optional.empty()));

    Found find(ParamRef reference, AdmissionRequest request) {
        if (version.isEmpty()) {
            return new Found.Problem(
                    "paramKind kind `%s, Kind=%s` not known"
                            .formatted(kind.apiVersion(), kind.kind()));
        }
        boolean isNamespaced = version.get().kind().isNamespaced();
        String in =
                reference.namespace().isEmpty()
                        ? Requests.namespaceOf(request)
                        : reference.namespace();
        if (isNamespaced && in.isEmpty()) {
            return new Found.Problem(
                    "cannot use namespaced paramRef in policy binding that matches cluster-scoped"
                            + " resources");
        }
        if (!isNamespaced && !reference.namespace().isEmpty()) {
            return new Found.Problem(
                    "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }
        List<StoredObject> stored = stored(reference, isNamespaced ? in : "");
        return stored.isEmpty() && reference.mustExist()
                ? new Found.Problem(
                        "no params found for policy binding with `Deny` parameterNotFoundAction")
                : shown(stored, request.context());
    }

    private List<StoredObject> stored(ParamRef reference, String namespace) {
        GroupResource resource = version.orElseThrow().kind().resource();
        return reference
                .selector()
                .map(
                        selector ->
                                view.list(resource, namespace).objects().stream()
                                        .filter(each -> selector.selects(each.labels()))
                                        .toList())
                .orElseGet(
                        () ->
                                view
                                        .get(new ObjectKey(resource, namespace, reference.name()))
                                        .stream()
                                        .toList());
    }

    private Found shown(List<StoredObject> stored, RequestContext context) {
        List<Optional<Resource>> all = new ArrayList<>();
        boolean isOpen = false;
        for (StoredObject each : stored) {
            switch (shown(each, context)) {
                case ConvertedByWebhook.Result.Converted(var tree) ->
                        all.add(Optional.of(new Resource(tree)));
                case ConvertedByWebhook.Result.Open _ -> isOpen = true;
                case ConvertedByWebhook.Result.Failed(var why) -> {
                    return new Found.Problem(why);
                }
            }
        }
        return isOpen ? new Found.Open() : new Found.Some(all);
    }

    private ConvertedByWebhook.Result shown(StoredObject stored, RequestContext context) {
        ServedVersion wanted = version.orElseThrow();
        ObjectNode tree = stored.decode().tree();
        if (wanted.webhook().isEmpty()) {
            return new ConvertedByWebhook.Result.Converted(wanted.conversion().fromStored(tree));
        }
        wanted.webhook().get().complete(tree);
        return Resource.text(tree, "apiVersion").equals(kind.apiVersion())
                ? new ConvertedByWebhook.Result.Converted(tree)
                : ConvertedByWebhook.to(wanted, context).of(tree);
    }
}
