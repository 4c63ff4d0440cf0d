package dev.gantry.state.apply;

import java.util.List;

/** Fields that nobody owns: they name the object, or the server keeps them. */
final class Unowned {
    private static final FieldSet METADATA =
            List.of(
                            "name",
                            "namespace",
                            "creationTimestamp",
                            "selfLink",
                            "uid",
                            "clusterName",
                            "generation",
                            "managedFields",
                            "resourceVersion",
                            "deletionTimestamp",
                            "deletionGracePeriodSeconds")
                    .stream()
                    .map(name -> FieldSet.LEAF.under(Element.field(name)))
                    .reduce(FieldSet.EMPTY, FieldSet::union)
                    .under(Element.field("metadata"));
    private static final FieldSet ALWAYS =
            METADATA.union(FieldSet.LEAF.under(Element.field("apiVersion")))
                    .union(FieldSet.LEAF.under(Element.field("kind")));
    private static final FieldSet STATUS = FieldSet.LEAF.under(Element.field("status"));
    private static final FieldSet SPEC = FieldSet.LEAF.under(Element.field("spec"));

    private Unowned() {}

    /**
     * Compat: the fields that a strategy resets: writes of the object do not reach its status, and
     * the other way round.
     */
    static FieldSet by(Writer writer) {
        return switch (writer.subresource()) {
            case "" -> ALWAYS.union(STATUS);
            case "status" -> ALWAYS.union(SPEC);
            default -> ALWAYS;
        };
    }
}
