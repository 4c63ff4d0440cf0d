package dev.gantry.state.apply;

import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Fields of another manager that an apply would change. */
record Conflict(FieldManager writer, FieldSet fields) {
    /** So many fields are named; all of them are counted. */
    private static final int MOST = 1000;

    /** Compat: {@code internal.NewConflictError} of apiserver's field manager. */
    static Refusal refusal(List<Conflict> conflicts) {
        List<Refusal.ApplyConflict.Cause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        List<Conflict> sorted =
                conflicts.stream()
                        .sorted(Comparator.comparing((Conflict each) -> each.writer().toString()))
                        .toList();
        int found = 0;
        for (Conflict conflict : sorted) {
            lines.add("conflicts with " + conflict.writer() + ":");
            List<String> paths = conflict.paths();
            found += paths.size();
            for (String path : paths.subList(0, Math.min(paths.size(), MOST - causes.size()))) {
                lines.add("- " + path);
                causes.add(
                        new Refusal.ApplyConflict.Cause(
                                path, "conflict with " + conflict.writer()));
            }
        }
        String message =
                causes.size() == 1
                        ? "Apply failed with 1 conflict: %s: %s"
                                .formatted(causes.getFirst().message(), causes.getFirst().field())
                        : "Apply failed with %d conflicts: %s"
                                .formatted(found, String.join("\n", lines));
        return new Refusal.ApplyConflict(message, causes);
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        fields.forEach("", (path, unused) -> paths.add(path));
        return paths;
    }
}
