package dev.gantry.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.diagnosis.RolloutTrouble;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Waits with kubectl for one workload: until it is rolled out, or complete if it is a Job. Where
 * that takes longer than usual, or fails, it says what the pods lack that are not ready.
 */
public final class WorkloadWait {
    private static final Duration USUAL = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Path kubeconfig;
    private final ObjectKey workload;
    private final ClusterApi api;

    public WorkloadWait(Path kubeconfig, ObjectKey workload) throws IOException {
        this.kubeconfig = kubeconfig;
        this.workload = workload;
        this.api = ClusterApi.fromKubeconfig(kubeconfig);
    }

    /**
     * Returns when it is complete; throws with the reasons where that takes more than the limit.
     */
    public void await(Duration limit) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(waiting());
        System.out.println("$ " + String.join(" ", command));
        command.add("--kubeconfig=" + kubeconfig);
        command.add("--namespace=" + workload.namespace());
        command.add("--timeout=" + limit.toSeconds() + "s");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread printer = Thread.ofPlatform().daemon().start(() -> print(process));
        explainWhile(process);
        printer.join();
        if (process.exitValue() != 0) {
            throw explained(
                    "%s was not complete within %d s".formatted(named(), limit.toSeconds()));
        }
    }

    private List<String> waiting() {
        return workload.resource().equals(Resources.JOBS)
                ? List.of("wait", "--for=condition=Complete", named())
                : List.of("rollout", "status", named());
    }

    /** As people write it: {@code deployment/web}. */
    private String named() {
        String plural = workload.resource().plural();
        return plural.substring(0, plural.length() - 1) + "/" + workload.name();
    }

    /** The failure of a step that needs the pods, with what they lack. */
    IOException explained(String failure) {
        String reasons = reasons();
        return new IOException(reasons.isEmpty() ? failure : failure + ":\n" + reasons);
    }

    private void explainWhile(Process process) throws InterruptedException {
        String told = "";
        Duration pause = USUAL;
        while (!process.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            pause = PAUSE;
            String reasons = reasons();
            if (!reasons.isEmpty() && !reasons.equals(told)) {
                System.out.println("It takes longer than usual:\n" + reasons);
                told = reasons;
            }
        }
    }

    /** Its last word, that time is over, says nothing to anybody. */
    private static void print(Process process) {
        try (var lines = process.inputReader(UTF_8)) {
            lines.lines().filter(line -> !line.startsWith("error:")).forEach(System.out::println);
        } catch (IOException ended) {
            System.out.println("(no more output: " + ended.getMessage() + ")");
        }
    }

    /** Empty where nothing is known to be wrong. */
    private String reasons() {
        try {
            return ask().sentences().stream()
                    .map(each -> "  " + each.replace("\n", "\n  "))
                    .collect(Collectors.joining("\n"));
        } catch (ApiRefused | ApiUnreachable away) {
            return "  the API does not answer: " + away.getMessage();
        }
    }

    private RolloutTrouble ask() {
        Optional<Resource> found = api.get(workload);
        String selector =
                found.map(each -> each.spec().at("/selector/matchLabels"))
                        .map(WorkloadWait::selector)
                        .orElse("");
        String namespace = workload.namespace();
        return new RolloutTrouble(
                found,
                api.list(
                        Resources.PODS,
                        namespace,
                        "labelSelector=" + URLEncoder.encode(selector, UTF_8)),
                api.list(Resources.EVENTS, namespace, ""));
    }

    private static String selector(JsonNode labels) {
        return labels.properties().stream()
                .map(each -> each.getKey() + "=" + each.getValue().asString(""))
                .collect(Collectors.joining(","));
    }
}
