package dev.gantry.local.demo;

import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Carries the steps out, one after the other, and says how to go on. */
public final class Demonstration {
    private final Instance instance;
    private final List<Step> steps;

    /**
     * @param leftOut parts that are not shown
     */
    public Demonstration(Instance instance, Set<Part> leftOut) throws IOException {
        this.instance = instance;
        this.steps = Part.steps(instance, leftOut);
    }

    /** Throws what a step failed of; those after it are not begun. */
    public void run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        for (int i = 0; i < steps.size(); i++) {
            System.out.print(steps.get(i).heading(i + 1, steps.size()));
            steps.get(i).scene().play();
            System.out.print(steps.get(i).footing());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf(
                """

                == All %d steps worked, in %d s. The cluster goes on running:
                  export KUBECONFIG=%s
                  kubectl get all
                  ./gantry status        ./gantry down
                """,
                steps.size(), took.toSeconds(), instance.kubeconfig());
    }
}
