package dev.gantry.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.gantry.expression.CelFunctions.Typed;
import java.util.List;
import java.util.Optional;

/** Named forms of texts. Compat: apiserver's {@code library.Format}. */
final class FormatFunctions {
    static final CelFunctions ALL = new CelFunctions();
    private static final CelType TYPE = OpaqueType.create("kubernetes.NamedFormat");
    private static final CelType PROBLEMS = OptionalType.create(ListType.create(SimpleType.STRING));
    private static final Typed<String> TEXT = new Typed<>(SimpleType.STRING, String.class);

    static {
        ALL.global("format.named", "format-named", OptionalType.create(TYPE), TEXT, NamedFormat::of)
                .member(
                        "validate",
                        newMemberOverload("format-validate", PROBLEMS, TYPE, SimpleType.STRING),
                        NamedFormat.class,
                        String.class,
                        FormatFunctions::problems);
        for (NamedFormat each : NamedFormat.values()) {
            String id = "format-" + each.functionName();
            ALL.add(
                    "format." + each.functionName(),
                    newGlobalOverload(id, TYPE),
                    CelFunctionBinding.from(id, List.of(), _ -> each));
        }
    }

    private FormatFunctions() {}

    private static Optional<List<String>> problems(NamedFormat format, String text) {
        List<String> found = format.problems(text);
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
