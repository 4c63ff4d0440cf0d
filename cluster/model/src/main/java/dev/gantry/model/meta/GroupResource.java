package dev.gantry.model.meta;

/** A resource without its version, written {@code pods} or {@code deployments.apps}. */
public record GroupResource(String group, String plural) implements Comparable<GroupResource> {
    /** Parses {@code deployments.apps}; everything after the first dot is the group. */
    public static GroupResource parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new GroupResource("", text)
                : new GroupResource(text.substring(dot + 1), text.substring(0, dot));
    }

    @Override
    public int compareTo(GroupResource other) {
        if (equals(other)) {
            return 0; // Cost: nearly always, and then these are the very same texts.
        }
        int byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : plural.compareTo(other.plural);
    }

    @Override
    public String toString() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
