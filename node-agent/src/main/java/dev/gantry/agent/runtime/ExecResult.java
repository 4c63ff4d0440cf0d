package dev.gantry.agent.runtime;

import java.nio.charset.StandardCharsets;

/** How a command in a container ended. */
public record ExecResult(int exitCode, byte[] stdout, byte[] stderr) {
    /** Both streams as text, for messages. */
    public String output() {
        return new String(stdout, StandardCharsets.UTF_8)
                + new String(stderr, StandardCharsets.UTF_8);
    }
}
