package dev.gantry.local.demo;

import dev.gantry.local.instance.Instance;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import java.util.List;

/** A StatefulSet: what a pod wrote is there for the pod that follows it. */
final class StorageSteps {
    private static final String POD = "database-0";
    private static final String ROW = "written by " + POD;

    private final Stage stage;
    private final WorkloadWait ready;

    StorageSteps(Instance instance) throws IOException {
        this.stage = new Stage(instance.kubeconfig());
        this.ready =
                new WorkloadWait(
                        instance.kubeconfig(),
                        new ObjectKey(Resources.STATEFUL_SETS, "default", "database"));
    }

    List<Step> steps() {
        return List.of(
                new Step(
                        "A StatefulSet with storage",
                        "Two pods, one after the other, with a name and a volume each.",
                        List.of(
                                "kubectl scale statefulset/database --replicas=3",
                                "kubectl get pv"),
                        this::create),
                new Step(
                        "Its data outlives the pod",
                        "A pod writes a row and is deleted; the next one of that name reads it.",
                        List.of("kubectl exec -it " + POD + " -- sh"),
                        this::replacePod));
    }

    private void create() throws IOException, InterruptedException {
        stage.apply("database.yaml");
        ready.await(Stage.LIMIT);
        stage.show("get", "pods,persistentvolumeclaims", "-l", "app=database", "-o", "wide");
    }

    private void replacePod() throws IOException, InterruptedException {
        stage.show("exec", POD, "--", "sh", "-c", "echo " + ROW + " > /data/row");
        String before = stage.field(".metadata.uid", "pod", POD);
        stage.show("delete", "pod", POD);
        stage.await(() -> "there is no new " + POD + " that runs", () -> isReplaced(before));
        stage.show("get", "pod", POD, "-o", "wide");
        stage.show("exec", POD, "--", "cat", "/data/row");
        String kept = stage.ask("exec", POD, "--", "cat", "/data/row");
        if (!kept.equals(ROW)) {
            throw new IOException("the row was lost; /data/row has '" + kept + "'");
        }
    }

    private boolean isReplaced(String before) throws IOException {
        String ready = ".status.conditions[?(@.type==\"Ready\")].status";
        return stage.field(ready, "pod", POD).equals("True")
                && !stage.field(".metadata.uid", "pod", POD).equals(before);
    }
}
