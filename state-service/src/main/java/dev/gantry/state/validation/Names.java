package dev.gantry.state.validation;

import dev.gantry.model.selector.LabelNames;
import java.util.ArrayList;
import java.util.List;

/** The grammars of names. Each rule gives the reasons against a text; none where it is valid. */
public final class Names {
    private static final int LABEL_BYTES = 63;
    private static final int SUBDOMAIN_BYTES = 253;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String WITH_UNDERSCORES = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";

    static final String NOT_A_LABEL =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                    + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
                    + " '123-abc', regex used for validation is '"
                    + LABEL
                    + "')";
    static final String NOT_A_SUBDOMAIN = LabelNames.NOT_A_SUBDOMAIN;
    private static final String NOT_A_SUBDOMAIN_WITH_UNDERSCORES =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_',"
                    + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is '"
                    + WITH_UNDERSCORES
                    + "(\\."
                    + WITH_UNDERSCORES
                    + ")*')";
    private static final String NOT_A_1035_LABEL =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
                    + " an alphabetic character, and end with an alphanumeric character (e.g."
                    + " 'my-name',  or 'abc-123', regex used for validation is"
                    + " '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private static final String NOT_A_WILDCARD =
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain,"
                    + " which must consist of lower case alphanumeric characters, '-' or '.' and end"
                    + " with an alphanumeric character (e.g. '*.example.com', regex used for"
                    + " validation is '\\*\\."
                    + LabelNames.SUBDOMAIN
                    + "')";

    private Names() {}

    /** A lowercase RFC 1123 label. */
    public static List<String> dnsLabel(String text) {
        List<String> against = new ArrayList<>();
        if (bytes(text) > LABEL_BYTES) {
            against.add(Rules.atMostCharacters(LABEL_BYTES));
        }
        if (!isLabel(text)) {
            against.add(isSubdomain(text) ? "must not contain dots" : NOT_A_LABEL);
        }
        return against;
    }

    /** Lowercase RFC 1123 labels, joined by dots. */
    public static List<String> dnsSubdomain(String text) {
        return LabelNames.subdomain(text);
    }

    /** All subdomains of a domain, such as {@code *.example.com}. */
    public static List<String> wildcardSubdomain(String text) {
        List<String> against = new ArrayList<>();
        if (bytes(text) > SUBDOMAIN_BYTES) {
            against.add(Rules.atMostCharacters(SUBDOMAIN_BYTES));
        }
        if (!text.startsWith("*.") || !isSubdomain(text.substring(2))) {
            against.add(NOT_A_WILDCARD);
        }
        return against;
    }

    /** As {@link #dnsSubdomain}, with underscores: what resolvers accept. */
    public static List<String> dnsSubdomainWithUnderscore(String text) {
        List<String> against = new ArrayList<>();
        if (bytes(text) > SUBDOMAIN_BYTES) {
            against.add(Rules.atMostCharacters(SUBDOMAIN_BYTES));
        }
        for (String part : text.split("\\.", -1)) {
            String bare = part.startsWith("_") ? part.substring(1) : part;
            if (!isLabel(bare.replace("_", "-")) || bare.startsWith("_") || bare.endsWith("_")) {
                against.add(NOT_A_SUBDOMAIN_WITH_UNDERSCORES);
                break;
            }
        }
        return against;
    }

    /** A label that starts with a letter, as Services need. */
    public static List<String> dns1035Label(String text) {
        List<String> against = new ArrayList<>();
        if (bytes(text) > LABEL_BYTES) {
            against.add(Rules.atMostCharacters(LABEL_BYTES));
        }
        if (!isLabel(text) || isDigit(text.charAt(0))) {
            against.add(NOT_A_1035_LABEL);
        }
        return against;
    }

    /** A name with an optional prefix, such as {@code example.com/name}: keys of labels. */
    public static List<String> qualified(String text) {
        return LabelNames.key(text);
    }

    public static List<String> labelValue(String text) {
        return LabelNames.value(text);
    }

    /** What may stand as one segment of a URL's path: the names of RBAC objects. */
    public static List<String> pathSegment(String text) {
        List<String> against = new ArrayList<>();
        if (text.equals(".") || text.equals("..")) {
            return List.of("may not be '" + text + "'");
        }
        for (String illegal : List.of("/", "%")) {
            if (text.contains(illegal)) {
                against.add("may not contain '" + illegal + "'");
            }
        }
        return against;
    }

    /** What stands in place of a prefix for generated names when a rule is applied to it. */
    public static String maskTrailingDash(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("-")
                ? prefix.substring(0, prefix.length() - 2) + "a"
                : prefix;
    }

    static boolean isLabel(String text) {
        return LabelNames.isLabel(text);
    }

    static boolean isSubdomain(String text) {
        return LabelNames.isSubdomain(text);
    }

    static boolean isLetterOrDigit(int code) {
        return LabelNames.isLetterOrDigit(code);
    }

    private static boolean isDigit(int code) {
        return code >= '0' && code <= '9';
    }

    /** How long it is in UTF-8. */
    public static int bytes(String text) {
        return LabelNames.bytes(text);
    }
}
