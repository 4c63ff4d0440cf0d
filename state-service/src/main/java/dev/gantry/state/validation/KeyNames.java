package dev.gantry.state.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The grammars of keys, ports and variables. Each rule gives the reasons against a text. */
public final class KeyNames {
    private static final int CONFIG_KEY_BYTES = 253;
    private static final int PORT_NAME_BYTES = 15;
    private static final Pattern CONFIG_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");

    private KeyNames() {}

    /** A key of a ConfigMap or Secret. */
    public static List<String> configKey(String text) {
        List<String> against = new ArrayList<>();
        if (Names.bytes(text) > CONFIG_KEY_BYTES) {
            against.add(Rules.atMostCharacters(CONFIG_KEY_BYTES));
        }
        if (!CONFIG_KEY.matcher(text).matches()) {
            against.add(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
                            + " (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for"
                            + " validation is '[-._a-zA-Z0-9]+')");
        }
        if (text.equals(".")) {
            against.add("must not be '.'");
        } else if (text.equals("..")) {
            against.add("must not be '..'");
        } else if (text.startsWith("..")) {
            against.add("must not start with '..'");
        }
        return against;
    }

    /** Compat: the relaxed rule, which is the default since v1.32. */
    public static List<String> environmentVariable(String text) {
        List<String> against = new ArrayList<>();
        if (text.isEmpty()) {
            against.add("environment variable name must be non-empty");
        }
        if (!text.chars().allMatch(each -> each >= ' ' && each <= '~' && each != '=')) {
            against.add(
                    "a valid environment variable name must consist only of printable ASCII"
                            + " characters other than '='");
        }
        return against;
    }

    public static List<String> portName(String text) {
        List<String> against = new ArrayList<>();
        if (Names.bytes(text) > PORT_NAME_BYTES) {
            against.add(Rules.atMostCharacters(PORT_NAME_BYTES));
        }
        if (!PORT_CHARACTERS.matcher(text).matches()) {
            against.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (text.chars().noneMatch(each -> each >= 'a' && each <= 'z')) {
            against.add("must contain at least one letter (a-z)");
        }
        if (text.contains("--")) {
            against.add("must not contain consecutive hyphens");
        }
        if (text.startsWith("-") || text.endsWith("-")) {
            against.add("must not begin or end with a hyphen");
        }
        return against;
    }

    public static List<String> portNumber(long port) {
        return port >= 1 && port <= 65535 ? List.of() : List.of(Rules.between(1, 65535));
    }

    public static List<String> identifier(String text) {
        return IDENTIFIER.matcher(text).matches()
                ? List.of()
                : List.of(
                        "a valid C identifier must start with alphabetic character or '_', followed"
                                + " by a string of alphanumeric characters or '_' (e.g. 'my_name',"
                                + "  or 'MY_NAME',  or 'MyName', regex used for validation is"
                                + " '[A-Za-z_][A-Za-z0-9_]*')");
    }

    public static List<String> httpHeader(String text) {
        return HEADER.matcher(text).matches()
                ? List.of()
                : List.of(
                        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
                                + " 'X-Header-Name', regex used for validation is"
                                + " '[-A-Za-z0-9]+')");
    }

    public static List<String> percent(String text) {
        return PERCENT.matcher(text).matches()
                ? List.of()
                : List.of(
                        "a valid percent string must be a numeric string followed by an ending '%'"
                                + " (e.g. '1%',  or '93%', regex used for validation is"
                                + " '[0-9]+%')");
    }
}
