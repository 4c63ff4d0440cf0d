package dev.gantry.state.validation;

/** Sentences that many rules share. */
public final class Rules {
    public static final String IMMUTABLE = "field is immutable";
    public static final String NEGATIVE = "must be greater than or equal to 0";
    public static final String NOT_POSITIVE = "must be greater than zero";
    public static final String NOT_AN_INTEGER = "must be an integer";

    private Rules() {}

    public static String between(long low, long high) {
        return "must be between %d and %d, inclusive".formatted(low, high);
    }

    public static String atMostCharacters(int most) {
        return "must be no more than %d characters".formatted(most);
    }
}
