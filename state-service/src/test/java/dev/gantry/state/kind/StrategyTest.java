package dev.gantry.state.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.RandomObjects;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects in which any field may be set, most of them to nonsense: each has an answer. */
class StrategyTest {
    private static final int OBJECTS = 50;

    @ParameterizedTest
    @MethodSource("definitions")
    void whateverAnObjectSaysItCanBeLookedAt(ResourceDefinition definition) {
        GroupVersionKind name = GroupVersionKind.of(definition.kind());
        var type = Schema.builtin().of(name).orElseThrow();
        RandomObjects.seeds(OBJECTS)
                .forEach(
                        seed ->
                                lookAt(
                                        definition.strategy(),
                                        new RandomObjects(seed).of(name, type),
                                        seed));
    }

    static List<ResourceDefinition> definitions() {
        return BuiltinKinds.DEFINITIONS;
    }

    private static void lookAt(Strategy strategy, ObjectNode object, long seed) {
        ObjectNode created = object.deepCopy();
        strategy.disabledFields().drop(created, MissingNode.getInstance());
        strategy.setDefaults(created);
        strategy.prepareForCreate(created);
        ObjectNode again = created.deepCopy();
        strategy.setDefaults(again);
        assertThat(again).as("defaults twice, seed %d", seed).isEqualTo(created);
        List<FieldError> errors = new ArrayList<>(strategy.validate(created));
        errors.addAll(strategy.validateUpdate(created.deepCopy(), object));
        strategy.prepareForStatusUpdate(created, object);
        errors.addAll(strategy.validateStatusUpdate(created, object));
        assertThat(errors)
                .as("seed %d", seed)
                .allSatisfy(error -> assertThat(error.detail()).isNotBlank());
        assertThat(strategy.selectableFields(object)).doesNotContainValue(null);
    }
}
