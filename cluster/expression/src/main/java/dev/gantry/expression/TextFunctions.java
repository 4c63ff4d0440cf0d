package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code 'text %s'.format([value])}.
 *
 * <p>Compat: cel-go's {@code ext.Strings}: {@code %s %d %f %e %b %x %X %o}, with a precision.
 */
final class TextFunctions {
    static final CelFunctions ALL = new CelFunctions();
    private static final int PRECISION = 6;

    static {
        ALL.member(
                "format",
                newMemberOverload(
                        "string_format",
                        SimpleType.STRING,
                        SimpleType.STRING,
                        ListType.create(SimpleType.DYN)),
                String.class,
                List.class,
                TextFunctions::format);
    }

    private TextFunctions() {}

    private static Object format(String text, List<?> values) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each != '%') {
                out.append(each);
                continue;
            }
            int end = i + 1;
            while (end < text.length() && ".0123456789".indexOf(text.charAt(end)) >= 0) {
                end++;
            }
            if (end == text.length()) {
                throw new IllegalArgumentException("unexpected end of string");
            }
            if (text.charAt(end) == '%') {
                out.append('%');
            } else if (next == values.size()) {
                throw new IllegalArgumentException("index " + next + " out of range");
            } else {
                String precision = text.substring(i + 1, end).replace(".", "");
                int digits = precision.isEmpty() ? PRECISION : Integer.parseInt(precision);
                out.append(formatted(text.charAt(end), values.get(next++), digits));
            }
            i = end;
        }
        return out.toString();
    }

    private static String formatted(char verb, Object value, int digits) {
        return switch (verb) {
            case 's' -> plain(value);
            case 'd' -> whole(value).toString();
            case 'f' ->
                    new BigDecimal(decimal(value).toString())
                            .setScale(digits, RoundingMode.HALF_EVEN)
                            .toPlainString();
            case 'e' -> String.format(Locale.ROOT, "%." + digits + "e", decimal(value));
            case 'b' ->
                    value instanceof Boolean truth
                            ? (truth ? "1" : "0")
                            : Long.toBinaryString(whole(value));
            case 'x' -> Long.toHexString(whole(value));
            case 'X' -> Long.toHexString(whole(value)).toUpperCase(Locale.ROOT);
            case 'o' -> Long.toOctalString(whole(value));
            default ->
                    throw new IllegalArgumentException(
                            "unrecognized formatting clause \"" + verb + "\"");
        };
    }

    private static Long whole(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("formatting clause can only be used on integers");
    }

    private static Double decimal(Object value) {
        return switch (value) {
            case Double number -> number;
            case Long number -> number.doubleValue();
            default ->
                    throw new IllegalArgumentException(
                            "formatting clause can only be used on doubles");
        };
    }

    private static String plain(Object value) {
        return switch (value) {
            case List<?> list ->
                    list.stream()
                            .map(TextFunctions::plain)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(each -> plain(each.getKey()) + ": " + plain(each.getValue()))
                            .sorted()
                            .collect(Collectors.joining(", ", "{", "}"));
            case Double number when number % 1 == 0 && Math.abs(number) < 1e15 ->
                    Long.toString(number.longValue());
            default -> String.valueOf(value);
        };
    }
}
