package dev.gantry.model.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One clause of an Accept header.
 *
 * @param type such as {@code application/json}, in small letters; may be a wildcard
 * @param quality how much it is preferred; zero is "not this one"
 * @param parameters as {@code as}, {@code g} and {@code v}, by which Kubernetes' clients ask for
 *     another form of an object
 */
public record AcceptClause(String type, double quality, SortedMap<String, String> parameters) {
    /** Further ones are not looked at; browsers send some ten. */
    private static final int MOST_CLAUSES = 100;

    public AcceptClause {
        parameters = Collections.unmodifiableSortedMap(parameters);
    }

    /** By quality, then as written. */
    public static List<AcceptClause> all(String header) {
        List<AcceptClause> clauses = new ArrayList<>();
        String[] parts = header.split(",", MOST_CLAUSES + 1);
        for (String part : List.of(parts).subList(0, Math.min(parts.length, MOST_CLAUSES))) {
            clauses.add(one(part));
        }
        clauses.sort(Comparator.comparingDouble(AcceptClause::quality).reversed());
        return clauses;
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static AcceptClause one(String part) {
        String[] words = part.split(";");
        SortedMap<String, String> parameters = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals > 0) {
                parameters.put(
                        words[i].substring(0, equals).strip(),
                        words[i].substring(equals + 1).strip().replace("\"", ""));
            }
        }
        String type = words.length == 0 ? "" : words[0].strip().toLowerCase(Locale.ROOT);
        return new AcceptClause(type, qualityIn(parameters), parameters);
    }

    private static double qualityIn(SortedMap<String, String> parameters) {
        try {
            return Double.parseDouble(parameters.getOrDefault("q", "1"));
        } catch (NumberFormatException notANumber) {
            return 1;
        }
    }
}
