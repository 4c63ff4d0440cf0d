package dev.gantry.agent.runtime.container;

/**
 * Labels and annotations on sandboxes and containers, by which a pod is recognised after a restart
 * of the agent.
 *
 * <p>Compat: the names are those of kubelet's {@code pkg/kubelet/types/labels.go} and {@code
 * kuberuntime/labels.go}, so tools that read them (crictl, log collectors) work.
 */
public final class RuntimeLabels {
    public static final String POD_NAME = "io.kubernetes.pod.name";
    public static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    public static final String POD_UID = "io.kubernetes.pod.uid";
    public static final String CONTAINER_NAME = "io.kubernetes.container.name";

    /** Annotation of a container: changes when its spec does. */
    public static final String CONTAINER_HASH = "io.kubernetes.container.hash";

    public static final String RESTART_COUNT = "io.kubernetes.container.restartCount";
    public static final String TERMINATION_MESSAGE_PATH =
            "io.kubernetes.container.terminationMessagePath";
    public static final String TERMINATION_MESSAGE_POLICY =
            "io.kubernetes.container.terminationMessagePolicy";
    public static final String POD_GRACE_SECONDS = "io.kubernetes.pod.terminationGracePeriod";

    /**
     * Annotations of a container: the cpu and memory that it was made with, limit and request. The
     * request of memory is in no cgroup, and a container may have to be restarted when one changes.
     */
    public static final String MADE_WITH_CPU = "gantry.dev/made-with-cpu";

    public static final String MADE_WITH_MEMORY = "gantry.dev/made-with-memory";

    /**
     * Annotation of a container: paths of mounts that are read-only with all below them, where
     * there are any. Its pod only says that they should be, if possible.
     */
    public static final String RECURSIVELY_READ_ONLY = "gantry.dev/recursively-read-only";

    /** Compat: what no path of a mount may contain. */
    public static final String BETWEEN_PATHS = ":";

    private RuntimeLabels() {}
}
