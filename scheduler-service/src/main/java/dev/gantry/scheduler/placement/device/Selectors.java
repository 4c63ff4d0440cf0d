package dev.gantry.scheduler.placement.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.gantry.scheduler.snapshot.device.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a device whether a CEL expression holds for it. Keeps what it has compiled, up to a number
 * of expressions; may be asked by several threads.
 *
 * <p>Compat: dynamic-resource-allocation's {@code cel.Compile}: the one variable is {@code device},
 * with driver, attributes, capacity and allowMultipleAllocations. Upstream stops an expression at a
 * cost, this one at a number of loop rounds.
 *
 * <p>Cost: compiling takes milliseconds, asking microseconds; the first use of CEL one second.
 */
final class Selectors {
    /** What came of asking. */
    sealed interface Answer {
        record Known(boolean holds) implements Answer {}

        /**
         * @param why upstream's words, from "CEL" on
         */
        record Failed(String why) implements Answer {}
    }

    private static final int KEPT = 256;
    private static final int MOST_ROUNDS = 10_000;
    private static final String DEVICE = "kubernetes.DRADevice";
    private static final Pattern NO_KEY = Pattern.compile(".*key '(.*)' is not present in map.*");

    private record Compiled(Optional<CelRuntime.Program> program, String problem) {}

    private @Nullable Cel cel;
    private final Map<String, Compiled> compiled =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
                    return size() > KEPT;
                }
            };

    Answer ask(String expression, Device device) {
        Compiled found = compiled(expression);
        if (found.program.isEmpty()) {
            return new Answer.Failed("CEL compile error: " + found.problem);
        }
        try {
            Object result = found.program.get().eval(Map.of("device", DeviceValue.of(device)));
            return result instanceof Boolean holds
                    ? new Answer.Known(holds)
                    : new Answer.Failed(
                            "CEL runtime error: CEL result of type %s could not be converted to bool"
                                    .formatted(result.getClass().getSimpleName()));
        } catch (CelEvaluationException | IllegalArgumentException problem) {
            return new Answer.Failed("CEL runtime error: " + words(problem));
        }
    }

    private synchronized Compiled compiled(String expression) {
        Cel environment = cel;
        if (environment == null) {
            environment = cel();
            cel = environment;
        }
        Compiled known = compiled.get(expression);
        if (known == null) {
            known = compile(expression, environment);
            compiled.put(expression, known);
        }
        return known;
    }

    private static Compiled compile(String expression, Cel cel) {
        try {
            CelAbstractSyntaxTree tree = cel.compile(expression).getAst();
            CelType result = tree.getResultType();
            if (!result.equals(SimpleType.BOOL) && !result.equals(SimpleType.DYN)) {
                String problem = "must evaluate to bool or the unknown type, not " + result.name();
                return new Compiled(Optional.empty(), problem);
            }
            return new Compiled(Optional.of(cel.createProgram(tree)), "");
        } catch (CelValidationException | CelEvaluationException problem) {
            return new Compiled(Optional.empty(), "compilation failed: " + problem.getMessage());
        }
    }

    private static String words(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        Matcher noKey = NO_KEY.matcher(message);
        return noKey.matches() ? "no such key: " + noKey.group(1) : message;
    }

    private static Cel cel() {
        var library = new CelLibrary();
        return CelFactory.standardCelBuilder()
                .setOptions(CelOptions.current().comprehensionMaxIterations(MOST_ROUNDS).build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings(), CelExtensions.bindings())
                .addRuntimeLibraries(CelExtensions.strings())
                .setTypeProvider(new DeviceTypes())
                .addVar("device", DeviceTypes.TYPE)
                .addFunctionDeclarations(library.declarations())
                .addFunctionBindings(library.bindings())
                .build();
    }

    /** The fields that a device has, so that a misspelt one is found before it is asked for. */
    private static final class DeviceTypes implements CelTypeProvider {
        private static final Map<String, CelType> FIELDS =
                Map.of(
                        "driver",
                        SimpleType.STRING,
                        "attributes",
                        mapOf(mapOf(SimpleType.DYN)),
                        "capacity",
                        mapOf(mapOf(CelLibrary.QUANTITY)),
                        "allowMultipleAllocations",
                        SimpleType.BOOL);
        static final StructType TYPE =
                StructType.create(
                        DEVICE,
                        ImmutableSet.copyOf(FIELDS.keySet()),
                        field -> Optional.ofNullable(FIELDS.get(field)));

        private static CelType mapOf(CelType values) {
            return MapType.create(SimpleType.STRING, values);
        }

        @Override
        public ImmutableList<CelType> types() {
            return ImmutableList.of(TYPE);
        }

        @Override
        public Optional<CelType> findType(String name) {
            return name.equals(DEVICE) ? Optional.of(TYPE) : Optional.empty();
        }
    }
}
