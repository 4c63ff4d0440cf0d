package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.client.controller.ApiQuery;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The kind that a reference names by apiVersion and kind. */
final class TargetKind {
    private TargetKind() {}

    /** Compat: any version of the group will do, as a scale is the same in all of them. */
    static Optional<Kind> of(JsonNode reference, List<Kind> kinds) {
        String group = group(reference);
        String name = Resource.text(reference, "kind");
        return kinds.stream()
                .filter(each -> each.group().equals(group) && each.kindName().equals(name))
                .findFirst();
    }

    static Optional<ApiQuery> scale(JsonNode reference, String namespace, List<Kind> kinds) {
        return of(reference, kinds)
                .map(
                        kind -> {
                            String root =
                                    kind.group().isEmpty()
                                            ? "/api/" + kind.version()
                                            : "/apis/" + kind.apiVersion();
                            String name = Resource.text(reference, "name");
                            return ApiQuery.of(
                                    "%s/namespaces/%s/%s/%s/scale"
                                            .formatted(root, namespace, kind.plural(), name));
                        });
    }

    /** What is said of a kind that is not served. */
    static String unknown(JsonNode reference) {
        return "no matches for kind \"%s\" in group \"%s\""
                .formatted(Resource.text(reference, "kind"), group(reference));
    }

    private static String group(JsonNode reference) {
        String version = Resource.text(reference, "apiVersion");
        int slash = version.indexOf('/');
        return slash < 0 ? "" : version.substring(0, slash);
    }
}
