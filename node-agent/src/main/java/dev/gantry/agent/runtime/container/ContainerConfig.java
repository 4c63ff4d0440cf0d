package dev.gantry.agent.runtime.container;

import java.util.List;
import java.util.SortedMap;

/**
 * How to make a container.
 *
 * @param attempt how often the pod has made a container of this name before
 * @param logPath below the sandbox's log directory
 */
public record ContainerConfig(
        String name,
        int attempt,
        ImageUse image,
        Process process,
        List<Mount> mounts,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String logPath,
        LinuxResources resources,
        ContainerSecurity security) {
    /**
     * What runs in it.
     *
     * @param command replaces the image's entry point unless empty
     * @param directory where it starts; empty for the image's own
     */
    public record Process(
            List<String> command,
            List<String> args,
            String directory,
            List<EnvironmentVariable> environment,
            Terminal terminal) {}

    /** Whether stdin stays open, closes after the first client, and is a terminal. */
    public record Terminal(boolean hasStdin, boolean hasStdinOnce, boolean isTty) {
        public static final Terminal NONE = new Terminal(false, false, false);
    }
}
