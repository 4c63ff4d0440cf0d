package dev.gantry.authorization;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which objects of a list, a watch or a deletion of many are asked for. */
public record Selection(FieldSelector fields, LabelSelector labels) {
    public static final Selection EVERYTHING =
            new Selection(FieldSelector.EVERYTHING, LabelSelector.EVERYTHING);

    public static Selection of(FieldSelector fields) {
        return new Selection(fields, LabelSelector.EVERYTHING);
    }

    /** Of what {@link #tree} gave. */
    static Selection of(JsonNode tree) {
        List<FieldSelector.Term> terms = new ArrayList<>();
        for (JsonNode each : tree.path("fields")) {
            terms.add(
                    new FieldSelector.Term(
                            Resource.text(each, "field"),
                            Resource.text(each, "value"),
                            each.path("isEqual").asBoolean(false)));
        }
        List<LabelSelector.Requirement> requirements = new ArrayList<>();
        for (JsonNode each : tree.path("labels")) {
            List<String> values = new ArrayList<>();
            each.path("values").forEach(value -> values.add(value.asString("")));
            requirements.add(
                    new LabelSelector.Requirement(
                            Resource.text(each, "key"),
                            LabelSelector.Operator.valueOf(Resource.text(each, "operator")),
                            values));
        }
        return new Selection(new FieldSelector(terms), new LabelSelector(requirements));
    }

    /** Nothing is lost, while a review has no words for comparisons of labels. */
    ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ArrayNode terms = tree.putArray("fields");
        for (FieldSelector.Term each : fields.terms()) {
            terms.addObject()
                    .put("field", each.field())
                    .put("value", each.value())
                    .put("isEqual", each.isEqual());
        }
        ArrayNode requirements = tree.putArray("labels");
        for (LabelSelector.Requirement each : labels.requirements()) {
            ArrayNode values =
                    requirements
                            .addObject()
                            .put("key", each.key())
                            .put("operator", each.operator().name())
                            .putArray("values");
            each.values().forEach(values::add);
        }
        return tree;
    }
}
