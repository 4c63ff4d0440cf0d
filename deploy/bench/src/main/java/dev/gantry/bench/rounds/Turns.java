package dev.gantry.bench.rounds;

import java.util.ArrayList;
import java.util.List;

/** Whose turn it is: every round asks everybody once, and every second one the other way round. */
final class Turns {
    private Turns() {}

    /** With two and three rounds: first, second, second, first, first, second. */
    static <T> List<T> of(List<T> those, int rounds) {
        List<T> turns = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            turns.addAll(round % 2 == 0 ? those : those.reversed());
        }
        return turns;
    }
}
