package dev.gantry.state.apply;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a write changes, in the writer's version and in those of others: a field may have another
 * name there.
 *
 * <p>Cost: an object is converted only where somebody has written it in another version.
 */
final class Differences {
    private final ObjectNode before;
    private final ObjectNode after;
    private final Scope scope;
    private final Comparison own;
    private final Map<String, Comparison> byVersion = new TreeMap<>();
    private final Map<String, FieldSet> touched = new TreeMap<>();

    /** Both trees without {@code managedFields}, in the version in which {@code writer} writes. */
    Differences(ObjectNode before, ObjectNode after, Scope scope, FieldManager writer) {
        this.before = before;
        this.after = after;
        this.scope = scope;
        this.own = Comparison.of(before, after, scope.root());
        byVersion.put(writer.apiVersion(), reached(own, scope));
    }

    /** Whether nothing is changed at all, not even what nobody can own. */
    boolean areNone() {
        return own.isEmpty();
    }

    /** What is changed of what can be owned. Nothing where the version is not known here. */
    Comparison in(String apiVersion) {
        return byVersion.computeIfAbsent(
                apiVersion,
                other ->
                        areNone()
                                ? Comparison.NONE
                                : scope.versions()
                                        .of(other)
                                        .map(this::compare)
                                        .orElse(Comparison.NONE));
    }

    /** What is changed or removed. Cost: made once for all managers of a version. */
    FieldSet touched(String apiVersion) {
        return touched.computeIfAbsent(apiVersion, each -> in(each).all());
    }

    private Comparison compare(Versions.Version version) {
        Optional<ObjectNode> old = version.form().apply(before);
        Optional<ObjectNode> now = version.form().apply(after);
        return old.isEmpty() || now.isEmpty()
                ? Comparison.NONE
                : reached(
                        Comparison.of(old.get(), now.get(), version.scope().root()),
                        version.scope());
    }

    private static Comparison reached(Comparison all, Scope scope) {
        return new Comparison(
                StrippedFields.drop(all.changed(), scope),
                StrippedFields.drop(all.removed(), scope));
    }
}
