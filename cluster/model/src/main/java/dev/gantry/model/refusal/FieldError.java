package dev.gantry.model.refusal;

import java.util.List;

/**
 * One thing wrong with one field.
 *
 * @param field the path, such as {@code spec.containers[0].name}
 * @param detail the sentence without the field, such as {@code Invalid value: "A": must be lower
 *     case}
 *     <p>Invariant: both are bounded, whatever a client sent, so that many errors about one large
 *     value stay small.
 */
public record FieldError(Type type, String field, String detail) {
    private static final int LONGEST_FIELD = 2 * 1024;
    private static final int LONGEST_DETAIL = 16 * 1024;

    public FieldError {
        field = shortened(field, LONGEST_FIELD);
        detail = shortened(detail, LONGEST_DETAIL);
    }

    /**
     * The kinds of error of Kubernetes' {@code field.Error}, with the reason of the Status cause.
     */
    public enum Type {
        REQUIRED("FieldValueRequired"),
        INVALID("FieldValueInvalid"),
        NOT_SUPPORTED("FieldValueNotSupported"),
        DUPLICATE("FieldValueDuplicate"),
        FORBIDDEN("FieldValueForbidden"),
        NOT_FOUND("FieldValueNotFound"),
        TOO_LONG("FieldValueTooLong"),
        TOO_MANY("FieldValueTooMany"),
        TYPE_INVALID("FieldValueTypeInvalid"),
        INTERNAL("InternalError");

        private final String reason;

        Type(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }

    public static FieldError required(String field, String why) {
        return new FieldError(
                Type.REQUIRED, field, why.isEmpty() ? "Required value" : "Required value: " + why);
    }

    /** {@code value} as Go prints it: text quoted, numbers and booleans bare, objects as JSON. */
    public static FieldError invalid(String field, String value, String why) {
        return new FieldError(Type.INVALID, field, "Invalid value: " + value + ": " + why);
    }

    public static FieldError duplicate(String field, String value) {
        return new FieldError(Type.DUPLICATE, field, "Duplicate value: " + value);
    }

    public static FieldError forbidden(String field, String why) {
        return new FieldError(Type.FORBIDDEN, field, "Forbidden: " + why);
    }

    /** {@code supported} in the order in which they shall be listed. */
    public static FieldError notSupported(String field, String value, List<String> supported) {
        String listed =
                supported.stream()
                        .map(each -> '"' + each + '"')
                        .collect(java.util.stream.Collectors.joining(", "));
        return new FieldError(
                Type.NOT_SUPPORTED,
                field,
                "Unsupported value: " + value + ": supported values: " + listed);
    }

    public static FieldError tooLong(String field, long maxBytes) {
        return new FieldError(
                Type.TOO_LONG, field, "Too long: may not be more than " + maxBytes + " bytes");
    }

    /** Stands for all further errors, of which {@code field} has the first. */
    public static FieldError andMore(String field) {
        return new FieldError(Type.TOO_MANY, field, "Too many errors: the others are not shown");
    }

    /** {@code text} as it is, or its beginning with three dots. */
    public static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }

    @Override
    public String toString() {
        return field + ": " + detail;
    }
}
