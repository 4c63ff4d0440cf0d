package dev.gantry.agent.runtime.container;

import java.util.List;
import java.util.SortedMap;

/**
 * How to make a container.
 *
 * @param imageRef what the pull of the image gave, or its id
 * @param imageName as the pod names it
 * @param command replaces the image's entry point unless empty
 * @param logPath below the sandbox's log directory
 */
public record ContainerConfig(
        String name,
        int attempt,
        String imageRef,
        String imageName,
        List<String> command,
        List<String> args,
        String workingDirectory,
        List<EnvironmentVariable> environment,
        List<Mount> mounts,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String logPath,
        Terminal terminal,
        LinuxResources resources,
        ContainerSecurity security) {
    /** Whether stdin stays open, closes after the first client, and is a terminal. */
    public record Terminal(boolean hasStdin, boolean hasStdinOnce, boolean isTty) {
        public static final Terminal NONE = new Terminal(false, false, false);
    }
}
