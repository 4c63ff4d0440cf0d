package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.codec.json.GoJson;
import dev.gantry.state.validation.Field;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A rule as Go prints it. */
final class RuleText {
    private RuleText() {}

    static String of(Field rule) {
        ObjectNode shown = JsonMapper.shared().createObjectNode();
        shown.put("Rule", rule.text("rule"))
                .put("Message", rule.text("message"))
                .put("MessageExpression", rule.text("messageExpression"));
        set(shown, "Reason", rule.value().path("reason"));
        shown.put("FieldPath", rule.text("fieldPath"));
        set(shown, "OptionalOldSelf", rule.value().path("optionalOldSelf"));
        return GoJson.of(shown);
    }

    private static void set(ObjectNode shown, String name, JsonNode value) {
        shown.set(name, value.isMissingNode() ? shown.nullNode() : value);
    }
}
