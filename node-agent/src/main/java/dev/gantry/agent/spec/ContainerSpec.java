package dev.gantry.agent.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One entry of a pod's container lists. */
public record ContainerSpec(JsonNode tree, Role role) {
    private static final String RESTART_ALL = "RestartAllContainers";
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    /**
     * When a container runs: before the others, beside them from the start, or as the point of it
     * all.
     */
    public enum Role {
        INIT,
        SIDECAR,
        MAIN,
        /** Added to look into a pod that runs; never ready, and never run twice. */
        EPHEMERAL
    }

    public String name() {
        return Resource.text(tree, "name");
    }

    public String image() {
        return Resource.text(tree, "image");
    }

    public List<String> command() {
        return texts(tree.path("command"));
    }

    public List<String> args() {
        return texts(tree.path("args"));
    }

    /** The container whose processes an ephemeral one sees; empty for none. */
    public String target() {
        return role == Role.EPHEMERAL ? Resource.text(tree, "targetContainerName") : "";
    }

    public JsonNode probe(String field) {
        return tree.path(field);
    }

    public boolean hasProbe(String field) {
        return tree.path(field).isObject();
    }

    public JsonNode hook(String field) {
        return tree.path("lifecycle").path(field);
    }

    /** The same container, but that none of its hooks is run. */
    public ContainerSpec withoutHooks() {
        ObjectNode bare = (ObjectNode) tree.deepCopy();
        bare.remove("lifecycle");
        return new ContainerSpec(bare, role);
    }

    /** {@code requests} and {@code limits}. */
    public JsonNode resources() {
        return tree.path("resources");
    }

    /** Its limit where it asks for none by itself. */
    public long memoryRequestBytes() {
        Quantity limit =
                PodResources.amounts(resources().path("limits"))
                        .getOrDefault("memory", Quantity.ZERO);
        return PodResources.amounts(resources().path("requests"))
                .getOrDefault("memory", limit)
                .toLong();
    }

    /** Whether its resources may change while it runs, or before. */
    public boolean isResizable() {
        return role != Role.EPHEMERAL;
    }

    /** Compat: without a policy for a resource, a container takes a change of it as it runs. */
    public boolean restartsToResize(String resource) {
        for (JsonNode each : tree.path("resizePolicy")) {
            if (Resource.text(each, "resourceName").equals(resource)) {
                return Resource.text(each, "restartPolicy").equals("RestartContainer");
            }
        }
        return false;
    }

    public boolean hasRestartRules() {
        return !tree.path("restartPolicyRules").isEmpty();
    }

    /** Whether an end of it may have all containers of its pod started again. */
    boolean mayRestartAll() {
        return tree.path("restartPolicyRules")
                .valueStream()
                .anyMatch(each -> Resource.text(each, "action").equals(RESTART_ALL));
    }

    /** Whether one of its rules says so of this exit code, whatever the restart policy. */
    boolean restartsAfter(int exitCode) {
        String action = action(exitCode);
        return action.equals("Restart") || action.equals(RESTART_ALL);
    }

    /** Whether all containers of its pod are to be started again after such an end. */
    public boolean restartsAllAfter(int exitCode) {
        return action(exitCode).equals(RESTART_ALL);
    }

    /** Compat: the first rule that matches counts; empty where none does. */
    private String action(int exitCode) {
        for (JsonNode rule : tree.path("restartPolicyRules")) {
            JsonNode codes = rule.path("exitCodes");
            boolean isListed =
                    codes.path("values").valueStream().anyMatch(each -> each.asInt() == exitCode);
            if (isListed == Resource.text(codes, "operator").equals("In")) {
                return Resource.text(rule, "action");
            }
        }
        return "";
    }

    public JsonNode security() {
        return tree.path("securityContext");
    }

    public String terminationMessagePath() {
        String path = Resource.text(tree, "terminationMessagePath");
        return path.isEmpty() ? "/dev/termination-log" : path;
    }

    public boolean fallsBackToLogs() {
        return Resource.text(tree, "terminationMessagePolicy").equals("FallbackToLogsOnError");
    }

    /**
     * Changes when a running container no longer is what the spec says.
     *
     * <p>Compat: kubelet's {@code HashContainer} looks at name and image only, and is a 32-bit
     * FNV-1a in hexadecimal.
     */
    public String hash() {
        int hash = FNV_OFFSET;
        for (byte each : (name() + "\0" + image()).getBytes(UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return Integer.toHexString(hash);
    }

    /** {@code spec.containers{web}}, as events name it. */
    public String fieldPath() {
        String list =
                switch (role) {
                    case INIT, SIDECAR -> "initContainers";
                    case MAIN -> "containers";
                    case EPHEMERAL -> "ephemeralContainers";
                };
        return "spec." + list + "{" + name() + "}";
    }

    static List<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(each -> found.add(each.asString("")));
        return found;
    }
}
