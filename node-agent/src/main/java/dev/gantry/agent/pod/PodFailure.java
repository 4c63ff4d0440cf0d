package dev.gantry.agent.pod;

/**
 * Why a pod must end as Failed: past its deadline, evicted, or not admitted by the node.
 *
 * @param message as an event has it
 * @param isRefusal the node never took the pod on, and has nothing of it to tell but this
 */
public record PodFailure(String reason, String message, boolean isRefusal) {
    public static final String EVICTED = "Evicted";

    public PodFailure(String reason, String message) {
        this(reason, message, false);
    }

    public static PodFailure refusal(String reason, String message) {
        return new PodFailure(reason, message, true);
    }

    /** As the pod's status has it. */
    public String statusMessage() {
        return isRefusal ? "Pod was rejected: " + message : message;
    }
}
