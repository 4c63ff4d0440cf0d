package dev.gantry.gateway.node;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which container of a pod a request means. */
public sealed interface ContainerChoice {
    record Chosen(String container) implements ContainerChoice {}

    record Unclear(Refusal why) implements ContainerChoice {}

    /**
     * @param asked empty where the client named none; then the pod's only container is meant
     */
    static ContainerChoice of(Resource pod, String asked) {
        List<String> containers = names(pod.spec().path("containers"));
        List<String> initial = names(pod.spec().path("initContainers"));
        List<String> ephemeral = names(pod.spec().path("ephemeralContainers"));
        if (asked.isEmpty()) {
            return containers.size() == 1
                    ? new Chosen(containers.getFirst())
                    : unclear(unnamed(pod.name(), containers, initial));
        }
        boolean isKnown =
                containers.contains(asked) || initial.contains(asked) || ephemeral.contains(asked);
        return isKnown
                ? new Chosen(asked)
                : unclear("container %s is not valid for pod %s".formatted(asked, pod.name()));
    }

    private static String unnamed(String pod, List<String> containers, List<String> initial) {
        String message = "a container name must be specified for pod " + pod;
        if (containers.isEmpty()) {
            return message;
        }
        message += ", choose one of: [" + String.join(" ", containers) + "]";
        return initial.isEmpty()
                ? message
                : message + " or one of the init containers: [" + String.join(" ", initial) + "]";
    }

    private static Unclear unclear(String message) {
        return new Unclear(new Refusal.BadRequest(message));
    }

    private static List<String> names(JsonNode containers) {
        List<String> found = new ArrayList<>();
        containers.forEach(each -> found.add(Resource.text(each, "name")));
        return found;
    }
}
