package dev.gantry.state.kind.networking.ingress;

import dev.gantry.state.validation.Field;
import java.util.List;

/** Compat: {@code validateHTTPIngressRuleValue}. */
final class PathRules {
    private static final List<String> TYPES = List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> ENDINGS = List.of("/..", "/.");

    private PathRules() {}

    static void check(Field paths) {
        if (paths.isEmpty()) {
            paths.required("");
        }
        paths.items().forEach(PathRules::path);
    }

    private static void path(Field item) {
        Field type = item.child("pathType");
        Field path = item.child("path");
        if (!type.isSet()) {
            type.required("pathType must be specified");
            return;
        }
        switch (type.text()) {
            case "Exact", "Prefix" -> strict(path);
            case "ImplementationSpecific" -> {
                if (!path.isEmpty()) {
                    absolute(path);
                }
            }
            default -> type.notSupported(TYPES);
        }
        BackendRules.check(item.child("backend"));
    }

    private static void absolute(Field path) {
        if (!path.text().startsWith("/")) {
            path.invalidText(path.text(), "must be an absolute path");
        }
    }

    private static void strict(Field path) {
        absolute(path);
        if (path.isEmpty()) {
            return;
        }
        for (String each : SEQUENCES) {
            if (path.text().contains(each)) {
                path.invalid("must not contain '" + each + "'");
            }
        }
        for (String each : ENDINGS) {
            if (path.text().endsWith(each)) {
                path.invalid("cannot end with '" + each + "'");
            }
        }
    }
}
