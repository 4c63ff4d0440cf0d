package dev.gantry.local.demo;

import java.io.IOException;
import java.util.List;

/**
 * One step of the demonstration.
 *
 * @param shows what there is to be seen; may be empty where the title says it
 * @param tries commands worth typing afterwards
 */
record Step(String title, String shows, List<String> tries, Scene scene) {
    /** What happens before the reader's eyes. */
    interface Scene {
        void play() throws IOException, InterruptedException;
    }

    Step(String title, Scene scene) {
        this(title, "", List.of(), scene);
    }

    /** As it is announced: its number, its title, and what to look at. */
    String heading(int number, int count) {
        String heading = "%n== %d/%d  %s%n".formatted(number, count, title);
        return shows.isEmpty() ? heading : heading + shows.indent(3);
    }

    /** What to try, or nothing. */
    String footing() {
        return tries.isEmpty() ? "" : "Try:\n" + String.join("\n", tries).indent(2);
    }
}
