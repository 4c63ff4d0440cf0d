package dev.gantry.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command that is run to its end. */
public final class Command {
    private Command() {}

    /** Its output; throws with the output's text where it fails. */
    public static String run(List<String> command, String input) throws IOException {
        Result result = attempt(command, input);
        if (!result.isGood()) {
            throw new IOException(
                    "%s failed with exit code %d: %s"
                            .formatted(
                                    String.join(" ", command),
                                    result.code(),
                                    result.output().strip()));
        }
        return result.output();
    }

    public static String run(String... command) throws IOException {
        return run(List.of(command), "");
    }

    /** As {@link #run}, whatever comes of it. */
    public static Result attempt(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException hurried) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command.getFirst(), hurried);
        }
    }

    /** Exit code, and both output streams in one. */
    public record Result(int code, String output) {
        public boolean isGood() {
            return code == 0;
        }
    }
}
