package dev.gantry.local.demo;

import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the demonstration consists of, in the order in which it is shown. */
public enum Part {
    WEB,
    STORAGE,
    JOB,
    LOAD;

    /** All that the short demonstration leaves out. */
    public static final Set<Part> LONG = Set.of(STORAGE, JOB, LOAD);

    /** The steps of all parts but those left out. */
    static List<Step> steps(Instance instance, Set<Part> leftOut) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (Part each : values()) {
            if (!leftOut.contains(each)) {
                steps.addAll(each.steps(instance));
            }
        }
        return steps;
    }

    private List<Step> steps(Instance instance) throws IOException {
        return switch (this) {
            case WEB -> new WebSteps(instance).steps();
            case STORAGE -> new StorageSteps(instance).steps();
            case JOB -> new JobSteps(instance).steps();
            case LOAD -> new LoadSteps(instance).steps();
        };
    }
}
