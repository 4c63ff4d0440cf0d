package dev.gantry.local.demo;

import dev.gantry.local.instance.Instance;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import java.util.List;

/**
 * A Deployment that grows under load.
 *
 * <p>How long that takes is not the load's doing: usage is measured every 10 seconds, a new pod's
 * is believed once a whole such window is over, and the autoscaler looks every 15 seconds.
 */
final class LoadSteps {
    private final Stage stage;
    private final WorkloadWait shop;
    private final WorkloadWait customers;
    private String told = "";

    LoadSteps(Instance instance) throws IOException {
        this.stage = new Stage(instance.kubeconfig());
        this.shop = wait(instance, "shop");
        this.customers = wait(instance, "customers");
    }

    private static WorkloadWait wait(Instance instance, String name) throws IOException {
        return new WorkloadWait(
                instance.kubeconfig(), new ObjectKey(Resources.DEPLOYMENTS, "default", name));
    }

    List<Step> steps() {
        return List.of(
                new Step(
                        "A web shop with more customers than one replica can serve",
                        "",
                        List.of(),
                        this::open),
                new Step(
                        "The autoscaler sees the load and adds replicas",
                        "In half a minute: usage is measured every 10 s, and looked at every 15 s.",
                        List.of(
                                "kubectl get hpa shop -w     # it shrinks again: the load was ended",
                                "kubectl describe hpa shop",
                                "kubectl scale deployment/customers --replicas=1"),
                        this::grow));
    }

    private void open() throws IOException, InterruptedException {
        stage.apply("shop.yaml");
        shop.await(Stage.LIMIT);
        customers.await(Stage.LIMIT);
    }

    private void grow() throws IOException, InterruptedException {
        stage.await(() -> "the autoscaler added no replicas: " + told, this::isGrown);
        shop.await(Stage.LIMIT);
        stage.show("get", "pods", "-l", "app=shop", "-o", "wide");
        stage.show("get", "events", "--field-selector", "reason=SuccessfulRescale");
        stage.show("scale", "deployment/customers", "--replicas=0");
    }

    private boolean isGrown() throws IOException {
        String now = stage.ask("get", "hpa", "shop", "--no-headers");
        // The last column is its age.
        String news = now.substring(0, Math.max(0, now.lastIndexOf(' '))).strip();
        if (!news.equals(told)) {
            System.out.println("  " + news);
            told = news;
        }
        String replicas = stage.field(".spec.replicas", "deployment", "shop");
        return !replicas.isEmpty() && Integer.parseInt(replicas) > 1;
    }
}
