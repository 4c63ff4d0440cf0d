package dev.gantry.authorization.bootstrap;

import dev.gantry.authorization.PolicyRule;
import dev.gantry.authorization.RoleRef;
import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A short hand for roles and bindings; lists are written with commas. */
final class RoleText {
    static final String READ = "get,list,watch";
    static final String WRITE = "create,delete,deletecollection,patch,update";
    static final String ALL = "create,delete,deletecollection,get,list,patch,update,watch";

    private static final String API_VERSION = RoleRef.GROUP + "/v1";
    private static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";
    private static final String DEFAULTS = "kubernetes.io/bootstrapping";
    private static final String AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";

    private RoleText() {}

    static PolicyRule rule(String verbs, String group, String resources) {
        return PolicyRule.resources(list(verbs), group, list(resources));
    }

    static PolicyRule paths(String verbs, String paths) {
        return PolicyRule.paths(list(verbs), list(paths));
    }

    static Resource clusterRole(String name, List<PolicyRule> rules) {
        ObjectNode role = object("ClusterRole", "", name);
        var array = role.putArray("rules");
        rules.forEach(each -> array.add(each.toTree()));
        return new Resource(role);
    }

    static Resource role(String namespace, String name, PolicyRule... rules) {
        ObjectNode role = object("Role", namespace, name);
        var array = role.putArray("rules");
        List.of(rules).forEach(each -> array.add(each.toTree()));
        return new Resource(role);
    }

    /** A role whose rules are added to {@code target} wherever roles are aggregated. */
    static Resource aggregatedTo(String target, Resource role) {
        label(role, AGGREGATE + target);
        return role;
    }

    /** A role that collects what is labelled for it; {@code rules} are those known beforehand. */
    static Resource aggregating(String name, List<PolicyRule> rules) {
        Resource role = clusterRole(name, rules);
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        labels.putObject("matchLabels").put(AGGREGATE + name, "true");
        role.tree().putObject("aggregationRule").putArray("clusterRoleSelectors").add(labels);
        return role;
    }

    static Resource clusterBinding(String name, String role, String kind, String... subjects) {
        ObjectNode binding = object("ClusterRoleBinding", "", name);
        return new Resource(bind(binding, "ClusterRole", role, kind, subjects));
    }

    static Resource binding(String namespace, String role, String kind, String... subjects) {
        ObjectNode binding = object("RoleBinding", namespace, role);
        return new Resource(bind(binding, "Role", role, kind, subjects));
    }

    private static ObjectNode bind(
            ObjectNode binding, String roleKind, String role, String kind, String... subjects) {
        binding.putObject("roleRef")
                .put("apiGroup", RoleRef.GROUP)
                .put("kind", roleKind)
                .put("name", role);
        var array = binding.putArray("subjects");
        for (String subject : subjects) {
            array.addObject().put("kind", kind).put("apiGroup", RoleRef.GROUP).put("name", subject);
        }
        return binding;
    }

    private static ObjectNode object(String kind, String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", API_VERSION).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.putObject("labels").put(DEFAULTS, "rbac-defaults");
        metadata.putObject("annotations").put(AUTO_UPDATE, "true");
        return object;
    }

    private static void label(Resource role, String label) {
        Resource.child(role.mutableMetadata(), "labels").put(label, "true");
    }

    static boolean isLeftAlone(Resource stored) {
        return "false".equals(stored.annotations().get(AUTO_UPDATE));
    }

    private static List<String> list(String commaSeparated) {
        return List.of(commaSeparated.split(","));
    }
}
