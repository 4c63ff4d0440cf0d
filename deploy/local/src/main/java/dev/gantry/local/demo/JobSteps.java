package dev.gantry.local.demo;

import dev.gantry.local.instance.Instance;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import java.util.List;

/** A Job: work that ends. */
final class JobSteps {
    private final Stage stage;
    private final WorkloadWait complete;

    JobSteps(Instance instance) throws IOException {
        this.stage = new Stage(instance.kubeconfig());
        this.complete =
                new WorkloadWait(
                        instance.kubeconfig(), new ObjectKey(Resources.JOBS, "default", "squares"));
    }

    List<Step> steps() {
        return List.of(
                new Step(
                        "A Job of six pieces of work",
                        "Three pods run at a time; each piece counts once, whatever happens to pods.",
                        List.of("kubectl describe job/squares", "kubectl delete job/squares"),
                        this::run));
    }

    private void run() throws IOException, InterruptedException {
        stage.apply("squares.yaml");
        complete.await(Stage.LIMIT);
        stage.show("get", "job", "squares");
        stage.show("logs", "-l", "batch.kubernetes.io/job-name=squares");
        String succeeded = stage.field(".status.succeeded", "job", "squares");
        if (!succeeded.equals("6")) {
            throw new IOException("6 pieces of work were to be counted, not '" + succeeded + "'");
        }
    }
}
