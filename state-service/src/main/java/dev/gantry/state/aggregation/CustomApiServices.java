package dev.gantry.state.aggregation;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.discovery.ServedResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An APIService for each version of a group of custom resources, as long as it is served.
 *
 * <p>Compat: {@code crdregistration_controller.go} and {@code autoregister_controller.go}: those of
 * the same name that somebody else made are left alone.
 */
public final class CustomApiServices {
    private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";
    private static final int GROUP_PRIORITY = 1000;
    private static final int VERSION_PRIORITY = 100;

    private CustomApiServices() {}

    /** Those that are missing. */
    public static List<Resource> missing(
            Collection<ServedResource> served, Collection<Resource> stored) {
        Set<String> names = names(served);
        stored.forEach(each -> names.remove(each.name()));
        return names.stream().map(CustomApiServices::object).toList();
    }

    /** Those that were made for what is served no longer. */
    public static List<Resource> superfluous(
            Collection<ServedResource> served, Collection<Resource> stored) {
        Set<String> names = names(served);
        List<Resource> found = new ArrayList<>();
        for (Resource each : stored) {
            if ("true".equals(each.labels().get(MANAGED)) && !names.contains(each.name())) {
                found.add(each);
            }
        }
        return found;
    }

    private static Set<String> names(Collection<ServedResource> served) {
        Set<String> names = new TreeSet<>();
        for (ServedResource each : served) {
            if (Kinds.of(each.resource()).isEmpty()) {
                names.add(each.kind().version() + "." + each.kind().group());
            }
        }
        return names;
    }

    private static Resource object(String name) {
        int dot = name.indexOf('.');
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", Kinds.API_SERVICE.kindName());
        object.put("apiVersion", Kinds.API_SERVICE.apiVersion());
        object.putObject("metadata").put("name", name).putObject("labels").put(MANAGED, "true");
        object.putObject("spec")
                .put("version", name.substring(0, dot))
                .put("group", name.substring(dot + 1))
                .put("groupPriorityMinimum", GROUP_PRIORITY)
                .put("versionPriority", VERSION_PRIORITY);
        return new Resource(object);
    }
}
