package dev.gantry.state.schema.structural;

import dev.gantry.state.schema.structural.StructuralSchema.Limits;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** How large, how long and of what form a value may be. */
final class LimitRules {
    private LimitRules() {}

    /** A value without parts. */
    static void check(Field field, Limits limits) {
        if (field.value().isNumber()) {
            number(field, limits.schema());
        } else if (field.value().isString()) {
            text(field, limits);
        }
    }

    static void checkItems(Field field, JsonNode schema) {
        int count = field.value().size();
        if (schema.has("maxItems") && count > schema.path("maxItems").asInt(0)) {
            field.tooMany(count, schema.path("maxItems").asInt(0));
        }
        if (count < schema.path("minItems").asInt(0)) {
            field.invalidAs(
                    Integer.toString(count),
                    "%s in body should have at least %d items"
                            .formatted(field.path(), schema.path("minItems").asInt(0)));
        }
    }

    static void checkProperties(Field field, JsonNode schema) {
        int count = field.value().size();
        if (schema.has("maxProperties") && count > schema.path("maxProperties").asInt(0)) {
            field.tooMany(count, schema.path("maxProperties").asInt(0));
        }
        if (count < schema.path("minProperties").asInt(0)) {
            field.invalidAs(
                    Integer.toString(count),
                    "%s in body should have at least %d properties"
                            .formatted(field.path(), schema.path("minProperties").asInt(0)));
        }
    }

    private static void number(Field field, JsonNode schema) {
        double value = field.value().asDouble(0);
        if (schema.has("multipleOf") && !isMultiple(field.value(), schema.path("multipleOf"))) {
            field.invalid(
                    "%s in body should be a multiple of %s"
                            .formatted(field.path(), schema.path("multipleOf").asString("")));
        }
        if (schema.has("minimum")) {
            double least = schema.path("minimum").asDouble(0);
            boolean isExclusive = schema.path("exclusiveMinimum").asBoolean(false);
            if (isExclusive ? value <= least : value < least) {
                outside(
                        field,
                        isExclusive ? "greater than" : "greater than or equal to",
                        schema,
                        "minimum");
            }
        }
        if (schema.has("maximum")) {
            double most = schema.path("maximum").asDouble(0);
            boolean isExclusive = schema.path("exclusiveMaximum").asBoolean(false);
            if (isExclusive ? value >= most : value > most) {
                outside(
                        field,
                        isExclusive ? "less than" : "less than or equal to",
                        schema,
                        "maximum");
            }
        }
    }

    private static void outside(Field field, String relation, JsonNode schema, String limit) {
        field.invalid(
                "%s in body should be %s %s"
                        .formatted(field.path(), relation, schema.path(limit).asString("")));
    }

    private static void text(Field field, Limits limits) {
        JsonNode schema = limits.schema();
        String text = field.text();
        int characters = text.codePointCount(0, text.length());
        if (schema.has("maxLength") && characters > schema.path("maxLength").asInt(0)) {
            field.tooLong(schema.path("maxLength").asInt(0));
        }
        if (characters < schema.path("minLength").asInt(0)) {
            field.invalid(
                    "%s in body should be at least %d chars long"
                            .formatted(field.path(), schema.path("minLength").asInt(0)));
        }
        if (limits.pattern().isPresent() && !limits.pattern().get().matcher(text).find()) {
            String pattern = limits.pattern().get().pattern();
            field.invalid("%s in body should match '%s'".formatted(field.path(), pattern));
        }
        String format = schema.path("format").asString("");
        if (!format.isEmpty() && !Formats.admits(format, text)) {
            field.invalid(
                    "%s in body must be of type %s: %s"
                            .formatted(field.path(), format, GoText.quote(text)));
        }
    }

    private static boolean isMultiple(JsonNode value, JsonNode factor) {
        BigDecimal of = factor.decimalValue();
        return of.signum() == 0 || value.decimalValue().remainder(of).signum() == 0;
    }
}
