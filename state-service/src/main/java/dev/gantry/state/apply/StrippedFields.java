package dev.gantry.state.apply;

import java.util.List;

/** Fields that nobody owns: they name the object, or the server keeps them. */
final class StrippedFields {
    private static final String STATUS = Element.field("status");
    private static final FieldSet METADATA =
            all(List.of(
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
                            "deletionGracePeriodSeconds"))
                    .under(Element.field("metadata"));
    private static final FieldSet ALWAYS = METADATA.union(all(List.of("apiVersion", "kind")));
    private static final FieldSet AND_STATUS = ALWAYS.union(all(List.of("status")));
    private static final FieldSet AND_SPEC = ALWAYS.union(all(List.of("spec")));
    private static final FieldSet AND_SPEC_AND_LABELS =
            AND_SPEC.union(all(List.of("labels")).under(Element.field("metadata")));
    private static final FieldSet AND_SPEC_AND_METADATA = AND_SPEC.union(all(List.of("metadata")));

    private StrippedFields() {}

    /**
     * What of a set a write may own.
     *
     * <p>Compat: the fields that a strategy resets ({@code GetResetFields}): writes of the object
     * do not reach its status, and the other way round.
     */
    static FieldSet drop(FieldSet fields, Scope scope) {
        return switch (scope.reset()) {
            case NOTHING -> fields.without(ALWAYS);
            case STATUS -> fields.without(AND_STATUS);
            case SPEC -> fields.without(AND_SPEC);
            case SPEC_AND_STATUS -> fields.without(AND_SPEC).without(AND_STATUS);
            case SPEC_AND_LABELS -> fields.without(AND_SPEC_AND_LABELS);
            case SPEC_AND_METADATA -> fields.without(AND_SPEC_AND_METADATA);
            case ALL_BUT_STATUS -> fields.child(STATUS).under(STATUS);
        };
    }

    private static FieldSet all(List<String> names) {
        return names.stream()
                .map(name -> FieldSet.LEAF.under(Element.field(name)))
                .reduce(FieldSet.EMPTY, FieldSet::union);
    }
}
