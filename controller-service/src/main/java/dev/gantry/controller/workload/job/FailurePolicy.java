package dev.gantry.controller.workload.job;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What it means that a pod failed: the first rule that matches says it. */
record FailurePolicy(JsonNode rules) {
    enum Meaning {
        COUNT,
        IGNORE,
        FAIL_INDEX,
        FAIL_JOB
    }

    /**
     * @param why empty but where the Job fails
     */
    record Match(Meaning meaning, String why) {}

    Match match(Resource pod) {
        int at = 0;
        for (JsonNode rule : rules) {
            Optional<String> found = matched(rule, pod);
            if (found.isPresent()) {
                String action = Resource.text(rule, "action");
                return new Match(
                        meaning(action),
                        action.equals("FailJob")
                                ? "%s matching %s rule at index %d"
                                        .formatted(found.get(), action, at)
                                : "");
            }
            at++;
        }
        return new Match(Meaning.COUNT, "");
    }

    private static Meaning meaning(String action) {
        return switch (action) {
            case "Ignore" -> Meaning.IGNORE;
            case "FailIndex" -> Meaning.FAIL_INDEX;
            case "FailJob" -> Meaning.FAIL_JOB;
            default -> Meaning.COUNT;
        };
    }

    /** What of the pod the rule speaks of. */
    private static Optional<String> matched(JsonNode rule, Resource pod) {
        String path = pod.namespace() + "/" + pod.name();
        if (rule.hasNonNull("onExitCodes")) {
            return exited(rule.path("onExitCodes"), pod)
                    .map(
                            container ->
                                    "Container %s for pod %s failed with exit code %d"
                                            .formatted(
                                                    Resource.text(container, "name"),
                                                    path,
                                                    exitCode(container)));
        }
        for (JsonNode pattern : rule.path("onPodConditions")) {
            for (JsonNode condition : pod.status().path("conditions")) {
                String type = Resource.text(condition, "type");
                if (type.equals(Resource.text(pattern, "type"))
                        && Resource.text(condition, "status")
                                .equals(Resource.text(pattern, "status"))) {
                    return Optional.of("Pod %s has condition %s".formatted(path, type));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> exited(JsonNode wanted, Resource pod) {
        List<Integer> codes = new ArrayList<>();
        wanted.path("values").forEach(each -> codes.add(each.asInt(0)));
        boolean isIn = Resource.text(wanted, "operator").equals("In");
        String name = Resource.text(wanted, "containerName");
        for (String list : List.of("containerStatuses", "initContainerStatuses")) {
            for (JsonNode container : pod.status().path(list)) {
                boolean isMeant = name.isEmpty() || name.equals(Resource.text(container, "name"));
                int code = exitCode(container);
                if (isMeant && code != 0 && codes.contains(code) == isIn) {
                    return Optional.of(container);
                }
            }
        }
        return Optional.empty();
    }

    /** Zero where it has not ended. */
    private static int exitCode(JsonNode container) {
        return container.path("state").path("terminated").path("exitCode").asInt(0);
    }
}
