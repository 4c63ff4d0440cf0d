package dev.gantry.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.local.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs kubectl: what a person shall see it prints, with the command. */
final class Stage {
    static final Duration LIMIT = Duration.ofSeconds(120);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final Path kubeconfig;

    Stage(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** What is waited for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Applies a file of this package. */
    void apply(String file) throws IOException {
        System.out.println("$ kubectl apply -f " + file);
        System.out.print(kubectl(manifest(file), List.of("apply", "-f", "-")));
    }

    void show(String... arguments) throws IOException {
        System.out.println(typed(arguments));
        System.out.print(kubectl("", List.of(arguments)));
    }

    /** The command, as a person would type it. */
    static String typed(String... arguments) {
        return Arrays.stream(arguments)
                .map(each -> each.matches("[-\\w=:,./]+") ? each : "'" + each + "'")
                .collect(Collectors.joining(" ", "$ kubectl ", ""));
    }

    /** The output, without blanks around it; nothing is printed. */
    String ask(String... arguments) throws IOException {
        return kubectl("", List.of(arguments)).strip();
    }

    /** A field of an object by its JSON path; empty where there is none. */
    String field(String path, String kind, String name) throws IOException {
        return ask("get", kind, name, "--ignore-not-found", "-o", "jsonpath={" + path + "}");
    }

    /**
     * @param failure what is said where it does not come true in time
     */
    void await(Supplier<String> failure, Condition condition)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        var never = new CountDownLatch(1);
        while (!condition.holds()) {
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                throw new IOException(failure.get());
            }
            never.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private String kubectl(String input, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig"));
        command.add(kubeconfig.toString());
        command.addAll(arguments);
        return Command.run(command, input);
    }

    static String manifest(String file) throws IOException {
        try (var in = Stage.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }
}
