package dev.gantry.agent.shell.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs, each to its end. They act on the network namespace of this process, unless a
 * prefix such as {@code nsenter --net=…} says another.
 */
public final class Commands {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MESSAGE_LIMIT = 2000;

    private final List<String> prefix;

    public Commands(List<String> prefix) {
        this.prefix = List.copyOf(prefix);
    }

    /** Returns what it printed; throws {@link CommandFault} where it failed. */
    public String run(String input, String... command) {
        Result result = attempt(input, command);
        if (result.code != 0) {
            throw new CommandFault(
                    "%s ended with %d: %s"
                            .formatted(String.join(" ", command), result.code, result.message()));
        }
        return result.output;
    }

    /** Returns what it printed, however it ended. */
    public String output(String... command) {
        return attempt("", command).output;
    }

    /** Returns whether it ended with zero. */
    public boolean succeeds(String... command) {
        return attempt("", command).code == 0;
    }

    private Result attempt(String input, String... command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            Thread writer = Thread.ofVirtual().start(() -> write(process, input));
            Thread.ofVirtual().start(() -> killLate(process));
            String output;
            try (InputStream from = process.getInputStream()) {
                output = new String(from.readAllBytes(), UTF_8);
            }
            writer.join();
            return new Result(process.waitFor(), output);
        } catch (IOException unable) {
            throw new CommandFault("cannot run " + line.getFirst(), unable);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new CommandFault("interrupted while running " + line.getFirst(), closing);
        }
    }

    /** A killed program ends its output, and so the wait for it. */
    private static void killLate(Process process) {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(UTF_8));
        } catch (IOException ended) {
            // It ended without reading all of its input: its exit code says what that means.
            return;
        }
    }

    private record Result(int code, String output) {
        String message() {
            String text = output.strip();
            return text.length() > MESSAGE_LIMIT ? text.substring(0, MESSAGE_LIMIT) + "…" : text;
        }
    }
}
