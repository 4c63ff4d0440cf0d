package dev.gantry.expression;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.StructType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * CEL as Kubernetes speaks it, about some variables: the language, its optional types, loops with
 * two variables, and the libraries of texts, sets, lists, patterns, quantities, versions, URLs, IP
 * addresses and formats.
 *
 * <p>Compat: apiserver's {@code environment.MustBaseEnvSet}.
 *
 * <p>Cost: making one takes some milliseconds, the first use of CEL a second: keep it. May be used
 * by several threads.
 */
public final class CelEnvironment {
    /** So that no loop of an expression goes on where each round costs nothing. */
    private static final int MOST_ROUNDS = 1_000_000;

    /** Before what a parser made by ANTLR says by itself. */
    private static final Pattern AGAINST_GRAMMAR =
            Pattern.compile(
                    "(?m)^(ERROR: <input>:\\d+:\\d+: )(?=(?:mismatched|extraneous) input "
                            + "|missing |no viable alternative |token recognition error )");

    private final Cel cel;
    private final UnaryOperator<CelAbstractSyntaxTree> reading;
    private final List<StructType> structs;
    private final Map<String, Extent> extents = new HashMap<>();

    private CelEnvironment(
            Cel cel, UnaryOperator<CelAbstractSyntaxTree> reading, List<StructType> structs) {
        this.cel = cel;
        this.reading = reading;
        this.structs = structs;
    }

    /** {@code variables} by name. */
    public static CelEnvironment of(SortedMap<String, CelForm> variables) {
        return of(variables, List.of());
    }

    /**
     * @param further functions that there are in this environment only
     */
    public static CelEnvironment of(
            SortedMap<String, CelForm> variables, List<CelFunctions> further) {
        return of(variables, further, UnaryOperator.identity());
    }

    /** Where expressions may make objects of any form: {@code Object{…}}, {@code JSONPatch{…}}. */
    public static CelEnvironment makingObjects(
            SortedMap<String, CelForm> variables, List<CelFunctions> further) {
        List<CelFunctions> all = new ArrayList<>(further);
        all.add(ObjectLiterals.FUNCTIONS);
        return of(variables, all, ObjectLiterals::asCalls);
    }

    private static CelEnvironment of(
            SortedMap<String, CelForm> variables,
            List<CelFunctions> further,
            UnaryOperator<CelAbstractSyntaxTree> reading) {
        List<StructType> structs = new ArrayList<>();
        variables.values().forEach(each -> structs.addAll(each.structs()));
        CelBuilder builder = language().setTypeProvider(new Structs(structs));
        List<CelFunctions> all = new ArrayList<>(CelFunctions.ofKubernetes());
        all.addAll(further);
        CelFunctions functions = CelFunctions.merged(all);
        builder.addFunctionDeclarations(functions.declarations())
                .addFunctionBindings(functions.bindings());
        variables.forEach((name, form) -> builder.addVar(name, form.type()));
        CelEnvironment environment = new CelEnvironment(builder.build(), reading, structs);
        variables.forEach((name, form) -> environment.extents.put(name, form.extent()));
        return environment;
    }

    private static CelBuilder language() {
        CelOptions options =
                CelOptions.current()
                        .comprehensionMaxIterations(MOST_ROUNDS)
                        .enableHeterogeneousNumericComparisons(true)
                        .enableOptionalSyntax(true)
                        .build();
        return CelFactory.standardCelBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(
                        CelExtensions.strings(),
                        CelExtensions.bindings(),
                        CelOptionalLibrary.INSTANCE,
                        CelExtensions.sets(options),
                        CelExtensions.comprehensions())
                .addRuntimeLibraries(
                        CelExtensions.strings(),
                        CelOptionalLibrary.INSTANCE,
                        CelExtensions.sets(options),
                        CelExtensions.comprehensions());
    }

    /** The same, and a variable more. */
    public CelEnvironment with(String variable, CelForm form) {
        List<StructType> all = new ArrayList<>(structs);
        all.addAll(form.structs());
        Cel more =
                cel.toCelBuilder()
                        .addVar(variable, form.type())
                        .setTypeProvider(new Structs(all))
                        .build();
        CelEnvironment environment = new CelEnvironment(more, reading, all);
        environment.extents.putAll(extents);
        environment.extents.put(variable, form.extent());
        return environment;
    }

    /** May be called by several threads. */
    public CelExpression compile(String text) {
        try {
            CelAbstractSyntaxTree tree =
                    cel.check(reading.apply(cel.parse(text).getAst())).getAst();
            return new CelExpression.Sound(
                    cel.createProgram(tree),
                    tree.getResultType(),
                    WorstCase.of(tree, extents),
                    Variables.of(tree),
                    Variables.fieldsOf(tree));
        } catch (CelValidationException | CelEvaluationException problem) {
            String why = told(String.valueOf(problem.getMessage()));
            return new CelExpression.Wrong(text.isEmpty() ? ofNothing(why) : why);
        }
    }

    /** What the grammar does not allow is said to be that. Compat: cel-go's words. */
    private static String told(String problems) {
        return AGAINST_GRAMMAR.matcher(problems).replaceAll("$1Syntax error: ");
    }

    /** Compat: cel-go has no line to show where there is no text, and nothing in it to count. */
    private static String ofNothing(String problem) {
        String told = problem.lines().findFirst().orElse(problem);
        return told.replace("<input>:1:1:", "<input>:1:0:");
    }

    /** The types with fields, so that a misspelt one is found before it is asked for. */
    private static final class Structs implements CelTypeProvider {
        private final ImmutableMap<String, StructType> byName;

        Structs(List<StructType> structs) {
            Map<String, StructType> found = new LinkedHashMap<>();
            structs.forEach(each -> found.put(each.name(), each));
            this.byName = ImmutableMap.copyOf(found);
        }

        @Override
        public ImmutableList<CelType> types() {
            return ImmutableList.copyOf(byName.values());
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }
}
