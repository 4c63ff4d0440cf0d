package dev.gantry.state.apply;

import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Fields of another manager that an apply would change. */
record Conflict(Writer writer, FieldSet fields) {
    /** Compat: {@code internal.NewConflictError} of apiserver's field manager. */
    static Refusal refusal(List<Conflict> conflicts) {
        List<Refusal.ApplyConflict.Cause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        List<Conflict> sorted =
                conflicts.stream()
                        .sorted(Comparator.comparing((Conflict each) -> each.writer().toString()))
                        .toList();
        for (Conflict conflict : sorted) {
            lines.add("conflicts with " + conflict.writer() + ":");
            for (String path : conflict.paths()) {
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
                                .formatted(causes.size(), String.join("\n", lines));
        return new Refusal.ApplyConflict(message, causes);
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        fields.forEach("", (path, unused) -> paths.add(path));
        return paths;
    }
}
