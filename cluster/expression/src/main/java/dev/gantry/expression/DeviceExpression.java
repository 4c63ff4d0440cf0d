package dev.gantry.expression;

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
import java.util.Map;
import java.util.Optional;

/**
 * A CEL expression about a device.
 *
 * <p>Compat: dynamic-resource-allocation's {@code cel.Compile}: the one variable is {@code device},
 * with driver, attributes, capacity and allowMultipleAllocations. An expression is stopped at
 * upstream's cost, and at a number of loop rounds before.
 *
 * <p>Cost: compiling takes milliseconds, asking microseconds; the first use of CEL one second.
 */
public sealed interface DeviceExpression {
    /** The one variable. */
    String DEVICE = "device";

    /**
     * One that can be asked.
     *
     * @param worstCost what that costs at most, whatever the device
     */
    record Sound(CelRuntime.Program program, long worstCost) implements DeviceExpression {
        /** Whether it might be stopped before it answers; such a one is not to be stored. */
        public boolean isTooComplex() {
            return worstCost > Cost.MOST;
        }

        /**
         * @throws CelEvaluationException where the expression fails, or costs too much
         */
        public Object ask(Object device) throws CelEvaluationException {
            var cost = new Cost();
            try {
                Object answer = program.trace(Map.of(DEVICE, device), cost);
                if (!cost.isTooHigh()) {
                    return answer;
                }
            } catch (CelEvaluationException problem) {
                if (!cost.isTooHigh()) {
                    throw problem;
                }
            }
            throw new CelEvaluationException(Cost.TOO_HIGH);
        }
    }

    /**
     * @param why upstream's words
     */
    record Wrong(String why) implements DeviceExpression {}

    /** May be called by several threads. */
    static DeviceExpression compile(String text) {
        try {
            CelAbstractSyntaxTree tree = Environment.CEL.compile(text).getAst();
            CelType result = tree.getResultType();
            if (!result.equals(SimpleType.BOOL) && !result.equals(SimpleType.DYN)) {
                return new Wrong("must evaluate to bool or the unknown type, not " + result.name());
            }
            return new Sound(Environment.CEL.createProgram(tree), WorstCase.of(tree));
        } catch (CelValidationException | CelEvaluationException problem) {
            return new Wrong("compilation failed: " + problem.getMessage());
        }
    }

    /** Made when it is used first. */
    final class Environment {
        private static final int MOST_ROUNDS = 10_000;
        private static final Cel CEL = make();

        private Environment() {}

        private static Cel make() {
            var library = new CelLibrary();
            return CelFactory.standardCelBuilder()
                    .setOptions(
                            CelOptions.current().comprehensionMaxIterations(MOST_ROUNDS).build())
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addCompilerLibraries(CelExtensions.strings(), CelExtensions.bindings())
                    .addRuntimeLibraries(CelExtensions.strings())
                    .setTypeProvider(new DeviceTypes())
                    .addVar(DEVICE, DeviceTypes.TYPE)
                    .addFunctionDeclarations(library.declarations())
                    .addFunctionBindings(library.bindings())
                    .build();
        }
    }

    /** The fields that a device has, so that a misspelt one is found before it is asked for. */
    final class DeviceTypes implements CelTypeProvider {
        private static final String NAME = "kubernetes.DRADevice";
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
        private static final StructType TYPE =
                StructType.create(
                        NAME,
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
            return name.equals(NAME) ? Optional.of(TYPE) : Optional.empty();
        }
    }
}
