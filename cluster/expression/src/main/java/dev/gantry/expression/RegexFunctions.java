package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a text matches a pattern.
 *
 * <p>Compat: apiserver's {@code library.Regex}. Cost: linear in the text, whatever the pattern.
 */
final class RegexFunctions {
    static final CelFunctions ALL = new CelFunctions();

    static {
        ALL.member(
                        "find",
                        newMemberOverload(
                                "string_find_string",
                                SimpleType.STRING,
                                SimpleType.STRING,
                                SimpleType.STRING),
                        String.class,
                        String.class,
                        RegexFunctions::first)
                .member(
                        "findAll",
                        newMemberOverload(
                                "string_find_all_string",
                                ListType.create(SimpleType.STRING),
                                SimpleType.STRING,
                                SimpleType.STRING),
                        String.class,
                        String.class,
                        (text, pattern) -> all(text, pattern, -1))
                .add(
                        "findAll",
                        newMemberOverload(
                                "string_find_all_string_int",
                                ListType.create(SimpleType.STRING),
                                SimpleType.STRING,
                                SimpleType.STRING,
                                SimpleType.INT),
                        CelFunctionBinding.from(
                                "string_find_all_string_int",
                                List.of(String.class, String.class, Long.class),
                                each -> all((String) each[0], (String) each[1], (Long) each[2])));
    }

    private RegexFunctions() {}

    private static Object first(String text, String pattern) {
        Matcher matcher = compile(pattern).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static Object all(String text, String pattern, long most) {
        List<String> found = new ArrayList<>();
        Matcher matcher = compile(pattern).matcher(text);
        while ((most < 0 || found.size() < most) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException(
                    "Illegal regex: " + malformed.getMessage(), malformed);
        }
    }
}
