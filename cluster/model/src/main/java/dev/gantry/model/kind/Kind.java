package dev.gantry.model.kind;

import dev.gantry.model.meta.GroupResource;
import java.util.List;

/** A type of object at its storage version, as discovery names it. */
public sealed interface Kind permits BuiltinKind, CustomKind {
    /** Empty for the core group. */
    String group();

    String version();

    /** {@code Deployment} */
    String kindName();

    /** {@code deployments} */
    String plural();

    String singular();

    Scope scope();

    List<String> shortNames();

    /** {@code all}, where {@code kubectl get all} should list it. */
    List<String> categories();

    /** {@code v1} or {@code apps/v1} */
    default String apiVersion() {
        return group().isEmpty() ? version() : group() + "/" + version();
    }

    default GroupResource resource() {
        return new GroupResource(group(), plural());
    }

    default boolean isNamespaced() {
        return scope() == Scope.NAMESPACED;
    }
}
