package dev.gantry.state.admission.policy;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.match.ConfiguresAdmission;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The policies of one kind that have bindings, by name, compiled again only when a policy or a
 * binding has changed.
 *
 * <p>Cost: a question compares one reference for each of them.
 *
 * @param <P> a policy as it is read
 */
final class PoliciesInForce<P extends Policy> {
    /**
     * Where policies of a kind are, and how they are read.
     *
     * @param bindings their resource
     */
    record Source<P extends Policy>(
            GroupResource policies, GroupResource bindings, Function<Resource, P> reader) {}

    private record Bound<P>(P policy, List<PolicyBinding> bindings) {}

    private record Compiled<P>(
            List<StoredObject> policies, List<StoredObject> bindings, List<Bound<P>> all) {}

    private final View view;
    private final Source<P> source;

    /** Threads that miss it at once compile the same twice. */
    private volatile @Nullable Compiled<P> last;

    PoliciesInForce(View view, Source<P> source) {
        this.view = view;
        this.source = source;
    }

    /** In the order of policies, bindings and parameters. */
    List<PolicyInvocation<P>> about(AdmissionRequest request, ResourceCatalog catalog) {
        List<Bound<P>> all = current();
        if (all.isEmpty() || ConfiguresAdmission.test(request.kind().resource())) {
            return List.of();
        }
        List<PolicyInvocation<P>> found = new ArrayList<>();
        for (Bound<P> each : all) {
            each.policy
                    .common()
                    .matching()
                    .match(request, view)
                    .ifPresent(version -> found.addAll(invoked(each, version, request, catalog)));
        }
        return found;
    }

    private List<PolicyInvocation<P>> invoked(
            Bound<P> bound,
            ServedVersion version,
            AdmissionRequest request,
            ResourceCatalog catalog) {
        P policy = bound.policy;
        List<PolicyInvocation<P>> found = new ArrayList<>();
        for (PolicyBinding each : bound.bindings) {
            if (each.matching().match(request, view).isEmpty()) {
                continue;
            }
            switch (params(policy.common(), each, request, catalog)) {
                case Params.Found.Problem(var why) ->
                        found.add(new PolicyInvocation.Misconfigured<>(policy, each, why));
                case Params.Found.Open _ -> {}
                case Params.Found.Some(var params) ->
                        params.forEach(
                                one ->
                                        found.add(
                                                new PolicyInvocation.Ready<>(
                                                        policy, each, version, one)));
            }
        }
        return found;
    }

    private Params.Found params(
            AdmissionPolicy policy,
            PolicyBinding binding,
            AdmissionRequest request,
            ResourceCatalog catalog) {
        if (policy.params().isEmpty() || binding.params().isEmpty()) {
            return Params.WITHOUT;
        }
        GroupVersionKind kind = policy.params().get();
        return new Params(view, kind, catalog.version(kind)).find(binding.params().get(), request);
    }

    private List<Bound<P>> current() {
        List<StoredObject> bindings = view.list(source.bindings, "").objects();
        if (bindings.isEmpty()) {
            return List.of();
        }
        List<StoredObject> policies = view.list(source.policies, "").objects();
        Compiled<P> found = last;
        if (found == null || !found.policies.equals(policies) || !found.bindings.equals(bindings)) {
            found = new Compiled<>(policies, bindings, compile(policies, bindings));
            last = found;
        }
        return found.all;
    }

    private List<Bound<P>> compile(List<StoredObject> policies, List<StoredObject> stored) {
        List<PolicyBinding> bindings =
                stored.stream().map(each -> PolicyBinding.of(each.decode())).toList();
        List<Bound<P>> found = new ArrayList<>();
        for (StoredObject each : policies) {
            List<PolicyBinding> own =
                    bindings.stream()
                            .filter(binding -> binding.policy().equals(each.key().name()))
                            .toList();
            if (!own.isEmpty()) {
                found.add(new Bound<>(source.reader.apply(each.decode()), own));
            }
        }
        return List.copyOf(found);
    }
}
