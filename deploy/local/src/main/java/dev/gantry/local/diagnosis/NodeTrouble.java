package dev.gantry.local.diagnosis;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What keeps one node from running pods.
 *
 * @param reason of its condition Ready, empty while there is none
 * @param message in the words of the node itself
 * @param remedy what a person can do
 * @param isToldByNode whether the node itself reports that it is not Ready, where otherwise nothing
 *     has been heard of it
 */
public record NodeTrouble(
        String node, String reason, String message, String remedy, boolean isToldByNode) {
    /** How the runtime and the agent name a plugin that is not where it is looked for. */
    private static final Pattern MISSING_PLUGIN =
            Pattern.compile("failed to find plugin \"([^\"]+)\" in path");

    /**
     * Empty for a node that is Ready.
     *
     * @param found as the API has it, if it does
     */
    public static Optional<NodeTrouble> of(String name, Optional<Resource> found) {
        if (found.isEmpty()) {
            return Optional.of(silent(name, "it has not registered with the API"));
        }
        Optional<JsonNode> ready =
                Conditions.find(found.get().status().path("conditions"), "Ready");
        if (ready.isEmpty()) {
            return Optional.of(silent(name, "it has not reported its state"));
        }
        String status = Resource.text(ready.get(), "status");
        return status.equals("True")
                ? Optional.empty()
                : Optional.of(told(name, ready.get(), status.equals("False")));
    }

    public String text() {
        String told = reason.isEmpty() ? message : reason + ": " + message;
        return "%s is not Ready: %s%n  What helps: %s".formatted(node, told, remedy);
    }

    private static NodeTrouble silent(String name, String what) {
        return new NodeTrouble(name, "", what, readLog(name), false);
    }

    private static NodeTrouble told(String name, JsonNode ready, boolean isToldByNode) {
        String message = Resource.text(ready, "message").strip();
        return new NodeTrouble(
                name, Resource.text(ready, "reason"), message, remedy(name, message), isToldByNode);
    }

    private static String readLog(String node) {
        return "./gantry logs " + node.replace("node-", "agent-");
    }

    private static String remedy(String node, String message) {
        Matcher missing = MISSING_PLUGIN.matcher(message);
        return missing.find()
                ? "apt-get install containernetworking-plugins, which brings %s along; the node becomes Ready by itself"
                        .formatted(missing.group(1))
                : readLog(node);
    }
}
