package dev.gantry.cli.plan;

import dev.gantry.model.meta.ObjectKey;
import java.util.List;

/**
 * One object of the manifest and the pods it stands for.
 *
 * @param title such as {@code Deployment default/web}
 * @param refusal why the API would not take it; empty where it would
 */
public record Workload(String title, List<ObjectKey> pods, String refusal) {
    public Workload {
        pods = List.copyOf(pods);
    }
}
