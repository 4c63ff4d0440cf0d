package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import java.util.Comparator;
import java.util.Optional;

/**
 * An Ingress that names no class gets the default one. Compat: {@code network/defaultingressclass};
 * of several defaults the newest counts, then the first by name.
 */
final class DefaultIngressClass implements MutatingPlugin {
    private static final String IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";
    private static final String CLASS = "kubernetes.io/ingress.class";

    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (request.creates(Kinds.INGRESS) && !hasClass(request.resource())) {
            view.list(Kinds.INGRESS_CLASS.resource(), "").stream()
                    .filter(each -> "true".equals(each.annotations().get(IS_DEFAULT)))
                    .min(
                            Comparator.comparing(DefaultIngressClass::madeAt)
                                    .reversed()
                                    .thenComparing(Resource::name))
                    .ifPresent(
                            found ->
                                    Resource.child(request.object(), "spec")
                                            .put("ingressClassName", found.name()));
        }
        return Optional.empty();
    }

    private static boolean hasClass(Resource ingress) {
        return ingress.spec().hasNonNull("ingressClassName")
                || !ingress.annotations().getOrDefault(CLASS, "").isEmpty();
    }

    private static String madeAt(Resource ingressClass) {
        return Resource.text(ingressClass.metadata(), "creationTimestamp");
    }
}
