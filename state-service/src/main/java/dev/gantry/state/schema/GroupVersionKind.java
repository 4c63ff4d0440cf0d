package dev.gantry.state.schema;

import dev.gantry.model.kind.Kind;

/** Group, version and kind, such as {@code apps}, {@code v1}, {@code Deployment}. */
public record GroupVersionKind(String group, String version, String kind) {
    /** The options of every group's deletions. */
    public static final GroupVersionKind DELETE_OPTIONS =
            new GroupVersionKind("", "v1", "DeleteOptions");

    public static GroupVersionKind of(Kind kind) {
        return new GroupVersionKind(kind.group(), kind.version(), kind.kindName());
    }

    /** Splits {@code apps/v1} or {@code v1}. */
    public static GroupVersionKind of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new GroupVersionKind("", apiVersion, kind)
                : new GroupVersionKind(
                        apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The kind of a list of these. */
    public GroupVersionKind list() {
        return new GroupVersionKind(group, version, kind + "List");
    }

    /** The kind of which this is a list. */
    public GroupVersionKind item() {
        return new GroupVersionKind(
                group, version, kind.endsWith("List") ? kind.substring(0, kind.length() - 4) : "");
    }

    @Override
    public String toString() {
        return apiVersion() + " " + kind;
    }
}
