package dev.gantry.state.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.state.SpecFolder;
import dev.gantry.state.catalog.Catalog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Reference objects in which every field is set, most of them to nonsense. */
class GoldenTest {
    @ParameterizedTest
    @EnumSource(BuiltinKind.class)
    void everyFieldCanBeLookedAt(BuiltinKind kind) {
        String group = kind.group().isEmpty() ? "core" : kind.group();
        ObjectNode object =
                (ObjectNode)
                        SpecFolder.json(
                                "goldens/%s.%s.%s.json"
                                        .formatted(group, kind.version(), kind.kindName()));
        Strategy strategy = Catalog.of(kind);
        ObjectNode created = object.deepCopy();
        strategy.disabledFields().drop(created, MissingNode.getInstance());
        strategy.setDefaults(created);
        strategy.prepareForCreate(created);
        ObjectNode again = created.deepCopy();
        strategy.setDefaults(again);
        assertThat(again).isEqualTo(created);
        assertThat(strategy.validate(created))
                .allSatisfy(error -> assertThat(error.detail()).isNotBlank());
        assertThat(strategy.validateUpdate(created.deepCopy(), object)).isNotNull();
        strategy.prepareForStatusUpdate(created, object);
        assertThat(strategy.validateStatusUpdate(created, object)).isNotNull();
        assertThat(strategy.selectableFields(object)).isNotNull();
    }
}
