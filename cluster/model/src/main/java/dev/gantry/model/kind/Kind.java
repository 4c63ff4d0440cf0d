package dev.gantry.model.kind;

import dev.gantry.model.meta.GroupResource;
import java.util.Locale;

/**
 * A type of object under one of the versions in which it is served: its name and its resource's.
 *
 * @param group empty for the core group
 * @param kindName {@code Deployment}
 * @param resource names it in paths: {@code deployments} of its group
 */
public record Kind(
        String group, String version, String kindName, GroupResource resource, Scope scope) {
    public static Kind namespaced(String group, String version, String kindName, String plural) {
        return new Kind(
                group, version, kindName, new GroupResource(group, plural), Scope.NAMESPACED);
    }

    public static Kind ofCluster(String group, String version, String kindName, String plural) {
        return new Kind(group, version, kindName, new GroupResource(group, plural), Scope.CLUSTER);
    }

    /** {@code v1} or {@code apps/v1} */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code deployments} */
    public String plural() {
        return resource.plural();
    }

    /** {@code deployment}, as kubectl writes it. */
    public String singular() {
        return kindName.toLowerCase(Locale.ROOT);
    }

    public boolean isNamespaced() {
        return scope == Scope.NAMESPACED;
    }
}
