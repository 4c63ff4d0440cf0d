package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.gantry.expression.CelFunctions.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Semantic versions. Compat: apiserver's {@code library.SemverLib}. */
final class SemverFunctions {
    static final CelType TYPE = OpaqueType.create("kubernetes.Semver");
    static final CelFunctions ALL = new CelFunctions();
    private static final Typed<Semver> VERSION = new Typed<>(TYPE, Semver.class);
    private static final Typed<String> TEXT = new Typed<>(SimpleType.STRING, String.class);

    static {
        ALL.global("semver", "string_to_semver", TYPE, TEXT, text -> of(text, Semver.parse(text)))
                .global(
                        "isSemver",
                        "is_semver_string",
                        SimpleType.BOOL,
                        TEXT,
                        text -> Semver.parse(text).isPresent())
                .add(
                        "semver",
                        newGlobalOverload(
                                "string_bool_to_semver", TYPE, SimpleType.STRING, SimpleType.BOOL),
                        CelFunctionBinding.from(
                                "string_bool_to_semver",
                                String.class,
                                Boolean.class,
                                (text, isLax) -> of(text, parse(text, isLax))))
                .add(
                        "isSemver",
                        newGlobalOverload(
                                "is_semver_string_bool",
                                SimpleType.BOOL,
                                SimpleType.STRING,
                                SimpleType.BOOL),
                        CelFunctionBinding.from(
                                "is_semver_string_bool",
                                String.class,
                                Boolean.class,
                                (text, isLax) -> parse(text, isLax).isPresent()))
                .member("major", "semver_major", SimpleType.INT, VERSION, Semver::major)
                .member("minor", "semver_minor", SimpleType.INT, VERSION, Semver::minor)
                .member("patch", "semver_patch", SimpleType.INT, VERSION, Semver::patch);
        Ordered.add(ALL, VERSION, "semver");
    }

    private SemverFunctions() {}

    private static Semver of(String text, Optional<Semver> found) {
        return found.orElseThrow(
                () -> new IllegalArgumentException("no semantic version: " + text));
    }

    private static Optional<Semver> parse(String text, boolean isLax) {
        return Semver.parse(isLax ? normalized(text) : text);
    }

    /** Without a leading v and zeros, with all three numbers. */
    private static String normalized(String text) {
        String bare = text.startsWith("v") ? text.substring(1) : text;
        int end = bare.length();
        for (char mark : new char[] {'-', '+'}) {
            int found = bare.indexOf(mark);
            end = found >= 0 ? Math.min(end, found) : end;
        }
        List<String> numbers = new ArrayList<>(List.of(bare.substring(0, end).split("\\.", -1)));
        while (numbers.size() < 3) {
            numbers.add("0");
        }
        numbers.replaceAll(each -> each.replaceFirst("^0+(?=\\d)", ""));
        return String.join(".", numbers) + bare.substring(end);
    }
}
