package dev.gantry.gateway.authentication.jwt;

import dev.gantry.expression.CelBudget;
import dev.gantry.gateway.authentication.jwt.ClaimExpression.Failed;
import dev.gantry.gateway.authentication.jwt.ClaimExpression.Variable;
import dev.gantry.gateway.configuration.ConfigurationSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where one attribute of a caller comes from. */
sealed interface ClaimMapping {
    /** Before each value. */
    record Claim(String name, String prefix) implements ClaimMapping {}

    record Computed(ClaimExpression expression) implements ClaimMapping {}

    record Absent() implements ClaimMapping {}

    /** With a prefix, which has to be given with a claim, even where it is empty. */
    static ClaimMapping readPrefixed(ConfigurationSection mapping) {
        mapping.only("claim", "prefix", "expression");
        Optional<String> prefix = mapping.given("prefix");
        if (!mapping.text("expression").isEmpty() && prefix.isPresent()) {
            mapping.invalid("prefix", "may not be specified when expression is set");
        }
        if (!mapping.text("claim").isEmpty() && prefix.isEmpty()) {
            mapping.required(
                    "prefix",
                    "prefix is required when claim is set. It can be set to an empty string to"
                            + " disable prefixing");
        }
        return of(mapping, prefix.orElse(""));
    }

    static ClaimMapping readPlain(ConfigurationSection mapping) {
        return of(mapping.only("claim", "expression"), "");
    }

    private static ClaimMapping of(ConfigurationSection mapping, String prefix) {
        String claim = mapping.text("claim");
        if (mapping.text("expression").isEmpty()) {
            return claim.isEmpty() ? new Absent() : new Claim(claim, prefix);
        }
        if (!claim.isEmpty()) {
            mapping.invalid("expression", "claim and expression can't both be set");
        }
        return ClaimExpression.compile(mapping, "expression", Variable.CLAIMS)
                .<ClaimMapping>map(Computed::new)
                .orElseGet(Absent::new);
    }

    /** Empty where there is nothing to take it from. */
    default String textOf(JsonNode claims, Object values, CelBudget budget) throws Failed {
        return switch (this) {
            case Claim(var name, var prefix) -> {
                if (!claims.path(name).isString()) {
                    throw new Failed("claim %s is not present, or no text".formatted(name));
                }
                yield prefix + claims.path(name).stringValue();
            }
            case Computed(var expression) -> expression.textOf(values, budget);
            case Absent _ -> "";
        };
    }

    /** Compat: one text is as good as a list of one; a claim that is not there, as an empty one. */
    default List<String> textsOf(JsonNode claims, Object values, CelBudget budget) throws Failed {
        return switch (this) {
            case Claim(var name, var prefix) -> texts(name, claims.path(name), prefix);
            case Computed(var expression) -> expression.textsOf(values, budget);
            case Absent _ -> List.of();
        };
    }

    private static List<String> texts(String name, JsonNode claim, String prefix) throws Failed {
        if (claim.isMissingNode() || claim.isNull()) {
            return List.of();
        }
        if (claim.isString()) {
            return List.of(prefix + claim.stringValue());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : claim) {
            if (!claim.isArray() || !each.isString()) {
                throw new Failed("claim %s is no text, and no list of texts".formatted(name));
            }
            texts.add(prefix + each.stringValue());
        }
        return texts;
    }
}
