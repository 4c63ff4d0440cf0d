package dev.gantry.state.apply;

/**
 * Who writes: identifies an entry of {@code managedFields}.
 *
 * @param operation Apply or Update
 * @param apiVersion compat: not part of the identity of an Apply
 * @param subresource empty for the object itself
 */
public record FieldManager(
        String manager, String operation, String apiVersion, String subresource) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    public static FieldManager applying(String manager, String apiVersion, String subresource) {
        return new FieldManager(manager, APPLY, apiVersion, subresource);
    }

    public static FieldManager updating(String manager, String apiVersion, String subresource) {
        return new FieldManager(manager, UPDATE, apiVersion, subresource);
    }

    boolean isKnown() {
        return operation.equals(APPLY) || operation.equals(UPDATE);
    }

    boolean isApplying() {
        return operation.equals(APPLY);
    }

    boolean isScaling() {
        return subresource.equals("scale");
    }

    boolean isSameAs(FieldManager other) {
        return manager.equals(other.manager)
                && operation.equals(other.operation)
                && subresource.equals(other.subresource)
                && (isApplying() || apiVersion.equals(other.apiVersion));
    }

    /** As messages name it. */
    @Override
    public String toString() {
        String below = subresource.isEmpty() ? "" : " with subresource \"" + subresource + '"';
        String using = isApplying() ? "" : " using " + apiVersion;
        return '"' + manager + '"' + below + using;
    }
}
