package dev.gantry.state.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.kind.Transcript.Case;
import dev.gantry.state.strategy.Strategy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The examples in {@code src/test/resources/kinds}, one file for each kind. */
class KindTranscriptTest {
    static Stream<Arguments> examples() {
        return kinds().map(Transcript::of)
                .flatMap(
                        transcript ->
                                transcript.cases().stream()
                                        .map(each -> Arguments.of(each, transcript.base())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void answersAsWritten(Case example, ObjectNode base) {
        Strategy strategy = strategyOf(example.kind());
        switch (example.verb()) {
            case "create" -> {
                ObjectNode object = created(strategy, base, example.over());
                assertThat(lines(strategy.validate(object))).isEqualTo(example.expected());
            }
            case "warnings" -> {
                ObjectNode object = created(strategy, base, example.over());
                assertThat(strategy.validate(object)).isEmpty();
                assertThat(String.join("\n", strategy.warnings(object)))
                        .isEqualTo(example.expected());
            }
            case "update" -> {
                ObjectNode stored = created(strategy, base, example.stored());
                ObjectNode updated = Transcript.overlay(stored, example.over());
                strategy.disabledFields().drop(updated, stored);
                strategy.setDefaults(updated);
                strategy.prepareForUpdate(updated, stored);
                assertThat(lines(strategy.validateUpdate(updated, stored)))
                        .isEqualTo(example.expected());
            }
            case "status" -> {
                ObjectNode stored = created(strategy, base, example.stored());
                stored = Transcript.overlay(stored, example.stored());
                ObjectNode updated = Transcript.overlay(stored, example.over());
                strategy.setDefaults(updated);
                strategy.prepareForStatusUpdate(updated, stored);
                assertThat(lines(strategy.validateStatusUpdate(updated, stored)))
                        .isEqualTo(example.expected());
            }
            case "defaults" -> {
                ObjectNode object = created(strategy, base, example.over());
                assertThat(object).isEqualTo(Transcript.yaml(example.expected()));
                ObjectNode again = object.deepCopy();
                strategy.setDefaults(again);
                assertThat(again).as("defaults are idempotent").isEqualTo(object);
            }
            default -> throw new IllegalArgumentException("no such verb: " + example.verb());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theBaseOfEachKindIsValid(Kind kind) {
        Strategy strategy = strategyOf(kind);
        ObjectNode object = created(strategy, Transcript.of(kind).base(), Transcript.yaml(""));
        assertThat(strategy.validate(object)).isEmpty();
        assertThat(strategy.validateUpdate(object.deepCopy(), object)).isEmpty();
        assertThat(strategy.changesGeneration(object.deepCopy(), object)).isFalse();
    }

    static Stream<Kind> kinds() {
        return BuiltinKinds.DEFINITIONS.stream().map(ResourceDefinition::kind);
    }

    private static Strategy strategyOf(Kind kind) {
        return BuiltinKinds.CATALOG.definition(kind.resource()).orElseThrow().strategy();
    }

    private static ObjectNode created(Strategy strategy, ObjectNode base, ObjectNode over) {
        ObjectNode object = Transcript.overlay(base, over);
        strategy.disabledFields().drop(object, MissingNode.getInstance());
        strategy.setDefaults(object);
        strategy.prepareForCreate(object);
        return object;
    }

    private static String lines(List<FieldError> errors) {
        return errors.stream().map(FieldError::toString).collect(Collectors.joining("\n")).strip();
    }
}
