package dev.gantry.expression;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/** The forms that texts of Kubernetes have, and why a text is not of one. */
enum NamedFormat {
    DNS1123_LABEL("dns1123Label", 63, "[a-z0-9]([-a-z0-9]*[a-z0-9])?"),
    DNS1123_SUBDOMAIN(
            "dns1123Subdomain",
            253,
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"),
    DNS1035_LABEL("dns1035Label", 63, "[a-z]([-a-z0-9]*[a-z0-9])?"),
    QUALIFIED_NAME(
            "qualifiedName",
            317,
            "([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"),
    DNS1123_LABEL_PREFIX("dns1123LabelPrefix", 63, "[a-z0-9][-a-z0-9]*"),
    DNS1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix", 253, "[a-z0-9]([-.a-z0-9])*"),
    DNS1035_LABEL_PREFIX("dns1035LabelPrefix", 63, "[a-z][-a-z0-9]*"),
    LABEL_VALUE("labelValue", 63, "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?"),
    URI("uri", Integer.MAX_VALUE, "") {
        @Override
        List<String> problems(String text) {
            return Url.parse(text).isPresent() ? List.of() : List.of("invalid URI for request");
        }
    },
    UUID(
            "uuid",
            36,
            "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}"),
    BYTE("byte", Integer.MAX_VALUE, "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
    DATE("date", 10, "\\d{4}-\\d{2}-\\d{2}"),
    DATETIME(
            "datetime",
            64,
            "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})");

    private final String functionName;
    private final int longest;
    private final Pattern shape;

    NamedFormat(String functionName, int longest, String shape) {
        this.functionName = functionName;
        this.longest = longest;
        this.shape = Pattern.compile(shape);
    }

    static Optional<NamedFormat> of(String name) {
        for (NamedFormat each : values()) {
            if (each.functionName.equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    String functionName() {
        return functionName;
    }

    /** Empty where the text is of the form. */
    List<String> problems(String text) {
        if (text.length() > longest) {
            return List.of("must be no more than " + longest + " bytes");
        }
        return shape.matcher(text).matches()
                ? List.of()
                : List.of(
                        "must be a %s (regex used for validation is '%s')"
                                .formatted(functionName, shape.pattern()));
    }
}
