package dev.gantry.state.openapi;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A group as the ids and tags of operations name it: {@code core}, {@code rbacAuthorization}.
 *
 * <p>Compat: {@code pkg/endpoints/openapi} of apiserver.
 */
record ApiGroupName(String tag) {
    static ApiGroupName of(String group) {
        if (group.isEmpty()) {
            return new ApiGroupName("core");
        }
        String own =
                group.endsWith(".k8s.io")
                        ? group.substring(0, group.length() - ".k8s.io".length())
                        : group;
        List<String> parts = List.of(own.split("[^A-Za-z0-9_]+"));
        String rest =
                parts.stream().skip(1).map(ApiGroupName::capitalized).collect(Collectors.joining());
        return new ApiGroupName(parts.getFirst() + rest);
    }

    /** {@code core_v1} */
    String tag(String version) {
        return tag + "_" + version;
    }

    /** {@code CoreV1}, {@code CoreV1Collection} */
    String inId(String... further) {
        return capitalized(tag)
                + Arrays.stream(further)
                        .map(ApiGroupName::capitalized)
                        .collect(Collectors.joining());
    }

    static String capitalized(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
