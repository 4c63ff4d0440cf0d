package dev.gantry.state.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What bodies operations tell of. */
enum MediaTypes {
    BUILTIN(
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf"),
            List.of(
                    "application/json;stream=watch",
                    "application/vnd.kubernetes.protobuf;stream=watch"),
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml")),

    /** kubectl sends a strategic patch of any kind that says here that it takes one. */
    CUSTOM(
            List.of("application/json", "application/yaml"),
            List.of(),
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/apply-patch+yaml"));

    private final List<String> plain;
    private final List<String> streams;
    private final List<String> patches;

    MediaTypes(List<String> plain, List<String> watched, List<String> patches) {
        this.plain = plain;
        this.streams = Stream.concat(plain.stream(), watched.stream()).toList();
        this.patches = patches;
    }

    List<String> plain() {
        return plain;
    }

    /** Of answers that may be watches. */
    List<String> streams() {
        return streams;
    }

    /** Of logs. */
    List<String> texts() {
        List<String> all = new ArrayList<>(List.of("text/plain"));
        all.addAll(plain);
        return all;
    }

    List<String> patches() {
        return patches;
    }
}
