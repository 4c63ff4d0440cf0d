package dev.gantry.state.schema;

import dev.gantry.model.kind.Kind;

/** Group, version and kind, such as {@code apps}, {@code v1}, {@code Deployment}. */
public record KindName(String group, String version, String kind) {
    /** The options of every group's deletions. */
    public static final KindName DELETE_OPTIONS = new KindName("", "v1", "DeleteOptions");

    public static KindName of(Kind kind) {
        return new KindName(kind.group(), kind.version(), kind.kindName());
    }

    /** Splits {@code apps/v1} or {@code v1}. */
    public static KindName of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new KindName("", apiVersion, kind)
                : new KindName(
                        apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The kind of a list of these. */
    public KindName list() {
        return new KindName(group, version, kind + "List");
    }

    /** The kind of which this is a list. */
    public KindName item() {
        return new KindName(
                group, version, kind.endsWith("List") ? kind.substring(0, kind.length() - 4) : "");
    }

    @Override
    public String toString() {
        return apiVersion() + " " + kind;
    }
}
