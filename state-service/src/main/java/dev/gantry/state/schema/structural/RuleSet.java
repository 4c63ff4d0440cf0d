package dev.gantry.state.schema.structural;

import dev.gantry.expression.CelBudget;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of one kind.
 *
 * <p>Cost: a rule takes milliseconds to compile, so they are compiled when an object is written
 * first, and kept. Two threads may do so at once: the trees are equal.
 */
final class RuleSet {
    private final StructuralSchema schema;
    private volatile @Nullable Optional<RuleTree> compiled;

    RuleSet(StructuralSchema schema) {
        this.schema = schema;
    }

    /**
     * @param before a missing node where the object is new
     */
    List<FieldError> validate(ObjectNode object, JsonNode before) {
        Optional<RuleTree> tree = tree();
        if (tree.isEmpty()) {
            return List.of();
        }
        List<FieldError> errors = new ArrayList<>();
        tree.get().check(Field.root(object, errors), before, new CelBudget(CelBudget.ALL));
        return errors;
    }

    boolean exist() {
        return tree().isPresent();
    }

    private Optional<RuleTree> tree() {
        Optional<RuleTree> known = compiled;
        if (known == null) {
            known = RuleTree.of(schema, "selfType", true);
            compiled = known;
        }
        return known;
    }
}
