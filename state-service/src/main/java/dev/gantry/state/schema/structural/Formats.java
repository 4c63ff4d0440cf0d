package dev.gantry.state.schema.structural;

import com.google.re2j.Pattern;
import dev.gantry.state.validation.IpAddress;
import dev.gantry.state.validation.Names;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What texts of a format look like.
 *
 * <p>Compat: the formats that kube-openapi's {@code strfmt} knows. All others are not checked.
 */
public final class Formats {
    private static final Set<String> UNCHECKED =
            Set.of("password", "binary", "int32", "int64", "float", "double");
    private static final String UUID =
            "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?%s[0-9a-f]{3}-?%s[0-9a-f]{3}-?[0-9a-f]{12}$";
    private static final Map<String, Predicate<String>> KNOWN = new TreeMap<>();

    static {
        KNOWN.put("date-time", Formats::isMoment);
        KNOWN.put("datetime", Formats::isMoment);
        KNOWN.put("date", Formats::isDate);
        KNOWN.put("duration", form("^[-+]?(\\d+(\\.\\d*)?\\s*(ns|us|µs|ms|s|m|h|[a-z]+)\\s*)+$"));
        KNOWN.put("ipv4", text -> isAddress(text, 4));
        KNOWN.put("ipv6", text -> isAddress(text, 6));
        KNOWN.put("cidr", Formats::isRange);
        KNOWN.put("uri", form("^([a-zA-Z][a-zA-Z0-9+.-]*:\\S*|/\\S*)$"));
        KNOWN.put("email", form("^[^@\\s<>]+@[^@\\s<>]+$"));
        KNOWN.put("hostname", Formats::isHostname);
        KNOWN.put("uuid", form(UUID.formatted("[0-9a-f]", "[0-9a-f]")));
        KNOWN.put("uuid3", form(UUID.formatted("3", "[0-9a-f]")));
        KNOWN.put("uuid4", form(UUID.formatted("4", "[89ab]")));
        KNOWN.put("uuid5", form(UUID.formatted("5", "[89ab]")));
        KNOWN.put("byte", Formats::isBase64);
        KNOWN.put("mac", form("(?i)^([0-9a-f]{2}[:-]){5}([0-9a-f]{2}[:-]){0,2}[0-9a-f]{2}$"));
        KNOWN.put("hexcolor", form("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"));
        KNOWN.put(
                "rgbcolor", form("^rgb\\(\\s*\\d{1,3}\\s*,\\s*\\d{1,3}\\s*,\\s*\\d{1,3}\\s*\\)$"));
        KNOWN.put("ssn", form("^\\d{3}[- ]?\\d{2}[- ]?\\d{4}$"));
        KNOWN.put("bsonobjectid", form("^[0-9a-fA-F]{24}$"));
        KNOWN.put("isbn10", Formats::isIsbn10);
        KNOWN.put("isbn13", Formats::isIsbn13);
        KNOWN.put("isbn", text -> isIsbn10(text) || isIsbn13(text));
        KNOWN.put("creditcard", Formats::isCreditCard);
        KNOWN.put("k8s-short-name", text -> Names.dnsLabel(text).isEmpty());
        KNOWN.put("k8s-long-name", text -> Names.dnsSubdomain(text).isEmpty());
    }

    private Formats() {}

    public static boolean isKnown(String format) {
        return KNOWN.containsKey(format) || UNCHECKED.contains(format);
    }

    /** Whether {@code text} is of the format, or nothing is known of that. */
    public static boolean admits(String format, String text) {
        Predicate<String> known = KNOWN.get(format);
        return known == null || known.test(text);
    }

    private static Predicate<String> form(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return text -> compiled.matcher(text).matches();
    }

    private static boolean isMoment(String text) {
        try {
            OffsetDateTime.parse(text.toUpperCase(Locale.ROOT).replace(' ', 'T'));
            return true;
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private static boolean isAddress(String text, int version) {
        return IpAddress.parse(text).isPresent() && text.contains(":") == (version == 6);
    }

    private static boolean isRange(String text) {
        int slash = text.lastIndexOf('/');
        String length = text.substring(slash + 1);
        boolean isCounted = slash > 0 && length.matches("\\d{1,3}");
        return isCounted
                && IpAddress.parse(text.substring(0, slash)).isPresent()
                && Integer.parseInt(length) <= (text.contains(":") ? 128 : 32);
    }

    private static boolean isHostname(String text) {
        if (text.isEmpty() || text.length() > 255) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            if (!label.matches(
                    "(?i)[a-z0-9\\u0080-\\uffff]([a-z0-9\\u0080-\\uffff-]{0,61}[a-z0-9\\u0080-\\uffff])?")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return !text.isEmpty() && text.length() % 4 == 0;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isIsbn10(String text) {
        String digits = text.replaceAll("[\\s-]", "");
        if (!digits.matches("\\d{9}[\\dX]")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            int digit = digits.charAt(i) == 'X' ? 10 : digits.charAt(i) - '0';
            sum += (10 - i) * digit;
        }
        return sum % 11 == 0;
    }

    private static boolean isIsbn13(String text) {
        String digits = text.replaceAll("[\\s-]", "");
        if (!digits.matches("\\d{13}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
        }
        return sum % 10 == 0;
    }

    /** By Luhn's sum. */
    private static boolean isCreditCard(String text) {
        String digits = text.replaceAll("[\\s-]", "");
        if (!digits.matches("\\d{13,19}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }
}
