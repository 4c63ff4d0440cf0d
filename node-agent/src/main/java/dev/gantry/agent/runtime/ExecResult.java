package dev.gantry.agent.runtime;

/** How a command in a container ended. */
public record ExecResult(int exitCode, byte[] stdout, byte[] stderr) {
    /** Both streams as text, for messages. */
    public String output() {
        return new String(stdout, java.nio.charset.StandardCharsets.UTF_8)
                + new String(stderr, java.nio.charset.StandardCharsets.UTF_8);
    }
}
